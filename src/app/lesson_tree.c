#include "app/lessons.h"

#include <unistd.h>

/* Whether it descends from an actor, or is one. */
static bool descends_from_actor(const struct live *live, const struct process *process)
{
    for (int depth = 0; process && depth < 64; depth++) {
        if (lab_actor_by_id(live->lab, process->id))
            return true;
        process = sample_find(&live->sample, process->ppid);
    }
    return false;
}

/* Who has been in the family stays in it: an orphan of a program that an actor became is no descendant any
 * more. */
void lesson_find_family(struct live *live)
{
    if (!lesson_is_open(live) || !live->lab)
        return;
    for (size_t i = 0; i < live->sample.count; i++) {
        const struct process *process = &live->sample.processes[i];
        if (!process_is_kernel_thread(process) && descends_from_actor(live, process))
            id_set_add(&live->lessons->family, process->id);
    }
}

/* Who is the parent of a member, and is none itself, has adopted it. */
static bool has_adopted(const struct live *live, const struct process *process)
{
    for (size_t i = 0; i < live->sample.count; i++)
        if (live->sample.processes[i].ppid == process->id.pid &&
            id_set_has(&live->lessons->family, live->sample.processes[i].id))
            return true;
    return false;
}

bool lesson_has(void *data, const struct process *process)
{
    const struct live *live = data;
    return process->tgid == getpid() || id_set_has(&live->lessons->family, process->id) ||
           has_adopted(live, process);
}
