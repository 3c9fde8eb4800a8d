/* Single processes, read from /proc directly: what libproc2 has no item for, or what is asked of one process
 * at a time. Every function returns 0 or -errno (-ESRCH: there is no such process now) and leaves its outputs
 * untouched on failure. */
#pragma once

#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>

/* The facts of one process as its /proc/PID/stat has them now; texts point into `storage`, which the caller
 * keeps. The pid must be a process's: tgid is taken to be the same. comm is as the process wrote it, nothing
 * escaped. euid, locked and cmdline are not read: locked_known is false, cmdline NULL, euid -1. */
struct process_storage {
    char comm[64];
};
int procfile_read(pid_t pid, struct process *ret, struct process_storage *storage);
/* The same of this very process: -ESRCH also when its pid has become another's. */
int procfile_read_exactly(struct process_id id, struct process *ret, struct process_storage *storage);
/* The identity of the process that has this pid now. */
int procfile_identity(pid_t pid, struct process_id *ret);
/* Whether this very process exists, be it as a zombie. */
bool procfile_exists(struct process_id id);
/* Reads VmLck of /proc/PID/status; true when > 0. */
int procfile_locked(pid_t pid, bool *ret);
/* The effective user: Uid of /proc/PID/status. That of a zombie is there too. The owner of the directory
 * /proc/PID would not do: it is root's as soon as a process has changed its user, proc(5). */
int procfile_user(pid_t pid, uid_t *ret);
/* The wait status that a zombie keeps for its parent: field 52 of stat. The kernel shows it to the same user
 * and to root, and 0 to others: -EACCES when it may not be read, -EBUSY when the process is no zombie (Zl,
 * whose first thread alone has ended, is none). */
int procfile_zombie_status(struct process_id id, int *ret_status);
/* The number of the system call the process is blocked in, from /proc/PID/syscall, and its first argument; -1
 * when it is running or was stopped outside of one. -EACCES without attach rights: proc_pid_syscall(5),
 * ptrace(2). */
int procfile_syscall(pid_t pid, long *ret_number, unsigned long long *ret_first);
/* The name of a system call of this architecture such as "wait4" or "read", NULL for one that is not in the
 * table. */
const char *procfile_syscall_name(long number);
/* Signal sets of /proc/PID/status; bit N-1 is signal N. */
struct signal_sets {
    unsigned long long pending, shared_pending, blocked, ignored, caught;
};
int procfile_signals(pid_t pid, struct signal_sets *ret);
/* Soft limit "Max file locks" of /proc/PID/limits, the family mark of the lab; RLIM_INFINITY for unlimited.
 */
int procfile_lock_limit(pid_t pid, unsigned long long *ret);
/* The kernel function it sleeps in, from /proc/PID/wchan: "do_wait", "pipe_read"; "0" when it does not sleep,
 * or where that is not told (kptr_restrict, no attach rights). */
int procfile_wchan(pid_t pid, char *name, size_t size);
/* Target of /proc/PID/exe (NUL-ended, cut to size). -EACCES without attach rights, -ENOENT for what has none:
 * a zombie, a thread of the kernel. */
int procfile_exe(pid_t pid, char *path, size_t size);
/* The whole command line, its arguments separated by blanks, cut to size; "" for what has none: a zombie, a
 * thread of the kernel. Not yet safe for a terminal. */
int procfile_cmdline(struct process_id id, char *text, size_t size);
/* Whether the process lives in a PID namespace below ours, as a container's do: NSpid of /proc/PID/status
 * holds more pids than our own. */
int procfile_in_container(pid_t pid, bool *ret);
