#include "app/live.h"

#include "app/replay.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* ---- filter ---- */

static void filter_typed(struct live *live, const char *text)
{
    text_clean(live->view.filter.text, sizeof live->view.filter.text, text);
    live_rebuild(live);
}

/* While the text is typed, the selection moves to what matches; without a filter it is where it was. */
static void filter_cancelled(struct live *live)
{
    filter_typed(live, "");
    tree_view_select_process(&live->view, &live->tree, live->target, live_tree_height(live));
}

static bool filter_entered(struct live *live, const char *text)
{
    filter_typed(live, text);
    return true;
}

void key_filter(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct prompt *prompt = live_ask(live, _(" Filter: "), live->view.filter.text, &live->filter_history);
    snprintf(prompt->hint, sizeof prompt->hint, "%s",
             _("part of a name; | separates several; Enter keeps it, Esc ends it"));
    live->target = live->view.selected;
    live->overlay.typed = filter_typed;
    live->overlay.entered = filter_entered;
    live->overlay.cancelled = filter_cancelled;
}

/* ---- folding ---- */

void key_list(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.list = !live->view.list;
    live_rebuild(live);
}

void key_unfold(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct tree_row *row = live_selected(live);
    if (!row)
        return;
    if (id_set_has(&live->view.folded, row->process->id))
        id_set_remove(&live->view.folded, row->process->id);
    else if (row->descendants)
        id_set_add(&live->view.folded, row->process->id);
    live_rebuild(live);
}

void key_fold(struct live *live, const struct keystroke *key)
{
    const struct tree_row *row = live_selected(live);
    if (row && !id_set_has(&live->view.folded, row->process->id))
        key_unfold(live, key);
}

/* Roots stay open: a screen with nothing but them would say nothing. */
void key_fold_all(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (live->view.folded.count) {
        id_set_clear(&live->view.folded);
    } else {
        for (size_t i = 0; i < live->tree.count; i++)
            if (live->tree.rows[i].descendants && live->tree.rows[i].depth > 0)
                id_set_add(&live->view.folded, live->tree.rows[i].process->id);
    }
    live_rebuild(live);
}

void key_fold_into_parent(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct tree_row *row = live_selected(live);
    if (!row || row->parent == TREE_NO_ROW)
        return;
    struct process_id parent = live->tree.rows[row->parent].process->id;
    tree_view_select_process(&live->view, &live->tree, parent, live_tree_height(live));
    id_set_add(&live->view.folded, parent);
    live_rebuild(live);
}

/* ---- what is shown ---- */

void key_follow(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.follow = !live->view.follow;
    live_rebuild(live);
}

void key_pause(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (live->replay)
        replay_turn(live);
    else if (live->rewind.past)
        rewind_return(live);
    else
        rewind_pause(live);
}

void key_threads(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.threads = !live->view.threads;
    live_sample_soon(live);
}

void key_kernel_threads(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.kernel_threads = !live->view.kernel_threads;
    live_rebuild(live);
    live_say(live, "%s",
             live->view.kernel_threads ? _("kernel threads are shown") : _("kernel threads are hidden"));
}

void key_containers(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.hide_containers = !live->view.hide_containers;
    live_rebuild(live);
}

void key_header(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->no_header = !live->no_header;
    live_rebuild(live);
}

void key_panel(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->panel = (live->panel + 1) % PANEL_COUNT;
    live_rebuild(live);
}

void key_only_lab(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.only_lab = !live->view.only_lab;
    live_rebuild(live);
}

void key_only_subtree(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct tree_row *row = live_selected(live);
    if (live->view.only_subtree.pid)
        live->view.only_subtree.pid = 0;
    else if (row)
        live->view.only_subtree = row->process->id;
    live_rebuild(live);
}

/* ---- tags ---- */

static void turn_tag(struct live *live, struct process_id id)
{
    if (id_set_has(&live->view.tagged, id))
        id_set_remove(&live->view.tagged, id);
    else
        id_set_add(&live->view.tagged, id);
}

void key_tag(struct live *live, const struct keystroke *key)
{
    const struct tree_row *row = live_selected(live);
    if (row && row->kind == TREE_LIVE)
        turn_tag(live, row->process->id);
    key_down(live, key);
}

void key_tag_subtree(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct tree_row *row = live_selected(live);
    for (size_t i = 0; row && i <= row->descendants; i++)
        if (row[i].kind == TREE_LIVE)
            id_set_add(&live->view.tagged, row[i].process->id);
}

void key_untag_all(struct live *live, const struct keystroke *key)
{
    (void)key;
    id_set_clear(&live->view.tagged);
}

/* ---- users ---- */

enum { ALL_USERS = -1 };

static void user_chosen(struct live *live, long value)
{
    live->view.by_user = value != ALL_USERS;
    live->view.user = (uid_t)value;
    live_rebuild(live);
}

static bool listed(const struct menu *menu, uid_t uid)
{
    for (size_t i = 0; i < menu->count; i++)
        if (menu->items[i].value == (long)uid)
            return true;
    return false;
}

void key_user(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct menu *menu = live_choose(live, _("Whose processes?"));
    menu_add(menu, ALL_USERS, _("all users"), NULL, NULL);
    for (size_t i = 0; i < live->sample.count; i++) {
        uid_t uid = live->sample.processes[i].euid;
        if (!listed(menu, uid))
            menu_add(menu, (long)uid, users_name(live->users, uid), NULL, NULL);
    }
    live->overlay.chosen = user_chosen;
}

/* ---- columns ---- */

static size_t shown_place(const struct live *live, const struct column *column)
{
    size_t place = 0;
    while (place < live->column_shown && live->columns[place] != column)
        place++;
    return place;
}

/* A column comes where the table has it, so that any choice stands in a known order. */
static void show_column(struct live *live, const struct column *column)
{
    size_t place = 0;
    if (live->column_shown == sizeof live->columns / sizeof *live->columns)
        return;
    while (place < live->column_shown && live->columns[place] < column)
        place++;
    memmove(&live->columns[place + 1], &live->columns[place],
            (live->column_shown - place) * sizeof *live->columns);
    live->columns[place] = column;
    live->column_shown++;
}

static void hide_column(struct live *live, size_t place)
{
    live->column_shown--;
    memmove(&live->columns[place], &live->columns[place + 1],
            (live->column_shown - place) * sizeof *live->columns);
}

static void column_toggled(struct live *live, long value, bool on)
{
    const struct column *column = &column_table[value];
    size_t place = shown_place(live, column);
    if (on && place == live->column_shown)
        show_column(live, column);
    else if (!on && place < live->column_shown)
        hide_column(live, place);
    live_sample_soon(live);
}

void key_columns(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct menu *menu = live_choose(live, _("Columns: Space shows or hides one, Esc closes"));
    menu->checks = true;
    for (size_t i = 0; i < column_count; i++) {
        menu_add(menu, (long)i, column_table[i].title, _(column_table[i].help), NULL);
        menu->items[i].checked = shown_place(live, &column_table[i]) < live->column_shown;
    }
    live->overlay.toggled = column_toggled;
}
