/* The nodes of a tree before they stand in rows: what is to be shown, who is whose parent, and where each
 * went. For tree.c alone. */
#pragma once

#include "model/tree.h"

#include <stdint.h>

#define NO_NODE UINT32_MAX

struct tree_node {
    enum tree_row_kind kind;
    const struct process *process;
    const struct tombstone *tombstone;
    const struct ghost *ghost;
    uint32_t parent; /* NO_NODE for a root */
    uint32_t next;   /* the next node with the same hash */
    size_t row;      /* where it stands, once it does */
};

/* All memory of a tree but its rows, kept between builds. Nodes are numbered: first the sample's processes in
 * its order, then tombstones, then ghosts. */
struct tree_work {
    struct tree_node *nodes;
    size_t count, room;
    uint32_t *heads; /* hash of the pid -> first node of its chain */
    size_t heads_room;
    uint32_t *sorted; /* nodes in sibling order, over the whole machine */
    uint32_t *below;  /* nodes grouped by their parents, roots last */
    uint32_t
        *first; /* where the children of each node begin in `below`; one more for the roots, and an end */
    uint32_t *pending; /* nodes whose rows are still to come: a stack */
    size_t index_room, rows_room;
};

enum tree_shape { TREE_SHAPE_TREE, TREE_SHAPE_LIST };

/* Makes the nodes of the sample and the marks, with parents when the shape is a tree. A list has no ghosts.
 */
void tree_nodes_make(struct tree_work *work, const struct sample *sample, const struct marks *marks,
                     enum tree_shape shape);
/* Cuts every circle of parents once, so that each node hangs on a root. */
void tree_nodes_cut_circles(struct tree_work *work);
/* Puts the numbers of all nodes into work->sorted. */
void tree_nodes_sort(struct tree_work *work, const struct order *order, enum tree_shape shape);
/* The node of this process: live, a thread, or a tombstone; NO_NODE for none. */
uint32_t tree_nodes_find(const struct tree_work *work, struct process_id id);
