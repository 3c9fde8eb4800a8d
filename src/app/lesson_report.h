/* What a reader predicted, and what the kernel answered: a file of JSON lines for a teacher. Each question is
 * an object: `time`, seconds since 1970, of the first prediction; `lesson`, its name; `step`, from 1;
 * `predicted`, the choice of the first prediction, null when it was shown without one; `right`, the choice
 * that the kernel showed to be right, null when none was; `answer`, what it showed. */
#pragma once

#include "lesson/play.h"

struct lesson_report;

/* The two for a subcommand, with a line on stderr when something is wrong. `path` may be NULL: no report. 0
 * or exit status 2. */
int lesson_report_begin(struct lesson_report **ret, const char *path);
/* Returns `status`, or 1 when that is 0 and the report is not whole. */
int lesson_report_end(struct lesson_report *report, const char *path, int status);

/* Makes the file, which must not be there: nothing is overwritten. 0 or -errno: -EEXIST. */
int lesson_report_open(struct lesson_report **ret, const char *path);
/* Writes what has been answered since; a question once, however often it is played. Takes NULL. */
void lesson_report_take(struct lesson_report *report, const struct lesson *lesson, const struct play *play);
/* 0; or -errno when it could not be written, or not the whole of it. Takes NULL. */
int lesson_report_close(struct lesson_report *report);
