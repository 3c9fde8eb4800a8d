/* The machine as a whole. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct computer {
    char name[65];        /* uname(2) nodename */
    char kernel[65];      /* uname(2) release */
    double load[3];       /* getloadavg(3): 1, 5 and 15 minutes */
    long ticks_per_second;/* sysconf(_SC_CLK_TCK) */
    long cpus;            /* online */
    int64_t boot;         /* when it was booted, ns since 1970: clock_now() counts from there */
    bool only_own;        /* /proc is mounted with hidepid and this user is not exempt: only his processes are visible */
};

/* Reads everything; cheap enough for every sample. Never fails: what cannot be read is 0 or "". */
void computer_read(struct computer *ret);
