/* In which order siblings stand, or the whole list. */
#pragma once

#include "machine/process.h"

#include <stdbool.h>

struct column_context;

/* Compares two processes for a column: < 0, 0, > 0. Ties are broken by the caller, by pid. */
typedef int process_compare(const struct process *a, const struct process *b, const struct column_context *context);

struct order {
    process_compare *compare; /* NULL: birth order (start time, then pid) */
    bool descending;
    const struct column_context *context;
};
