/* What the scheduler's weights say about sharing a CPU. */
#pragma once

#include <stddef.h>

/* The weight of a process of this policy (SCHED_OTHER, ...) and nice value: sched_prio_to_weight[] of
 * kernel/sched/core.c, WEIGHT_IDLEPRIO of kernel/sched/sched.h for SCHED_IDLE. 0 for a policy that does not
 * share by weights: real-time, deadline, and what a BPF scheduler does. */
unsigned weight_of(int policy, int nice);
/* What the index'th gets, in percent, when all of them want one CPU all the time and nobody else does; -1
 * when one of them has no weight. */
double weight_share(const unsigned *weights, size_t count, size_t index);
