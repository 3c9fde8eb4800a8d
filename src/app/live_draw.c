#include "app/live.h"

#include "app/lessons.h"
#include "app/presenter.h"
#include "base/i18n.h"
#include "base/text.h"
#include "screen/header.h"
#include "screen/pen.h"
#include "screen/row.h"

#include <stdio.h>
#include <string.h>

struct layout live_layout(const struct live *live)
{
    if (lesson_is_shown(live))
        return lesson_layout(live);
    return layout_compute(terminal_height(live->terminal), terminal_width(live->terminal),
                          live->panel != PANEL_NONE, !live->no_header);
}

int live_tree_height(const struct live *live)
{
    return live_layout(live).tree.height;
}

struct area live_overlay_area(const struct live *live)
{
    struct layout layout = live_layout(live);
    int line = layout.header.line + layout.header.height, end = layout.keys.line;
    if (live->overlay.alone) {
        line = 0;
    } else if (!lesson_is_shown(live)) {
        line = layout.heads.line;
        end = layout.explain.line;
    }
    return (struct area){ line, 0, end - line, terminal_width(live->terminal) };
}

const struct tree_row *live_selected(const struct live *live)
{
    return tree_view_selected(&live->view, &live->tree);
}

const struct actor *live_selected_actor(const struct live *live)
{
    const struct tree_row *row = live_selected(live);
    if (!row || !live->lab || live->rewind.past || row->kind == TREE_TOMBSTONE)
        return NULL;
    return lab_actor_by_id(live->lab, row->process->id);
}

static size_t count_tagged(const struct live *live)
{
    size_t count = 0;
    for (size_t i = 0; live->view.tagged.count && i < live->sample.count; i++)
        count += id_set_has(&live->view.tagged, live->sample.processes[i].id);
    return count;
}

/* Modes are never invisible: each has its banner at the right of the heads. */
static void draw_banners(const struct live *live, struct area area)
{
    char text[512] = "", part[256], user[80], tagged[64], time[128];
    const struct tree_view *view = &live->view;
    size_t tagged_count = count_tagged(live);
    snprintf(user, sizeof user, _("USER %s"), users_name(live->users, view->user));
    snprintf(tagged, sizeof tagged, _("%zu TAGGED"), tagged_count);
    struct {
        bool on;
        const char *words;
    } modes[] = {
        { lesson_is_open(live) && !lesson_is_shown(live), _("FREE PLAY: Tab returns to the lesson") },
        { live->rewind.past, rewind_banner(live, time, sizeof time) },
        { live->recorder != NULL, _("RECORDING") },
        { live->options.readonly && !live->replay, _("READ ONLY") },
        { live->options.sandbox && live->lab, _("SANDBOX") },
        { view->follow, _("FOLLOW") },
        { view->only_lab, _("LAB ONLY") },
        { live->keeps_dead, _("THE DEAD STAY") },
        { view->only_subtree.pid != 0, _("SUBTREE") },
        { view->hide_containers, _("NO CONTAINERS") },
        { view->by_user, user },
        { view->list, _("LIST") },
        { view->threads, _("THREADS") },
        { tagged_count > 0, tagged },
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (modes[i].on)
            snprintf(text + strlen(text), sizeof text - strlen(text), " %s ", modes[i].words);
    if (view->filter.text[0]) {
        snprintf(part, sizeof part, _(" FILTER %s: %zu "), view->filter.text, view->matches);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s", part);
    }
    if (!text[0] || area.height < 1)
        return;
    int width = text_width(text) < area.width ? text_width(text) : area.width;
    struct pen pen = pen_at(live->terminal, area.line, area.column + area.width - width, width);
    pen_text(&pen, STYLE_BANNER, text);
}

static bool is_actor(void *data, struct process_id id)
{
    return live_is_actor(data, id);
}

void live_draw_tree(struct live *live, struct area heads, struct area tree)
{
    struct column_context values = { &live->sample, &live->computer, live->users };
    struct row_context context = {
        .terminal = live->terminal,
        .tree = &live->tree,
        .view = &live->view,
        .columns = live->columns,
        .column_count = live->column_shown,
        .values = &values,
        .marks = live->marks,
        .lab = live->rewind.past ? NULL : live->lab,
        .past = live->rewind.past,
        .is_actor = is_actor,
        .data = live,
        .sorted = live->sorted,
        .descending = live->descending,
        .unselected = lesson_is_shown(live),
        .self = live_self(live),
        .now = rewind_now(live),
    };
    row_draw_heads(&context, heads);
    if (!lesson_is_shown(live))
        draw_banners(live, heads);
    for (int i = 0; i < tree.height; i++) {
        size_t place = live->view.top + (size_t)i;
        if (place < live->view.visible_count) {
            row_draw(&context, tree, tree.line + i, place);
        } else {
            struct pen pen = pen_at(live->terminal, tree.line + i, tree.column, tree.width);
            pen_finish(&pen);
        }
    }
}

static void draw_explanation(struct live *live, struct area area)
{
    char text[512];
    const char *key = presenter_key(live);
    struct pen pen = pen_at(live->terminal, area.line, area.column, area.width);
    if (area.height < 1)
        return;
    if (*key) {
        pen_format(&pen, STYLE_CHOSEN, " %s ", key);
        pen_finish(&pen);
        return;
    }
    live_explain_line(live, text, sizeof text);
    bool cut = text_width(text) > area.width - 1;
    if (cut && area.width > 4) /* half a number would be a wrong one */
        text[text_fit(text, area.width - 4, NULL)] = '\0';
    pen_format(&pen, STYLE_HEADER, cut ? " %s..." : " %s", text);
    pen_finish(&pen);
}

static void draw_key(struct pen *pen, const char *key, const char *label)
{
    pen_format(pen, STYLE_KEY, " %s", key);
    pen_format(pen, STYLE_LABEL, *label ? " %s" : "%s", label);
}

/* The cells of a key and its label, with the blanks before both. */
static int key_cells(const char *key, const char *label)
{
    return text_width(key) + text_width(label) + 2;
}

/* An empty label: the next key's says it for both. gettext("") would be the catalogue's header. */
static const char *key_label(const struct key_row *row)
{
    return *row->label ? _(row->label) : "";
}

/* The key of the help is always offered, however narrow the screen: it leads to all others. */
static void draw_table_keys(const struct live *live, struct pen *pen)
{
    const struct key_table *table = live_keys(live);
    const struct key_row *help = key_find_in(table, '?');
    int reserved = key_cells(help->keys[0], key_label(help));
    for (size_t i = 0; i < table->count; i++) {
        const struct key_row *row = &table->rows[i];
        char name[16];
        if (!row->label || (row->acts && (live->options.readonly || live->rewind.past)) ||
            (row->applies && !row->applies(live)))
            continue;
        if (row == help)
            reserved = 0;
        key_bar_name(name, sizeof name, row);
        if (pen_room(pen) >= key_cells(name, key_label(row)) + reserved)
            draw_key(pen, name, key_label(row));
    }
}

static void draw_key_bar(const struct live *live, struct area area)
{
    struct pen pen = pen_at(live->terminal, area.line, area.column, area.width);
    switch (live->overlay.kind) {
    case OVERLAY_MENU:
        if (live->overlay.menu.checks)
            draw_key(&pen, "Space", _("on or off"));
        else
            draw_key(&pen, "Enter", _("choose"));
        draw_key(&pen, "Esc", _("close"));
        draw_key(&pen, "Up Down PgUp PgDn", _("move"));
        draw_key(&pen, "a-z", _("find"));
        break;
    case OVERLAY_PAGER:
        draw_key(&pen, "Esc", _("close"));
        draw_key(&pen, "Up Down PgUp PgDn", _("scroll"));
        break;
    default: draw_table_keys(live, &pen);
    }
    pen_finish(&pen);
}

/* Stands in place of the keys, which are known, and not of the explanation, which is always on screen. */
static void draw_message(const struct live *live, struct area area)
{
    struct pen pen = pen_at(live->terminal, area.line, area.column, area.width);
    pen_format(&pen, live->message_is_error ? STYLE_ERROR : STYLE_CHANGED, " %s", live->message);
    pen_finish(&pen);
}

/* A prompt takes the two lowest lines; the explanation moves up into the log, where there is one. */
static void make_room_for_prompt(struct layout *layout)
{
    if (layout->log.height < 2)
        return;
    layout->log.height--;
    layout->explain.line--;
}

void live_draw_message_or_keys(struct live *live, struct area area)
{
    if (area.height < 1)
        return;
    if (live->message[0])
        draw_message(live, area);
    else
        draw_key_bar(live, area);
}

void live_draw_overlay(struct live *live, const struct layout *layout)
{
    struct area middle = live_overlay_area(live);
    switch (live->overlay.kind) {
    case OVERLAY_MENU:
        terminal_cover(live->terminal);
        menu_draw(&live->overlay.menu, live->terminal, middle);
        break;
    case OVERLAY_PAGER: pager_draw(&live->overlay.pager, live->terminal, middle); break;
    case OVERLAY_PROMPT: {
        struct area bottom = layout->keys;
        if (bottom.line > 0) {
            bottom.line--;
            bottom.height++;
        }
        prompt_draw(&live->overlay.prompt, live->terminal, bottom);
        break;
    }
    case OVERLAY_NONE: break;
    }
}

static void draw_alone(struct live *live, const struct layout *layout)
{
    for (int line = 0; line < layout->keys.line; line++) {
        struct pen pen = pen_at(live->terminal, line, 0, terminal_width(live->terminal));
        pen_finish(&pen);
    }
    live_draw_message_or_keys(live, layout->keys);
    live_draw_overlay(live, layout);
    terminal_flush(live->terminal);
}

static void draw_header(const struct live *live, struct area area)
{
    const struct moment *moment = rewind_moment(live);
    struct computer computer = live->computer;
    struct header header = {
        .computer = &computer,
        .sample = &live->sample,
        .exact = moment ? moment->exact : live->connector != NULL,
        .events_lost = moment ? moment->lost : live->events_lost,
    };
    if (moment)
        computer.load[0] = moment->load;
    if (live->redact)
        snprintf(computer.name, sizeof computer.name, "%s", redact_host);
    header_draw(&header, live->terminal, area);
}

/* Over the past, the log's rule is the bar of time. */
static void draw_log(const struct live *live, struct area area)
{
    if (!live->rewind.past) {
        event_log_draw(&live->log, live->terminal, area, _("events"));
        return;
    }
    if (area.height < 1)
        return;
    rewind_draw_bar(live, area);
    event_log_draw_lines(&live->rewind.log, live->terminal, area);
}

void live_draw(struct live *live)
{
    struct layout layout = live_layout(live);
    if (live->overlay.alone) {
        draw_alone(live, &layout);
        return;
    }
    if (lesson_is_shown(live)) {
        lesson_draw(live);
        return;
    }
    if (live->overlay.kind == OVERLAY_PROMPT)
        make_room_for_prompt(&layout);
    draw_header(live, layout.header);
    live_draw_tree(live, layout.heads, layout.tree);
    live_draw_panel(live, &layout);
    draw_log(live, layout.log);
    draw_explanation(live, layout.explain);
    live_draw_message_or_keys(live, layout.keys);
    live_draw_overlay(live, &layout);
    terminal_flush(live->terminal);
}
