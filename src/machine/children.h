/* The children of one process. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Writes the pids of its living and zombie children, in the order of their birth as the kernel keeps it, of all its
 * threads; at most `most`. Returns how many there are, or -errno. Source: /proc/PID/task/TID/children
 * (proc_pid_task(5)); where the kernel was built without it, all of /proc is asked for its parent. */
ssize_t children_read(pid_t pid, pid_t *ret, size_t most);
