/* A lesson from anybody may start programs; whoever plays or checks it is asked. */
#pragma once

#include "app/lesson_selection.h"

/* Whether the lesson's acts may exec: one of the installed course may; for another, what its acts start, and
 * with `listings` its listings too, is asked about at the terminal, unless `allowed`. 0 with *ret_may_exec;
 * or, after a line on stderr, exit status 2: app/exec_consent.h. */
int lesson_consent(const struct chosen_lesson *lesson, bool listings, bool allowed, bool *ret_may_exec);
