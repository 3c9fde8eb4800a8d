/* How actors share the CPU: measured over a time from what the scheduler counts, beside what its weights
 * predict. */
#pragma once

#include "lab/queue.h"

/* The measurement under way of one command; NULL: there is none. */
struct cpushare;
void cpushare_free(struct cpushare *share);
