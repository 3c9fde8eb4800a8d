/* Which processes a text stands for: searching and filtering. As in htop: any part of the name, in any case; `|` separates
 * alternatives. Beyond it: a number is also a pid, and the command line counts when it was read. */
#pragma once

#include "machine/process.h"
#include "model/tree.h"

#include <stdbool.h>

struct filter {
    char text[128];
};

bool filter_matches(const struct filter *filter, const struct process *process);
/* Marks the rows to show: those that match and all their ancestors; shown[i] is set for every row i. Returns how many
 * match. */
size_t filter_rows(const struct filter *filter, const struct tree *tree, bool *shown);
