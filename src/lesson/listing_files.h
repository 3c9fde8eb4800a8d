/* The listings of a lesson as files, in a directory of their own. */
#pragma once

#include "lesson/lesson.h"

/* Whether a listing may have this name: letters, digits, `_`, `-` and `.`, beginning with none of the last
 * two, so that it leads nowhere else and is no option of a program. */
bool listing_name_is_good(const char *name);
/* Writes each into the directory, which must hold no file of that name, and follows no link. 0; or -errno
 * with *ret_failed, the listing that could not be written. */
int listing_files_write(const struct lesson *lesson, const char *directory,
                        const struct lesson_listing **ret_failed);
