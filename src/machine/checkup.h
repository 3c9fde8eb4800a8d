/* What of this kernel, this user and this container Forklore can use, thing by thing, for `forklore doctor`:
 * each is tried for real, in a child where it would change something. The optional features of
 * machine/features.h come among the rows; the other rows have a probe of their own. */
#pragma once

#include "machine/adopter.h"
#include "machine/features.h"

#include <stdbool.h>
#include <stddef.h>

struct checkup_row {
    const char *name;    /* as the operand of `forklore doctor`, and in what a lesson needs: "cpus" */
    const char *what;    /* translatable: what it gives */
    const char *without; /* translatable: what is done instead */
    const char *number;  /* translatable: what the result's number counts; NULL: it has none */
};

enum checkup_state { CHECKUP_WORKS, CHECKUP_LACKS, CHECKUP_SWITCHED_OFF };

#define CHECKUP_UNLIMITED (-1L) /* as a number */

struct checkup_result {
    enum checkup_state state;
    long number;     /* where the row has one */
    bool known;      /* whether it could be found */
    char found[256]; /* the evidence: calls with their results, contents of files. Clean for a terminal. */
};

/* What several rows have in common. */
struct checkup {
    struct features features;
    struct adopter adopter;
    int adopter_error;     /* -errno of the probe */
    bool adopter_is_known; /* it has been probed */
};

size_t checkup_count(void);
/* The row of this index, which is below checkup_count(). */
void checkup_row_at(size_t index, struct checkup_row *ret);
/* The index of the row whose name is the first `length` bytes of `name`; -1: there is none. */
int checkup_find(const char *name, size_t length);
/* Probes one thing, in some milliseconds; for the adopter's zombies in CHECKUP_REAP_MS at most. Forks: no
 * threads may have been started, and SIGCHLD must be at its default. Leaves nothing behind but, where nobody
 * reaps, one zombie. */
void checkup_probe(struct checkup *checkup, size_t index, struct checkup_result *ret);

enum { CHECKUP_REAP_MS = 5000 };
