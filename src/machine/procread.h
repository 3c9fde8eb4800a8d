/* How the files of /proc/PID are read; for the files of machine/ that know what is in them. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Opens /proc/PID/NAME. A descriptor, or -errno: -ESRCH when there is no such process, or no such file. */
int procread_open(pid_t pid, const char *name);
/* Reads until the end or until size - 1 bytes, and ends them with a NUL. Returns how many, or -errno. */
ssize_t procread_up_to(int fd, char *text, size_t size);
/* Reads a file up to size - 1 bytes. 0 or -errno. */
int procread_small(pid_t pid, const char *name, char *text, size_t size);
/* Reads a file of any length (the groups of a user can fill pages); the caller frees *ret. 0 or -errno. */
int procread_whole(pid_t pid, const char *name, char **ret);
