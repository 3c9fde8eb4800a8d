/* Lessons played without a screen and without predictions: every listing is run, and every expectation and
 * answer compared with what the kernel shows. */
#pragma once

#include "app/lesson_selection.h"

struct lesson_check_options {
    bool json;       /* an object a line */
    bool sandbox;    /* this process adopts the orphans: lab_options.sandbox */
    bool allow_exec; /* lessons that are not of the installed course may start programs unasked */
};

/* Prints a line for each listing and each step, and at the end how many passed, failed and were skipped; of
 * what failed, file and line and what was seen. Returns the exit status: 0; 1 when something failed; 2 when a
 * lesson may not start its programs, or when there can be no lab; 128 + N after signal N. */
int lesson_check(const struct lesson_selection *selection, const struct lesson_check_options *options);
