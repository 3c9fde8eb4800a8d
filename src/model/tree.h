/* The tree of one sample: rows in display order, parents before children. A process whose parent is 0, missing, or its
 * own descendant (only a damaged recording has those) is a root. Iterative and O(n) for any depth. */
#pragma once

#include "machine/sample.h"
#include "model/marks.h"
#include "model/order.h"

#include <stdbool.h>
#include <stddef.h>

enum tree_row_kind {
    TREE_LIVE,
    TREE_THREAD,    /* a further thread of the process above */
    TREE_TOMBSTONE, /* gone: process is as last seen */
    TREE_GHOST,     /* was here: process is the adopted one, which has its own live row elsewhere */
};

struct tree_row {
    enum tree_row_kind kind;
    const struct process *process;     /* borrowed from the sample or the marks */
    const struct tombstone *tombstone; /* of TREE_TOMBSTONE */
    const struct ghost *ghost;         /* of TREE_GHOST */
    size_t parent;      /* index of the parent's row; TREE_NO_ROW for a root */
    size_t descendants; /* rows below: the subtree is rows [i, i + descendants] */
    int depth;          /* 0 for a root */
    bool last;          /* no sibling follows */
};

#define TREE_NO_ROW ((size_t)-1)

struct tree {
    struct tree_row *rows;
    size_t count;
    struct tree_work *work; /* scratch memory kept between builds */
};

/* Builds the tree anew; zero-initialise it before the first time. `marks` may be NULL: no tombstones and ghosts.
 * Siblings stand in `order`. Rows stay valid until the sample or the marks change, or the next build. */
void tree_build(struct tree *tree, const struct sample *sample, const struct marks *marks,
                const struct order *order);
/* The same rows without parents: depth 0, sorted over the whole machine. */
void tree_build_list(struct tree *tree, const struct sample *sample, const struct marks *marks,
                     const struct order *order);
void tree_release(struct tree *tree);

/* The row of this process (its live row, or its tombstone), TREE_NO_ROW when it has none. O(1) amortised. */
size_t tree_find(const struct tree *tree, struct process_id id);
/* Writes the tree lines of a row, such as "│  ├─ ", or "|  |- " in ASCII, into `text`; a depth beyond what fits is shown
 * by its last levels behind "<". Returns text. Roots have none. */
const char *tree_lines(char *text, size_t size, const struct tree *tree, size_t row, bool ascii);
