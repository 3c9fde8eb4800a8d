/* One row of the tree: columns, tree lines, the command and what there is to say about it. */
#pragma once

#include "lab/lab.h"
#include "model/columns.h"
#include "model/marks.h"
#include "screen/layout.h"
#include "screen/tree_view.h"
#include "screen/terminal.h"

struct row_context {
    const struct terminal *terminal;
    const struct tree *tree;
    const struct tree_view *view;
    const struct column *const *columns;
    size_t column_count;
    const struct column_context *values;
    const struct marks *marks;
    const struct lab *lab;       /* NULL: no lab */
    const struct column *sorted; /* the column sorted by; NULL: birth order */
    bool descending;
    bool past;       /* what is shown is not now: nothing is read of the processes that have these pids today */
    bool (*is_actor)(void *data, struct process_id id); /* without a lab: who was one; NULL: nobody */
    void *data;
    bool unselected; /* no row is set off as the selected one */
    pid_t self;
    int64_t now;
};

/* The titles of the columns, in the area's first line. */
void row_draw_heads(const struct row_context *context, struct area area);
/* The row at `place` of the view's visible rows, on screen line `line`. */
void row_draw(const struct row_context *context, struct area area, int line, size_t place);
/* The column under the screen column `at` of an area; NULL: the tree, or the margin. */
const struct column *row_column_at(const struct row_context *context, struct area area, int at);
