/* The folders that lessons are looked for in. */
#pragma once

#include <stdbool.h>

struct lesson_folder {
    char *path;        /* absolute */
    bool is_installed; /* what came with Forklore: of the build tree, when the program runs from there */
};

/* In the order in which they count, each once, only those that are there; ends with a NULL path. */
struct lesson_folder *lesson_folders(void);
void lesson_folders_free(struct lesson_folder *folders);
