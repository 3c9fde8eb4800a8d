#include "machine/sample.h"

#include <stdlib.h>
#include <string.h>

void sample_release(struct sample *sample)
{
    free(sample->processes);
    arena_release(&sample->texts);
    *sample = (struct sample){ 0 };
}

void sample_clear(struct sample *sample)
{
    sample->count = 0;
    sample->time = sample->interval = 0;
    sample->with_threads = false;
    arena_reset(&sample->texts);
}

struct process *sample_append(struct sample *sample, const struct process *process)
{
    sample->processes =
        grow(sample->processes, &sample->room, sample->count + 1, sizeof *sample->processes);
    struct process *copy = &sample->processes[sample->count++];
    *copy = *process;
    copy->comm = arena_copy(&sample->texts, process->comm, strlen(process->comm));
    if (process->cmdline)
        copy->cmdline = arena_copy(&sample->texts, process->cmdline, strlen(process->cmdline));
    if (process->tty_name)
        copy->tty_name = arena_copy(&sample->texts, process->tty_name, strlen(process->tty_name));
    return copy;
}

/* Rows stand by tgid, the process itself before its other threads: the first row of a tgid is the process. */
const struct process *sample_find(const struct sample *sample, pid_t pid)
{
    size_t low = 0, high = sample->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sample->processes[middle].tgid < pid)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sample->count || sample->processes[low].id.pid != pid)
        return NULL;
    return &sample->processes[low];
}

const struct process *sample_find_id(const struct sample *sample, struct process_id id)
{
    const struct process *process = sample_find(sample, id.pid);
    return process && process_id_equal(process->id, id) ? process : NULL;
}
