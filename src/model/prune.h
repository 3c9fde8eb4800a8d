/* Taking rows out of a tree. */
#pragma once

#include "model/tree.h"

/* Keeps the rows i with shown[i]; a row whose parent is taken out hangs on its nearest kept ancestor, or becomes a root.
 * Order is kept; parent, descendants, depth and last are right again. O(n). */
void tree_prune(struct tree *tree, const bool *shown);
