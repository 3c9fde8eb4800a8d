/* Reading a lesson from its YAML file, and saying what is wrong with it, where, and what was expected. The
 * only users of libyaml are this and course.h, through yaml_document.h. */
#pragma once

#include "lesson/lesson.h"

/* Who is told of what is wrong. Texts are in the reader's language, and clean for a terminal. */
struct lesson_problems {
    void (*tell)(void *data, const char *path, int line, int column, const char *text);
    void *data;
};

/* Reads the file, and the translations NAME.LOCALE.yaml beside it, and checks all that can be checked without
 * playing it: keys, languages, lengths, characters, that commands, expectations, answers and needs parse,
 * that marks lead into listings. 0; -EINVAL when something is wrong, after all of it was told; another -errno
 * when the file cannot be read, which is told too. */
int lesson_load(struct lesson **ret, const char *path, const struct lesson_problems *problems);
