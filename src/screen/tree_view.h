/* What the screen adds to the tree: which rows are visible, which is selected, folds, tags and filters. All
 * of it hangs on the identity of processes, never on a row: the tree may change under it and the selected
 * process keeps its line. */
#pragma once

#include "machine/users.h"
#include "model/filter.h"
#include "model/id_set.h"
#include "model/tree.h"

#include <stdbool.h>
#include <stddef.h>

struct tree_view {
    /* chosen by the reader */
    struct id_set folded, tagged;
    struct filter filter; /* text "": none */
    bool list;            /* a flat list instead of the tree */
    bool kernel_threads;  /* show them */
    bool threads;         /* show threads */
    bool hide_containers; /* only processes of our own pid namespace */
    bool only_lab;
    bool only_lesson; /* what a lesson is about, without ancestors */
    struct process_id only_subtree; /* pid 0: all */
    bool by_user;
    uid_t user;   /* with by_user: only his, and their ancestors */
    bool follow;  /* the selected process stays in sight while others move; see tree_view_update() */
    bool show_children;         /* scroll so far that the selected process's children are in sight too */
    int sideways; /* cells scrolled to the left out of sight */

    struct process_id selected;
    enum tree_row_kind selected_kind; /* a ghost and its live row are two rows of one process */

    /* derived by tree_view_update() */
    size_t *visible; /* indices of tree rows, in order */
    size_t visible_count, visible_room;
    size_t cursor;  /* place of the selected row in `visible` */
    size_t top;     /* place of the first row on the screen */
    size_t matches; /* rows that match the filter */
    bool *shown;
    size_t shown_room;
};

/* Which processes belong to the lab, which to a container, and which a lesson shows: the view asks, its owner
 * knows. */
struct tree_view_facts {
    bool (*in_lab)(void *data, const struct process *process);
    bool (*in_container)(void *data, const struct process *process);
    bool (*in_lesson)(void *data, const struct process *process);
    void *data;
};

void tree_view_release(struct tree_view *view);

/* Takes a newly built tree: drops the rows that are hidden, finds the selected process again and keeps it on
 * its screen line; when a fold hides it, the folded row is selected, and when it is gone, the row that took its line. `height` rows are on the screen.
 * The tree's rows are changed: hidden ones are taken out (tree_prune()). */
void tree_view_update(struct tree_view *view, struct tree *tree, const struct tree_view_facts *facts,
                      int height);

/* The selected row; NULL when the view is empty. */
const struct tree_row *tree_view_selected(const struct tree_view *view, const struct tree *tree);
/* Moves the selection to the row at `place` in visible (cut to what there is) and scrolls so that it is on
 * screen. */
void tree_view_select(struct tree_view *view, const struct tree *tree, size_t place, int height);
/* By `steps` rows up (negative) or down. */
void tree_view_move(struct tree_view *view, const struct tree *tree, long steps, int height);
/* Scrolls by `steps` rows; the selection stays on its process while it is in sight. */
void tree_view_scroll(struct tree_view *view, const struct tree *tree, long steps, int height);
/* Selects this process, unfolding what hides it. False when it is not there. */
bool tree_view_select_process(struct tree_view *view, const struct tree *tree, struct process_id id,
                              int height);
/* The place of the next visible row that matches, from the selected one on (which is included when
 * `from_here`), going round at the end. False: none matches. */
bool tree_view_search(const struct tree_view *view, const struct tree *tree, const struct filter *filter,
                      bool from_here, size_t *ret_place);
