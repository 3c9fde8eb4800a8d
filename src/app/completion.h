/* Completion for the command language, from the command table, the actors there are and what they have. */
#pragma once

#include "lab/lab.h"

#include <stddef.h>

enum { COMPLETION_MOST = 128 };

struct completion {
    size_t from;  /* the byte of the text where the word under the cursor begins */
    size_t known; /* bytes at the start of every candidate that say nothing new: "a." of a.stat, a.pid */
    char candidates[COMPLETION_MOST][48];
    size_t count;
};

/* What the word that ends at byte `cursor` of `text` may become. */
void completion_find(struct completion *ret, const struct lab *lab, const char *text, size_t cursor);
/* Writes what all candidates begin with, with a blank behind it when there is only one and nothing must
 * follow at once. Returns text. */
const char *completion_common(const struct completion *completion, char *text, size_t size);
/* Lists the candidates from number `first` on, as many as fit into `cells`; three dots stand for the rest.
 * Returns the number of the first one that is not listed. */
size_t completion_list(const struct completion *completion, size_t first, int cells, char *text, size_t size);
