/* What is known of one process: the facts of one row of a sample. Everything here was read from the kernel and is
 * read-only; what the screen adds (folds, tags) lives with the screen. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* The identity of a process: a pid alone is used again, a pid with its start time is not.
 * start: clock ticks since boot, field 22 of /proc/PID/stat (proc_pid_stat(5)). pid 0 is no process. */
struct process_id {
    pid_t pid;
    unsigned long long start;
};

static inline bool process_id_equal(struct process_id a, struct process_id b)
{
    return a.pid == b.pid && a.start == b.start;
}

/* Field numbers are those of proc_pid_stat(5). Texts are borrowed from the sample. */
struct process {
    struct process_id id;
    pid_t tgid;            /* equals id.pid, but for a thread */
    pid_t ppid;            /* 4; 0 when the parent is outside our pid namespace, or the kernel */
    pid_t pgrp;            /* 5 */
    pid_t session;         /* 6 */
    int tty;               /* 7, a device number; 0: none */
    pid_t tpgid;           /* 8; -1: none */
    unsigned long flags;   /* 9, PF_* */
    unsigned long long ticks; /* 14 + 15: CPU time, clock ticks */
    unsigned ticks_spent;  /* of these, since the sample before (sample.interval) */
    int priority;          /* 18 */
    int nice;              /* 19 */
    int threads;           /* 20 */
    unsigned long rss_kib; /* 24, as KiB */
    int processor;         /* 39: the CPU it ran on last */
    int policy;            /* 41: SCHED_OTHER, SCHED_FIFO, ... */
    char state;            /* 3: R S D T t Z X I */
    bool locked_known;     /* whether VmLck was read; without it STAT's L is not known */
    bool locked;           /* VmLck > 0 (status) */
    uid_t euid;
    const char *comm;      /* 2, as libproc2 escapes it; not yet safe for a terminal: text_clean() */
    const char *cmdline;   /* NULL: not read in this sample */
    const char *tty_name;  /* as ps names it: "pts/0", "?" for none; NULL: not read in this sample */
};

/* A thread row is not the process: its tgid is another pid. */
static inline bool process_is_thread(const struct process *process)
{
    return process->tgid != process->id.pid;
}

/* Whether this is a thread of the kernel: PF_KTHREAD, include/linux/sched.h. */
bool process_is_kernel_thread(const struct process *process);
