/* A .play file: one step a line, "STEP ARGUMENT"; lines that begin with | belong to the step before them, and
 * their text stands as on the screen, | being its left edge. # begins a comment, at the beginning of a line
 * only. "do FILE" stands for the steps of that file, which is looked for beside this one. */
#pragma once

#include <stddef.h>

struct script_step {
    char *file;
    int line;
    char *name;
    char *argument; /* "" when none */
    char **block;   /* without the | */
    size_t block_count;
};

struct script {
    struct script_step *steps;
    size_t count;
};

/* 0, or -errno of the file; -EINVAL for a | without a step. */
int script_read(struct script *script, const char *path);
void script_release(struct script *script);
