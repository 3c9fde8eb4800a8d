/* A sample: one reading of the whole process table. Live and replayed data are the same struct. */
#pragma once

#include "base/memory.h"
#include "machine/process.h"

#include <stddef.h>
#include <stdint.h>

struct sample {
    int64_t time;              /* clock_now() when the reading began */
    int64_t interval;          /* ns since the reading before; 0: there was none */
    struct process *processes; /* by ascending pid; with threads, each process is followed by its other threads */
    size_t count, room;
    bool with_threads;
    struct arena texts; /* comm and cmdline of all processes */
};

/* Frees what the sample holds and leaves it empty and usable. A zero-initialised sample is empty. */
void sample_release(struct sample *sample);
/* Empties the sample and keeps its memory for the next reading. */
void sample_clear(struct sample *sample);
/* Appends a process; its texts are copied into the sample. Returns it, for the caller to correct; valid until the next
 * append. */
struct process *sample_append(struct sample *sample, const struct process *process);
/* The process (not a thread) with this pid, NULL: none. Borrowed from the sample. O(log n). */
const struct process *sample_find(const struct sample *sample, pid_t pid);
/* As sample_find(), but only when it is this very process. */
const struct process *sample_find_id(const struct sample *sample, struct process_id id);
