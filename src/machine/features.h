/* What this kernel and this user may do, feature by feature. One table says what each is, how it is probed and what is
 * done without it; FORKLORE_WITHOUT=NAME,... switches any of them off, so that the fallbacks are tested too. The oldest
 * kernel is 5.10. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum feature {
    FEATURE_CONNECTOR,  /* proc connector: fork, exec and exit of every process as they happen */
    FEATURE_PASSPIDFD,  /* SO_PASSPIDFD: a registering actor's pidfd comes with its message */
    FEATURE_PIDFD_HUP,  /* a pidfd polls POLLHUP when its process is reaped */
    FEATURE_PIDFD_INFO, /* PIDFD_GET_INFO with PIDFD_INFO_EXIT: the exit status of any process after it was reaped */
    FEATURE_SYSCALL,    /* /proc/PID/syscall: the call a process is blocked in */
    FEATURE_COUNT
};

struct feature_row {
    const char *name;    /* as in FORKLORE_WITHOUT: "connector" */
    const char *what;    /* translatable: what it gives */
    const char *without; /* translatable: what is done when it is missing */
    const char *since;   /* the kernel that brought it: "6.9" */
};

extern const struct feature_row feature_table[FEATURE_COUNT];

struct features {
    bool has[FEATURE_COUNT];
    bool switched_off[FEATURE_COUNT]; /* by FORKLORE_WITHOUT; then has[] is false */
};

/* Probes every feature (about a millisecond; forks and reaps one short-lived child, so call it before threads start) and
 * applies `without`, the value of FORKLORE_WITHOUT (NULL: nothing). Returns 0, or -EINVAL when `without` holds an unknown name:
 * *ret_unknown is then that name's place in `without`. */
int features_probe(struct features *ret, const char *without, const char **ret_unknown);
