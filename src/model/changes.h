/* What changed between two samples, as events. */
#pragma once

#include "machine/connector.h"
#include "machine/sample.h"
#include "model/event.h"

/* Appends the events that lead from `before` to `after`, in the order of their times and within one process in the order
 * of life (born, exec, state, reniced, adopted, zombie, gone). `kernel` are the connector's events since `before`
 * (count 0 without a connector): they give births and deaths their exact time and status, and add processes that lived
 * and died between the two samples. R to S and back is an event here; who shows events leaves it out. A first sample
 * (before->count 0) gives no events. O(n). */
void changes_between(struct event_list *list, const struct sample *before, const struct sample *after,
                     const struct kernel_event *kernel, size_t kernel_count);
