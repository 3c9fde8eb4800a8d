/* The proc connector: the kernel's own report of every fork, exec and exit, as they happen, of all processes
 * and users. Since Linux 6.6 it needs no privilege; it is silent outside the first PID and network
 * namespaces. It says nothing of states, nice values or reaping, so it complements samples and does not
 * replace them. */
#pragma once

#include "machine/process.h"

#include <stddef.h>
#include <stdint.h>

enum kernel_event_kind {
    KERNEL_FORK,
    KERNEL_EXEC,
    KERNEL_EXIT, /* its first thread has ended; while others run on it is no zombie yet (ps says Zl) */
};

struct kernel_event {
    int64_t time; /* when it happened: CLOCK_BOOTTIME, ns */
    enum kernel_event_kind kind;
    pid_t pid;
    pid_t parent;             /* of KERNEL_FORK: the new process's parent; else 0 */
    int status;               /* of KERNEL_EXIT: the wait status */
    unsigned long long start; /* of KERNEL_FORK and KERNEL_EXEC: with pid, the process's identity; 0: it was
                                 gone before it could be looked at */
    char comm[16]; /* and its name when it was looked at, soon afterwards; not yet safe for a terminal */
};

struct connector;

/* Starts listening. 0, or -errno when there is nothing to hear: -EPERM without the right, -ECONNREFUSED or
 * -EOPNOTSUPP in a namespace of its own or in a kernel without it. */
int connector_open(struct connector **ret);
/* Takes NULL. */
void connector_free(struct connector *connector);
/* Readable when events are pending. Owned by the connector. */
int connector_fd(const struct connector *connector);

/* Writes pending events of processes (threads are left out) to `events`, at most `room` of them, by time;
 * when *ret_count equals room more may be pending. Never waits. *ret_lost is how many of the kernel's
 * messages, whatever they were about, were found to have been lost since the call before: read them sooner,
 * and take a sample. It is exact over time, but for losses before a CPU's first message. Returns 0, or -errno
 * when the socket has failed. */
int connector_read(struct connector *connector, struct kernel_event *events, size_t room, size_t *ret_count,
                   size_t *ret_lost);
