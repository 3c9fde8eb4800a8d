/* Puts things back: what the bench changes outside itself is undone by a small process that waits for the
 * bench to end, however it ends (SIGKILL too). */
#pragma once

#include <sys/types.h>

struct guard {
    pid_t pid;
    int lifeline; /* its other end reads end of file when the last holder is gone */
};

/* Starts it: at our end it writes `pid_max` back into kernel.pid_max when that is another value by then, and
 * removes the directory `scratch` with all in it. 0 or -errno. Call guard_release() last. */
int guard_start(struct guard *ret, int pid_max, const char *scratch);
/* Lets it do its work, and waits until it is done. */
void guard_release(struct guard *guard);

/* kernel.pid_max, or -errno. */
int pid_max_read(void);
/* 0 or -errno. */
int pid_max_write(int pid_max);
