/* What ps and what Forklore say of all processes, field by field, as texts that can be compared. */
#pragma once

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum field {
    FIELD_PID,
    FIELD_PPID,
    FIELD_STAT,
    FIELD_NI, /* "-" for none */
    FIELD_PRI,
    FIELD_PGID,
    FIELD_SID,
    FIELD_TPGID,
    FIELD_TTY, /* "?" for none */
    FIELD_NLWP,
    FIELD_USER,
    FIELD_COMM, /* as text_clean() leaves it, without blanks at its end */
    FIELD_COUNT
};

extern const char *const field_names[FIELD_COUNT];

struct table_row {
    pid_t pid;
    const char *fields[FIELD_COUNT];
    const char *ran; /* of table_read_runs(): what tells whether it has run meanwhile */
};

struct table {
    struct table_row *rows;
    size_t count, capacity;
    struct arena texts;
};

/* Runs ps, or $FORKLORE tree --json, in the locale of the environment. What they print that cannot be
 * understood fails the test. */
void table_read_ps(struct table *table);
void table_read_forklore(struct table *table);
/* Reads how often each thread of each process has got a CPU, from /proc/PID/task/TID/schedstat. */
void table_read_runs(struct table *table);
void table_release(struct table *table);
/* NULL: no such process. */
const struct table_row *table_find(const struct table *table, pid_t pid);
