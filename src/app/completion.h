/* Completion for the command language, from the command table and the actors there are. */
#pragma once

#include "lab/lab.h"

#include <stddef.h>

enum { COMPLETION_MOST = 64 };

struct completion {
    size_t from; /* the byte of the text where the word under the cursor begins */
    char candidates[COMPLETION_MOST][32];
    size_t count;
};

/* What the word that ends at byte `cursor` of `text` may become. */
void completion_find(struct completion *ret, const struct lab *lab, const char *text, size_t cursor);
/* Writes what all candidates begin with, with a blank behind it when there is only one. Returns text. */
const char *completion_common(const struct completion *completion, char *text, size_t size);
/* The usage and the help of the command the cursor is in: "waitpid ACTOR|-1 [WNOHANG]  wait for this child".
 * "" when there is none yet. Returns hint. */
const char *completion_hint(char *hint, size_t size, const char *text, size_t cursor);
