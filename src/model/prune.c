#include "model/prune.h"

#include "base/memory.h"

#include <stdlib.h>

/* Moves the kept rows together. new_place[i] is where the row i, or its nearest kept ancestor, stands now. */
static size_t compact(struct tree *tree, const bool *shown, size_t *new_place)
{
    size_t kept = 0;
    for (size_t i = 0; i < tree->count; i++) {
        struct tree_row row = tree->rows[i];
        size_t parent = row.parent == TREE_NO_ROW ? TREE_NO_ROW : new_place[row.parent];
        if (!shown[i]) {
            new_place[i] = parent;
            continue;
        }
        row.parent = parent;
        row.descendants = 0;
        row.depth = parent == TREE_NO_ROW ? 0 : tree->rows[parent].depth + 1;
        row.last = true;
        tree->rows[kept] = row;
        new_place[i] = kept++;
    }
    return kept;
}

/* From the end: a row adds itself to its parent, and is not the last child when a later one was seen. */
static void count_descendants(struct tree *tree, size_t *last_child)
{
    size_t last_root = TREE_NO_ROW;
    for (size_t i = 0; i < tree->count; i++)
        last_child[i] = TREE_NO_ROW;
    for (size_t i = tree->count; i-- > 0;) {
        struct tree_row *row = &tree->rows[i];
        size_t *last = row->parent == TREE_NO_ROW ? &last_root : &last_child[row->parent];
        row->last = *last == TREE_NO_ROW;
        *last = i;
        if (row->parent != TREE_NO_ROW)
            tree->rows[row->parent].descendants += row->descendants + 1;
    }
}

void tree_prune(struct tree *tree, const bool *shown)
{
    size_t *places = xreallocarray(NULL, tree->count, sizeof *places);
    tree->count = compact(tree, shown, places);
    count_descendants(tree, places);
    free(places);
}
