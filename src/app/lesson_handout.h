/* `forklore lesson --handout FILE`: lessons on paper. */
#pragma once

#include "app/lesson_selection.h"

struct lesson_handout_options {
    const char *path;  /* its end says the format: .html, .md */
    bool with_answers; /* the lessons are played for that: what is right is the kernel's to say */
    bool allow_exec;   /* as in lesson_check() */
};

/* Writes the file, which replaces an older one. Returns the exit status: 0; 1 when something is wrong with a
 * lesson or with writing; 2 when a lesson may not start its programs; 128 + N after signal N. */
int lesson_handout(const struct lesson_selection *selection, const struct lesson_handout_options *options);
