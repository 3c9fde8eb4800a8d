/* What the scheduler has counted for one process. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

struct schedstat {
    int64_t ran;     /* ns on a CPU */
    int64_t delayed; /* ns ready, waiting for one; added when it gets the CPU */
    int64_t slices;  /* times it was given one */
};

/* The sum over all its threads: /proc/PID/schedstat alone counts the leader's. 0 or -errno: -ENOENT where the
 * kernel was built without SCHED_INFO. Source: Documentation/scheduler/sched-stats.rst. */
int schedstat_read(pid_t pid, struct schedstat *ret);

struct switches {
    int64_t voluntary;   /* times it gave the CPU away, to wait for something */
    int64_t involuntary; /* times it lost it and could have gone on; sched_yield() counts here */
};

/* The sum over all its threads, as above. 0 or -errno. Source: the ctxt_switches of proc_pid_status(5). */
int switches_read(pid_t pid, struct switches *ret);
