/* Whether the listings of a lesson do what the lesson says: compiled where they are C, run, and what they
 * print and end with compared. */
#pragma once

#include "lesson/lesson.h"

enum listing_verdict { LISTING_PASSED, LISTING_FAILED, LISTING_SKIPPED };

/* Runs it in a directory of its own, which is removed again, with the other listings of the lesson beside it,
 * as a process group of its own that is killed after LISTING_SECONDS. In *ret_why, to be freed, what was seen
 * when it failed, in several lines perhaps, or why it was skipped; else NULL. Texts are in the user's
 * language and clean for a terminal. What it needs of the machine is the caller's to ask. It is given up as
 * late once `interrupt`, a descriptor, can be read; -1: none. */
enum listing_verdict listing_check(const struct lesson *lesson, const struct lesson_listing *listing,
                                   int interrupt, char **ret_why);

enum { LISTING_SECONDS = 10 };
