/* The life of one process between two samples, and the events that it makes. For changes.c alone. */
#pragma once

#include "model/changes.h"

/* One process: its rows, and what the kernel told of it, in order. A fork, if there is one, is its own birth and comes
 * first; an exit comes last. */
struct life {
    const struct process *before, *after; /* NULL: not in that sample */
    const struct kernel_event *const *kernel;
    size_t kernel_count;
};

struct life_context {
    const struct sample *before, *after;
    const struct kernel_event *const *kernel; /* all, by pid and then by time */
    size_t kernel_count;
    long ticks_per_second;
};

/* Appends its events, in the order of life. A life that no sample saw is told when its birth and its end are known. */
void life_tell(struct event_list *list, const struct life *life, const struct life_context *context);
