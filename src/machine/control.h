/* Acting on exactly the process that was meant. A pid may be used again between the look and the act, so every act names
 * an identity. All return 0 or -errno; -ESRCH when that process is gone (its pid may belong to another by now, which was
 * then not touched). */
#pragma once

#include "machine/process.h"

/* Opens a pidfd (close-on-exec) and compares the identity afterwards: pidfd_open(2). A zombie has one too. */
int control_open(struct process_id id, int *ret_pidfd);
/* Sends a signal through a pidfd: pidfd_send_signal(2). To a zombie it returns 0 and does nothing. */
int control_signal(struct process_id id, int signal);
/* setpriority(2) has no pidfd form and takes a pid: framed by two comparisons of the identity. It changes the thread
 * group's leader alone. -ESTALE: the process was gone at the second comparison, so the call may have met another. */
int control_renice(struct process_id id, int nice);
/* The wait status of a process that was reaped, by anybody: PIDFD_GET_INFO with PIDFD_INFO_EXIT (kernel 6.15).
 * -ENODATA: not known. */
int control_exit_status(int pidfd, int *ret_status);
