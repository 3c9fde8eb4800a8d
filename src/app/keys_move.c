#include "app/live.h"

#include "base/i18n.h"
#include "base/text.h"
#include "screen/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIDEWAYS = 8, WHEEL = 3 };

static void move(struct live *live, long steps)
{
    live->view.follow = false;
    tree_view_move(&live->view, &live->tree, steps, live_tree_height(live));
}

void key_up(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, -1);
}

void key_down(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, 1);
}

void key_left(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.sideways = live->view.sideways > SIDEWAYS ? live->view.sideways - SIDEWAYS : 0;
}

void key_right(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->view.sideways += SIDEWAYS;
}

void key_page_up(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, -(long)live_tree_height(live));
}

void key_page_down(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, live_tree_height(live));
}

void key_home(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, -(long)live->view.visible_count);
}

void key_end(struct live *live, const struct keystroke *key)
{
    (void)key;
    move(live, (long)live->view.visible_count);
}

/* ---- digits go to a PID ---- */

static void pid_typed(struct live *live, const char *text)
{
    long pid = strtol(text, NULL, 10);
    const struct process *process = pid > 0 && pid <= 1 << 22 ? sample_find(&live->sample, (pid_t)pid) : NULL;
    if (!process || !tree_view_select_process(&live->view, &live->tree, process->id, live_tree_height(live)))
        prompt_fail(&live->overlay.prompt, 0,
                    process ? _("this process is not shown") : _("no process has this PID"));
}

void key_go_to_pid(struct live *live, const struct keystroke *key)
{
    char digit[2] = { (char)key->code, '\0' };
    live_ask(live, _(" PID: "), digit, NULL);
    live->overlay.typed = pid_typed;
    pid_typed(live, digit);
}

/* ---- search ---- */

static void search_from(struct live *live, bool from_here)
{
    size_t place;
    bool found = tree_view_search(&live->view, &live->tree, &live->search, from_here, &place);
    prompt_fail(&live->overlay.prompt, 0, found ? "" : _("nothing matches"));
    if (found)
        tree_view_select(&live->view, &live->tree, place, live_tree_height(live));
}

static void search_typed(struct live *live, const char *text)
{
    text_clean(live->search.text, sizeof live->search.text, text);
    if (*text)
        search_from(live, true);
}

/* F3 while the prompt is open goes to the next match. */
static bool search_next(struct live *live, const struct keystroke *key)
{
    if (key->code != KEYSTROKE_F0 + 3)
        return false;
    search_from(live, false);
    return true;
}

void key_search(struct live *live, const struct keystroke *key)
{
    /* F3 again, after the prompt was closed, goes on with the same text */
    if (key->code == KEYSTROKE_F0 + 3 && live->search.text[0]) {
        size_t place;
        if (tree_view_search(&live->view, &live->tree, &live->search, false, &place))
            tree_view_select(&live->view, &live->tree, place, live_tree_height(live));
        else
            live_complain(live, _("nothing matches \"%s\""), live->search.text);
        return;
    }
    struct prompt *prompt = live_ask(live, _(" Search: "), "", &live->search_history);
    snprintf(prompt->hint, sizeof prompt->hint, "%s", _("part of a name, or a PID; F3 next, Esc closes"));
    live->overlay.typed = search_typed;
    live->overlay.key = search_next;
}

/* ---- mouse ---- */

static void sort_by_column_at(struct live *live, struct area heads, int column)
{
    struct row_context context = { .columns = live->columns, .column_count = live->column_shown };
    const struct column *clicked = row_column_at(&context, heads, column);
    if (!clicked)
        return;
    live->descending = clicked == live->sorted ? !live->descending : clicked->descending;
    live->sorted = clicked;
    live_rebuild(live);
}

void key_click(struct live *live, const struct keystroke *key)
{
    struct layout layout = live_layout(live);
    if (layout.heads.height && key->line == layout.heads.line && key->column < layout.heads.width) {
        sort_by_column_at(live, layout.heads, key->column);
        return;
    }
    if (key->line < layout.tree.line || key->line >= layout.tree.line + layout.tree.height ||
        key->column >= layout.tree.width)
        return;
    size_t place = live->view.top + (size_t)(key->line - layout.tree.line);
    if (place >= live->view.visible_count)
        return;
    live->view.follow = false;
    if (place == live->view.cursor)
        key_unfold(live, key);
    else
        tree_view_select(&live->view, &live->tree, place, layout.tree.height);
}

static void scroll(struct live *live, long steps)
{
    live->view.follow = false;
    tree_view_scroll(&live->view, &live->tree, steps, live_tree_height(live));
}

void key_wheel_up(struct live *live, const struct keystroke *key)
{
    (void)key;
    scroll(live, -WHEEL);
}

void key_wheel_down(struct live *live, const struct keystroke *key)
{
    (void)key;
    scroll(live, WHEEL);
}
