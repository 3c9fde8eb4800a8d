#include "model/tree.h"

#include "base/memory.h"
#include "model/tree_nodes.h"

#include <stdlib.h>
#include <string.h>

/* Groups the sorted nodes by their parents: a counting sort, so siblings keep their order. The roots are the
 * children of a node beyond the last. */
static void group_children(struct tree_work *work)
{
    uint32_t *first = work->first, count = (uint32_t)work->count;
    memset(first, 0, (work->count + 2) * sizeof *first);
    for (uint32_t i = 0; i < count; i++)
        first[(work->nodes[i].parent == NO_NODE ? count : work->nodes[i].parent) + 1]++;
    for (uint32_t i = 0; i <= count; i++)
        first[i + 1] += first[i];
    for (uint32_t i = count; i > 0; i--) { /* backwards, taking each group from its end */
        uint32_t node = work->sorted[i - 1], parent = work->nodes[node].parent;
        uint32_t group = parent == NO_NODE ? count : parent;
        work->below[--first[group + 1]] = node;
    }
    /* now first[g + 1] is where group g begins: move all down by one */
    memmove(first, first + 1, (work->count + 1) * sizeof *first);
    first[count + 1] = count;
}

/* Puts the children of a node (count: the roots) on the stack, so that the first comes off first. */
static size_t push_children(struct tree_work *work, uint32_t node, size_t pending)
{
    for (uint32_t i = work->first[node + 1]; i > work->first[node]; i--)
        work->pending[pending++] = work->below[i - 1];
    return pending;
}

static void emit_row(struct tree *tree, struct tree_node *node)
{
    const struct tree_work *work = tree->work;
    uint32_t self = (uint32_t)(node - work->nodes), parent = node->parent;
    uint32_t group = parent == NO_NODE ? (uint32_t)work->count : parent;
    struct tree_row *row = &tree->rows[tree->count];
    *row = (struct tree_row){ .kind = node->kind,
                              .process = node->process,
                              .tombstone = node->tombstone,
                              .ghost = node->ghost,
                              .parent = parent == NO_NODE ? TREE_NO_ROW : work->nodes[parent].row,
                              .last = work->below[work->first[group + 1] - 1] == self };
    row->depth = row->parent == TREE_NO_ROW ? 0 : tree->rows[row->parent].depth + 1;
    node->row = tree->count++;
}

static void lay_out(struct tree *tree)
{
    struct tree_work *work = tree->work;
    tree->rows = grow(tree->rows, &work->rows_room, work->count, sizeof *tree->rows);
    tree->count = 0;
    size_t pending = push_children(work, (uint32_t)work->count, 0);
    while (pending) {
        uint32_t node = work->pending[--pending];
        emit_row(tree, &work->nodes[node]);
        pending = push_children(work, node, pending);
    }
    for (size_t i = tree->count; i > 0; i--) {
        const struct tree_row *row = &tree->rows[i - 1];
        if (row->parent != TREE_NO_ROW)
            tree->rows[row->parent].descendants += row->descendants + 1;
    }
}

static void build(struct tree *tree, const struct sample *sample, const struct marks *marks,
                  const struct order *order, enum tree_shape shape)
{
    if (!tree->work)
        tree->work = xcalloc(1, sizeof *tree->work);
    tree_nodes_make(tree->work, sample, marks, shape);
    tree_nodes_cut_circles(tree->work);
    tree_nodes_sort(tree->work, order, shape);
    group_children(tree->work);
    lay_out(tree);
}

void tree_build(struct tree *tree, const struct sample *sample, const struct marks *marks,
                const struct order *order)
{
    build(tree, sample, marks, order, TREE_SHAPE_TREE);
}

void tree_build_list(struct tree *tree, const struct sample *sample, const struct marks *marks,
                     const struct order *order)
{
    build(tree, sample, marks, order, TREE_SHAPE_LIST);
}

void tree_release(struct tree *tree)
{
    if (tree->work) {
        free(tree->work->nodes);
        free(tree->work->heads);
        free(tree->work->sorted);
        free(tree->work->below);
        free(tree->work->first);
        free(tree->work->pending);
        free(tree->work);
    }
    free(tree->rows);
    *tree = (struct tree){ 0 };
}

size_t tree_find(const struct tree *tree, struct process_id id)
{
    uint32_t node = tree->work ? tree_nodes_find(tree->work, id) : NO_NODE;
    return node == NO_NODE ? TREE_NO_ROW : tree->work->nodes[node].row;
}

struct line_set {
    const char *passing, *none, *branch, *corner, *more;
};

static const struct line_set utf8_lines = { "│  ", "   ", "├─ ", "└─ ", "<" };
static const struct line_set ascii_lines = { "|  ", "   ", "|- ", "`- ", "<" };

/* The pieces are written from the row upwards, so they are put at the end of the text and moved to its start.
 */
const char *tree_lines(char *text, size_t size, const struct tree *tree, size_t row, bool ascii)
{
    const struct line_set *lines = ascii ? &ascii_lines : &utf8_lines;
    if (!size)
        return text;
    size_t start = size - 1;
    text[start] = '\0';
    for (size_t at = row; tree->rows[at].depth > 0; at = tree->rows[at].parent) {
        bool last = tree->rows[at].last;
        const char *piece =
            at == row ? (last ? lines->corner : lines->branch) : (last ? lines->none : lines->passing);
        size_t length = strlen(piece), reserved = tree->rows[at].depth > 1 ? strlen(lines->more) : 0;
        if (length + reserved > start) {
            length = strlen(lines->more);
            if (length <= start)
                memcpy(text + (start -= length), lines->more, length);
            break;
        }
        memcpy(text + (start -= length), piece, length);
    }
    memmove(text, text + start, size - start);
    return text;
}
