/* How far a reader has come with a lesson: said, and kept while it is played. */
#pragma once

#include "lesson/play.h"
#include "lesson/progress.h"

/* "done", "at step 3 of 8"; "": not begun. Returns text. */
const char *progress_words(const struct progress *progress, const struct lesson *lesson, char *text,
                           size_t size);
/* Keeps where the play is now. A directory that cannot be written to is no reason to stop the lesson. */
void progress_keep(struct progress *progress, const struct lesson *lesson, const struct play *play);
