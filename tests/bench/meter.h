/* What programs cost: CPU time in user and kernel mode, in milliseconds, as the kernel charged it. */
#pragma once

#include "terminal.h"

/* CPU time that the living threads of `pid` have used, in nanoseconds (/proc/PID/task/TID/schedstat, first
 * field). 0 when there is no such process. */
int64_t meter_cpu(pid_t pid);

/* The cost of one refresh of a program that refreshes a screen for ever: a refresh is a burst of CPU time
 * with a pause after it. `keys` are pressed after the first one; three more are let pass, then `count` are
 * averaged. 0 or -errno: -ESRCH when the program ended, -ETIME when it never came to rest. */
int meter_refreshes(const char *const *argv, const char *keys, const char *home, int count, double *ret_ms);

/* The cost of a whole run of a program that prints and exits. 0 or -errno: -ECHILD when it failed. */
int meter_run(const char *const *argv, double *ret_ms);
