/* Where and among whom a process is scheduled. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* The only CPU that its first thread may use, -1 when it may use several: sched_getaffinity(2). 0 or -errno:
 * -ESRCH when there is no such process. */
int scheduling_only_cpu(pid_t pid, int *ret);
/* Whether the kernel schedules sessions first and processes within them: kernel.sched_autogroup_enabled,
 * sched(7). */
bool scheduling_has_autogroups(void);
/* Whether it is in a cgroup that has a share of the CPU of its own. Autogroups are for the others alone
 * (task_wants_autogroup() of kernel/sched/autogroup.c). Known where the cgroups are mounted at
 * /sys/fs/cgroup; false when it cannot be known. */
bool scheduling_in_cpu_cgroup(pid_t pid);
/* The number of its autogroup, from /proc/PID/autogroup. 0 or -errno: -ESRCH also where the kernel has none,
 * -ENODATA when this process is in none: the file is empty for one whose session began before they were
 * enabled, or that was put into a group by other means (proc_sched_autogroup_show_task() of
 * kernel/sched/autogroup.c). */
int scheduling_autogroup(pid_t pid, long *ret);
