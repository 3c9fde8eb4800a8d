/* The open descriptors of one process. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* What a descriptor of the process leads to, as /proc/PID/fd/N says: "pipe:[4711]", "/tmp/notes". 0 or -errno: -ESRCH when
 * it has no such descriptor, -EACCES without attach rights (proc_pid_fd(5)). Not yet safe for a terminal. */
int descriptor_target(pid_t pid, int fd, char *target, size_t size);
/* How many it has open, or -errno. */
ssize_t descriptor_count(pid_t pid);
/* The offset of the open file, from /proc/PID/fdinfo/N. 0 or -errno. */
int descriptor_offset(pid_t pid, int fd, long long *ret);
/* How many messages wait in the POSIX message queue that it leads to: the queue is opened through /proc/PID/fd/N, and
 * asked (mq_getattr(3)). 0 or -errno: -EINVAL when it is no queue, -EACCES without attach rights or when it may not be
 * opened. */
int descriptor_messages(pid_t pid, int fd, long *ret);
