/* How much memory a process has, and how much of it is its own: after a fork both have the same pages, until
 * one of them writes to a page and is given a copy. */
#pragma once

#include <sys/types.h>

/* In KiB. Source: proc_pid_smaps(5), the kernel's Documentation/filesystems/proc.rst. */
struct smaps {
    unsigned long rss;     /* pages in RAM that it can reach */
    unsigned long pss;     /* the same, each page divided by how many processes have it */
    unsigned long private; /* pages that it alone has: Private_Clean + Private_Dirty */
    unsigned long shared;  /* pages that others have too: Shared_Clean + Shared_Dirty */
};

/* Reads /proc/PID/smaps_rollup. 0 or -errno with *ret untouched: -EACCES without the right to look
 * (ptrace(2)), -ESRCH when there is no such process or it has no memory any more (a zombie). */
int smaps_read(pid_t pid, struct smaps *ret);
