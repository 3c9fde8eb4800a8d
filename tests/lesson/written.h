/* Files that a test writes into a folder of its own, and what loading them complains of. */
#pragma once

#include "lesson/load.h"

#include <stddef.h>

struct written {
    char folder[64];
    char *told; /* "FILE:LINE:COLUMN: TEXT\n" for each problem */
    struct lesson_problems problems;
};

void written_begin(struct written *written);
/* Removes the folder with all that is in it. */
void written_end(struct written *written);
/* Writes a file of the folder; its folder, if it names one, is made. */
void written_file(struct written *written, const char *name, const void *text, size_t length);
/* "FOLDER/NAME": valid until the next call. */
const char *written_path(const struct written *written, const char *name);
/* Forgets what was told. */
void written_forget(struct written *written);
