/* The loop of forklore events: samples and the kernel's reports come in, lines go out. */
#pragma once

#include "app/operands.h"

struct follow_options {
    double delay;    /* seconds between two readings; more when reading is dear */
    double duration; /* seconds until it ends by itself; 0: never */
    unsigned kinds;  /* bit N: events of kind N are printed */
    bool json;
};

/* Prints the events of the processes that the operands name, and of their descendants (count 0: of all), until SIGINT,
 * SIGTERM, the end of the duration, or a closed pipe. Says on stderr how exact they are. Returns the exit status. */
int event_follow(const struct follow_options *options, const struct operand *operands, size_t count);
