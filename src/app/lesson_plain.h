/* A lesson line by line on standard input and output, for screen readers and terminals that cannot move a
 * cursor. */
#pragma once

#include "app/lesson_selection.h"

struct lesson_plain_options {
    bool allow_exec;    /* a lesson that is not of the installed course may start programs unasked */
    bool sandbox;       /* this process adopts the orphans: lab_options.sandbox */
    const char *report; /* the file that predictions are written to: app/lesson_report.h; NULL: none */
};

/* Until the lesson's end, `q`, or the end of input. Returns the exit status: 0; 1 when the report could not
 * be written; 2 when the lesson may not start its programs, when there can be no lab, or the report's file is
 * there already; 128 + N after signal N. */
int lesson_plain(const struct chosen_lesson *lesson, const struct lesson_plain_options *options);
