/* Lessons on the full screen: the list of the course, and one lesson beside the live tree. */
#pragma once

#include "app/live.h"

#include <stdbool.h>

struct lesson_screen_options {
    const char *lesson;       /* its name, its number or its file; NULL: the list of the course */
    const char *report;       /* the file that predictions are written to: app/lesson_report.h; NULL: none */
    struct live_options live; /* how it looks */
    bool may_exec;            /* a lesson that is not of the installed course may start programs unasked */
};

struct lessons;

/* Finds the lesson of this name, number or file as what to begin with. 0, or an exit status after a line on stderr; what is
 * wrong with its file is told when `lessons` is freed. */
int lesson_screen_find(struct lessons *lessons, const char *name);
/* Runs until the user quits. Standard input and output must be a terminal. Returns the exit status; what is
 * wrong with a lesson's file is told on stderr, once the screen is as it was. */
int lesson_screen_run(const struct lesson_screen_options *options);
