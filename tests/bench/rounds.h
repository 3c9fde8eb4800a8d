/* The rounds of one crowd. bench starts itself once more inside the crowd; this is what it does there, and
 * what it sends back through a pipe. */
#pragma once

#include <stddef.h>

enum result_kind {
    RESULT_PROCESSES, /* how many the crowd's /proc lists */
    RESULT_COST,      /* of `contestant` in `round`, in ms; NAN when it could not be measured */
    RESULT_LATENCY,   /* of one key press, in ms */
};

struct result {
    enum result_kind kind;
    int contestant, round;
    double value;
};

struct rounds {
    int count;
    int size;         /* of the crowd, as asked for */
    int presses;      /* key presses to time, 0 for none */
    const char *only; /* part of the name of those contestants to measure; empty for all */
    const char *home; /* of the contestants */
    int out;          /* where results go */
};

/* Measures all installed contestants, round by round, then the key presses. Says on stderr what it does. The
 * exit status. */
int rounds_run(const struct rounds *rounds);
