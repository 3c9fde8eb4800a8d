/* How far a reader has come in each lesson: $XDG_STATE_HOME/forklore/progress.json, else
 * ~/.local/state/forklore/progress.json. Two programs may keep it at the same time, and other versions may
 * have more in it: only what was changed here is written, and the rest of the file is kept. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct progress_of_lesson {
    unsigned furthest; /* steps that have been reached; 0: never begun */
    bool done;         /* its end has been reached once */
    unsigned made;     /* first predictions of the last time it was played */
    unsigned right;    /* and how many of them the kernel confirmed */
};

struct progress;

/* Reads the file. What cannot be read is as good as nothing. */
struct progress *progress_new(void);
/* Takes NULL. Nothing is written. */
void progress_free(struct progress *progress);

/* All zero for a lesson that was never begun. */
struct progress_of_lesson progress_get(const struct progress *progress, const char *lesson);
/* A step has been reached, counted from 1; furthest grows and never shrinks. */
void progress_reach(struct progress *progress, const char *lesson, unsigned step);
/* The end has been reached. */
void progress_end(struct progress *progress, const char *lesson, unsigned right, unsigned made);

/* Writes what was changed, as one: another program sees the old file or the new one. A damaged file is kept
 * as progress.json.damaged. Does nothing when nothing was changed. 0 or -errno; what was changed is then
 * still to be written. */
int progress_save(struct progress *progress);
