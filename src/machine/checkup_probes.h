/* The probes of checkup.c's table. Each fills what it is given, which is all zero before. */
#pragma once

#include "machine/checkup.h"

typedef void checkup_prober(struct checkup *checkup, struct checkup_result *ret);

/* Sets the state and writes the evidence, cleaned. */
void checkup_found(struct checkup_result *ret, bool works, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "0", or "-1 EPERM" for an errno: the result of a call as it is written in evidence. Returns text. */
const char *checkup_result_of(char *text, size_t size, int error);
/* The first line of a small file, without its end. False when it cannot be read: then text is "". */
bool checkup_read_line(const char *path, char *text, size_t size);

/* checkup_kernel.c */
checkup_prober checkup_pidfd, checkup_openat2, checkup_autogroup, checkup_trace, checkup_all_processes,
    checkup_kernel_threads, checkup_schedstat, checkup_children, checkup_smaps_rollup,
    checkup_user_namespaces, checkup_adopter, checkup_reaping;
/* checkup_user.c */
checkup_prober checkup_root, checkup_negative_nice, checkup_nice_back, checkup_real_time, checkup_queues,
    checkup_locked_memory, checkup_cpus, checkup_processes, checkup_python, checkup_rsvg, checkup_utf8;
