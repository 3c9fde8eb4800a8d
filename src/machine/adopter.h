/* Who adopts orphans here, and whether it asks how they ended. The kernel gives them to the nearest living
 * ancestor that is a subreaper (prctl(2), PR_SET_CHILD_SUBREAPER), else to PID 1 of the PID namespace. No
 * file of /proc tells who that is, so it is found by orphaning a process. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct adopter {
    pid_t pid;      /* 0: in no namespace that can be seen from here */
    char name[64];  /* its comm, not yet safe for a terminal; "" when it may not be read (hidepid) */
    bool reaps;     /* the orphan that ended was waited for before the deadline */
    int64_t zombie; /* ns for which it was a zombie; the deadline when it still is one */
};

/* Orphans a child of a child, lets it end, and watches its zombie for `deadline` ns at most: the longest time
 * that this takes. Forks, so call it before threads start. 0 or -errno. Where the adopter does not reap, that
 * one zombie stays: nobody but the adopter can take it away. */
int adopter_probe(struct adopter *ret, int64_t deadline);
