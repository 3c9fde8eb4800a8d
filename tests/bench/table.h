/* The figures of one crowd, and how they are printed. */
#pragma once

#include "contestant.h"
#include "latency.h"

#include <stdio.h>

enum { MOST_ROUNDS = 15, MOST_CONTESTANTS = 16 };

struct figures {
    int size;      /* as asked for */
    int processes; /* in the crowd's /proc, the crowd's leader and the bench included */
    int rounds;
    double cost[MOST_CONTESTANTS][MOST_ROUNDS]; /* ms; NAN where not measured */
    double latencies[LATENCY_MOST];
    int latency_count;
};

/* Prints one line for each contestant: its median cost, and the median of ours divided by its, taken inside
 * each round since machines drift from round to round. */
void table_print(FILE *out, const struct figures *figures);
