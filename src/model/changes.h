/* What changed between two samples, as events. */
#pragma once

#include "machine/connector.h"
#include "machine/sample.h"
#include "model/event.h"

/* Appends the events that lead from `before` to `after`, in the order of their times, those of one process and one time in
 * the order of life (born, exec, state, reniced, adopted, zombie, gone). R to S and back is an event here; who shows
 * events leaves it out: event_is_routine(). A first sample (before->count 0) gives no events. O(n), but for sorting.
 *
 * `kernel` are the connector's events, oldest first, all that are known by now; NULL with *kernel_count 0 without a
 * connector. They give births and ends their exact time and status, and tell of processes that lived and ended between
 * the two samples. A sample takes a while to read, so some may be ahead of it: those that `after` does not show yet are
 * left in the array, *kernel_count of them, to be handed in again with those that follow; so none is told twice. */
void changes_between(struct event_list *list, const struct sample *before, const struct sample *after,
                     struct kernel_event *kernel, size_t *kernel_count);
