/* The lifeline: a pipe whose only write end is the lab's. Each actor holds an open file description of its
 * own that asks the kernel for SIGKILL when the pipe has no writer any more (F_SETSIG, fcntl(2)). However the
 * lab ends, that reaches actors that are stopped, traced, in D, or run another program, and it needs nobody
 * alive. */
#pragma once

#include <sys/types.h>

/* Arms a new description for the process `owner`, or the process group -owner, and ends this process when the
 * lab is gone already. Returns the descriptor, which survives exec, or -errno. */
int lifeline_arm(pid_t owner);
