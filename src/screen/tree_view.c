#include "screen/tree_view.h"

#include "base/memory.h"
#include "model/prune.h"

#include <stdlib.h>
#include <string.h>

void tree_view_release(struct tree_view *view)
{
    id_set_release(&view->folded);
    id_set_release(&view->tagged);
    free(view->visible);
    free(view->shown);
    *view = (struct tree_view){ 0 };
}

static bool passes(const struct tree_view *view, const struct tree_row *row,
                   const struct tree_view_facts *facts)
{
    const struct process *process = row->process;
    if (!view->kernel_threads && process_is_kernel_thread(process))
        return false;
    if (view->by_user && process->euid != view->user)
        return false;
    if (view->only_lab && !facts->in_lab(facts->data, process))
        return false;
    if (view->only_lesson && !facts->in_lesson(facts->data, process))
        return false;
    return !view->hide_containers || !facts->in_container(facts->data, process);
}

/* Ancestors of what is shown are shown too, so that it keeps its place in the tree: but never a kernel thread
 * or a container, which were sent away by name. */
static void show_ancestors(const struct tree *tree, bool *shown, size_t row)
{
    for (size_t up = tree->rows[row].parent; up != TREE_NO_ROW && !shown[up]; up = tree->rows[up].parent)
        shown[up] = true;
}

static void keep_subtree_only(const struct tree_view *view, const struct tree *tree, bool *shown)
{
    size_t root = 0;
    while (root < tree->count && !process_id_equal(tree->rows[root].process->id, view->only_subtree))
        root++;
    if (root == tree->count)
        return;
    size_t end = root + tree->rows[root].descendants;
    for (size_t i = 0; i < tree->count; i++)
        if (i < root || i > end)
            shown[i] = false;
}

static bool has_pid(const struct id_set *family, pid_t pid)
{
    return id_set_has(family, (struct process_id){ .pid = pid });
}

/* Takes a row into the family when its parent, or the process whose thread it is, belongs to it. */
static void adopt(struct id_set *family, const struct process *process)
{
    if (has_pid(family, process->ppid) || has_pid(family, process->tgid))
        id_set_add(family, (struct process_id){ .pid = process->id.pid });
}

/* A list knows no descendants, and its order puts children before their parents or behind them: it is gone
 * through both ways until nobody new is found. */
static void keep_family_only(const struct tree_view *view, const struct tree *tree, bool *shown)
{
    struct id_set family = { 0 };
    size_t before;

    id_set_add(&family, (struct process_id){ .pid = view->only_subtree.pid });
    do {
        before = family.count;
        for (size_t i = 0; i < tree->count; i++)
            adopt(&family, tree->rows[i].process);
        for (size_t i = tree->count; i-- > 0;)
            adopt(&family, tree->rows[i].process);
    } while (family.count > before);
    for (size_t i = 0; i < tree->count; i++)
        if (!has_pid(&family, tree->rows[i].process->id.pid))
            shown[i] = false;
    id_set_release(&family);
}

static void hide_rows(struct tree_view *view, struct tree *tree, const struct tree_view_facts *facts)
{
    view->shown = grow(view->shown, &view->shown_room, tree->count, sizeof *view->shown);
    bool *shown = view->shown;
    bool needs_ancestors = !view->list && (view->by_user || view->only_lab);
    for (size_t i = 0; i < tree->count; i++)
        shown[i] = passes(view, &tree->rows[i], facts);
    if (needs_ancestors)
        for (size_t i = tree->count; i-- > 0;)
            if (shown[i])
                show_ancestors(tree, shown, i);
    if (view->only_subtree.pid && view->list)
        keep_family_only(view, tree, shown);
    else if (view->only_subtree.pid)
        keep_subtree_only(view, tree, shown);
    tree_prune(tree, shown);

    view->matches = 0;
    if (view->filter.text[0]) {
        view->matches = filter_rows(&view->filter, tree, shown);
        tree_prune(tree, shown);
    }
}

static void list_visible(struct tree_view *view, const struct tree *tree)
{
    view->visible = grow(view->visible, &view->visible_room, tree->count, sizeof *view->visible);
    view->visible_count = 0;
    for (size_t i = 0; i < tree->count; i++) {
        view->visible[view->visible_count++] = i;
        if (id_set_has(&view->folded, tree->rows[i].process->id))
            i += tree->rows[i].descendants;
    }
}

static bool find_place(const struct tree_view *view, const struct tree *tree, struct process_id id,
                       enum tree_row_kind kind, size_t *ret_place)
{
    bool found = false;
    for (size_t place = 0; place < view->visible_count; place++) {
        const struct tree_row *row = &tree->rows[view->visible[place]];
        if (!process_id_equal(row->process->id, id))
            continue;
        /* the row of the same kind, else any but a ghost: a process that ended is found at its tombstone */
        if (row->kind == kind) {
            *ret_place = place;
            return true;
        }
        if (row->kind != TREE_GHOST && !found) {
            *ret_place = place;
            found = true;
        }
    }
    return found;
}

/* The visible row whose fold hides this process: the rows between it and the next visible one are its own. */
static bool find_fold(const struct tree_view *view, const struct tree *tree, struct process_id id,
                      size_t *ret_place)
{
    size_t place = 0;
    for (size_t i = 0; i < tree->count; i++) {
        if (place + 1 < view->visible_count && view->visible[place + 1] == i)
            place++;
        if (process_id_equal(tree->rows[i].process->id, id) && tree->rows[i].kind != TREE_GHOST) {
            *ret_place = place;
            return true;
        }
    }
    return false;
}

static void note_selected(struct tree_view *view, const struct tree *tree)
{
    const struct tree_row *row = tree_view_selected(view, tree);
    if (!row)
        return;
    view->selected = row->process->id;
    view->selected_kind = row->kind;
}

static void keep_on_screen(struct tree_view *view, int height)
{
    size_t rows = height > 0 ? (size_t)height : 1;
    if (view->cursor < view->top)
        view->top = view->cursor;
    if (view->cursor >= view->top + rows)
        view->top = view->cursor - rows + 1;
}

/* No empty lines below the last row while rows above are out of sight. */
static void fill_screen(struct tree_view *view, int height)
{
    size_t rows = height > 0 ? (size_t)height : 1;
    if (view->top + rows > view->visible_count)
        view->top = view->visible_count > rows ? view->visible_count - rows : 0;
}

/* The selected row goes up as far as its visible descendants need, and never off the screen. */
static void make_room_for_children(struct tree_view *view, const struct tree *tree, int height)
{
    size_t rows = height > 0 ? (size_t)height : 1, end = view->cursor + 1;
    size_t last = view->visible[view->cursor] + tree->rows[view->visible[view->cursor]].descendants;
    while (end < view->visible_count && view->visible[end] <= last)
        end++;
    if (end > view->top + rows)
        view->top = end - rows < view->cursor ? end - rows : view->cursor;
}

/* The selected process keeps its line, be it at the price of empty lines at the end; but a tree that fits as
 * a whole is shown as a whole. */
static void keep_line(struct tree_view *view, long line, int height)
{
    view->top = (long)view->cursor > line ? view->cursor - (size_t)(line > 0 ? line : 0) : 0;
    if (view->visible_count <= (size_t)(height > 0 ? height : 1))
        view->top = 0;
    keep_on_screen(view, height);
}

void tree_view_update(struct tree_view *view, struct tree *tree, const struct tree_view_facts *facts,
                      int height)
{
    long line = (long)view->cursor - (long)view->top;
    hide_rows(view, tree, facts);
    list_visible(view, tree);
    if (view->visible_count == 0) {
        view->cursor = view->top = 0;
        return;
    }
    size_t place;
    if (find_place(view, tree, view->selected, view->selected_kind, &place) ||
        find_fold(view, tree, view->selected, &place))
        view->cursor = place;
    else if (view->cursor >= view->visible_count)
        view->cursor = view->visible_count - 1;
    keep_line(view, line, height);
    if (view->show_children)
        make_room_for_children(view, tree, height);
    note_selected(view, tree);
}

const struct tree_row *tree_view_selected(const struct tree_view *view, const struct tree *tree)
{
    if (view->cursor >= view->visible_count)
        return NULL;
    return &tree->rows[view->visible[view->cursor]];
}

void tree_view_select(struct tree_view *view, const struct tree *tree, size_t place, int height)
{
    if (view->visible_count == 0)
        return;
    view->cursor = place < view->visible_count ? place : view->visible_count - 1;
    view->show_children = false;
    keep_on_screen(view, height);
    note_selected(view, tree);
}

static size_t moved(size_t place, long steps, size_t count)
{
    if (steps < 0 && (size_t)-steps > place)
        return 0;
    size_t target = steps < 0 ? place - (size_t)-steps : place + (size_t)steps;
    return target < count ? target : count ? count - 1 : 0;
}

void tree_view_move(struct tree_view *view, const struct tree *tree, long steps, int height)
{
    tree_view_select(view, tree, moved(view->cursor, steps, view->visible_count), height);
}

void tree_view_scroll(struct tree_view *view, const struct tree *tree, long steps, int height)
{
    size_t rows = height > 0 ? (size_t)height : 1;
    view->top = moved(view->top, steps, view->visible_count);
    fill_screen(view, height);
    if (view->cursor < view->top)
        view->cursor = view->top;
    if (view->cursor >= view->top + rows)
        view->cursor = view->top + rows - 1;
    tree_view_select(view, tree, view->cursor, height);
}

bool tree_view_select_process(struct tree_view *view, const struct tree *tree, struct process_id id,
                              int height)
{
    size_t row = 0;
    while (row < tree->count &&
           (!process_id_equal(tree->rows[row].process->id, id) || tree->rows[row].kind == TREE_GHOST))
        row++;
    if (row == tree->count)
        return false;
    for (size_t up = tree->rows[row].parent; up != TREE_NO_ROW; up = tree->rows[up].parent)
        id_set_remove(&view->folded, tree->rows[up].process->id);
    list_visible(view, tree);
    size_t place;
    if (!find_place(view, tree, id, TREE_LIVE, &place))
        return false;
    tree_view_select(view, tree, place, height);
    return true;
}

bool tree_view_search(const struct tree_view *view, const struct tree *tree, const struct filter *filter,
                      bool from_here, size_t *ret_place)
{
    for (size_t step = from_here ? 0 : 1; step <= view->visible_count; step++) {
        if (view->visible_count == 0)
            return false;
        size_t place = (view->cursor + step) % view->visible_count;
        if (filter_matches(filter, tree->rows[view->visible[place]].process)) {
            *ret_place = place;
            return true;
        }
    }
    return false;
}
