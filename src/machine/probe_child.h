/* Children that a probe forks to try something in: what they change ends with them. Call these before threads
 * start, and with SIGCHLD at its default. */
#pragma once

#include <sys/types.h>

/* A child that waits at a pipe until its other end, *ret_leash, is closed (be it by our end), then ends with
 * `status`. Its pid, which the caller waits for; or -1 with errno. */
pid_t probe_child_start(int status, int *ret_leash);
/* Waits for a child. Its wait status, or -1 with errno. */
int probe_child_wait(pid_t pid);
/* Makes an attempt in a child: `attempt` returns 0 or an errno, and must not block. Returns the same; or that
 * of fork(2) or waitpid(2). */
int probe_child_try(int (*attempt)(long argument), long argument);
