/* What is mounted where, from the text of /proc/PID/mountinfo: proc_pid_mountinfo(5). */
#pragma once

#include <stddef.h>

/* The value of an option of the file system mounted at `point`, such as hidepid at /proc, among the options
 * of the mount and of its super block; of several mounts at one point the last, which hides the others. 0
 * with the value ("" when it has none) cut to size; -ENODATA when the file system was mounted without the
 * option, -ENOENT when nothing is mounted there. */
int mountinfo_option(const char *text, const char *point, const char *option, char *value, size_t size);
