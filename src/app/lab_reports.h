/* What the lab reports, printed: for people, and for programs. */
#pragma once

#include "lab/lab.h"

#include <stdio.h>

/* a         waitpid(4313, &status, 0) = 4313             b: exit 7
 * on one line, or on as many as it takes where a line may have `width` cells (0: no limit). */
void lab_report_text(const struct lab_report *report, int width, FILE *to);
/* One object on one line: time (seconds since 1970), kind, actor, pid, start (of the actor: ticks since boot,
 * as in /proc/PID/stat), text, words, errno (its name), failed. What there is not is null. All texts are
 * clean (base/text.h), so that they are always valid UTF-8. */
void lab_report_json(const struct lab_report *report, FILE *to);
