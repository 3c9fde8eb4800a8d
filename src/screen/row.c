#include "screen/row.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "machine/procfile.h"
#include "screen/pen.h"

#include <stdio.h>
#include <string.h>

enum { MARGIN = 2 }; /* the selection's bar, and the mark */

static struct pen start_row(const struct row_context *context, struct area area, int line)
{
    return pen_at(context->terminal, line, area.column, area.width);
}

void row_draw_heads(const struct row_context *context, struct area area)
{
    if (area.height < 1)
        return;
    struct pen pen = start_row(context, area, area.line);
    pen_blank_to(&pen, area.column + MARGIN);
    for (size_t i = 0; i < context->column_count; i++) {
        const struct column *column = context->columns[i];
        bool sorted = column == context->sorted;
        pen_cell(&pen, sorted ? STYLE_SORTED : STYLE_HEADS, column->title, column->width, column->right);
        pen_text(&pen, STYLE_SORTED, sorted ? (context->descending ? "v" : "^") : " ");
    }
    pen_text(&pen, STYLE_HEADS, " COMMAND");
    pen_finish(&pen);
}

const struct column *row_column_at(const struct row_context *context, struct area area, int at)
{
    int column_start = area.column + MARGIN;
    for (size_t i = 0; i < context->column_count; i++) {
        int end = column_start + context->columns[i]->width + 1;
        if (at >= column_start && at < end)
            return context->columns[i];
        column_start = end;
    }
    return NULL;
}

static enum style state_style(char state)
{
    switch (state) {
    case 'R': return STYLE_RUNNING;
    case 'D': return STYLE_UNINTERRUPTIBLE;
    case 'T':
    case 't': return STYLE_STOPPED;
    case 'Z':
    case 'X': return STYLE_ZOMBIE;
    case 'I': return STYLE_DIM;
    default: return STYLE_PLAIN;
    }
}

static enum style nice_style(int nice)
{
    return nice < 0 ? STYLE_NICE_LOW : nice > 0 ? STYLE_NICE_HIGH : STYLE_PLAIN;
}

static enum style cell_style(const struct column *column, const struct tree_row *row, const struct mark *mark)
{
    if (row->kind == TREE_TOMBSTONE)
        return STYLE_GONE;
    if (row->kind == TREE_GHOST)
        return STYLE_GHOST;
    unsigned flags = mark ? mark->flags : 0;
    if (strcmp(column->name, "stat") == 0)
        return flags & MARK_STATE && row->process->state != 'Z' ? STYLE_CHANGED
                                                                : state_style(row->process->state);
    if (strcmp(column->name, "ni") == 0)
        return flags & MARK_NICE ? STYLE_CHANGED : nice_style(row->process->nice);
    if (strcmp(column->name, "ppid") == 0 && flags & MARK_ADOPTED)
        return STYLE_CHANGED;
    return strcmp(column->name, "pid") == 0 ? STYLE_PLAIN : STYLE_DIM;
}

static void draw_margin(const struct row_context *context, struct pen *pen, const struct tree_row *row,
                        const struct mark *mark)
{
    unsigned flags = mark ? mark->flags : 0;
    bool ascii = terminal_ascii(context->terminal);
    pen_text(pen, STYLE_KEY, !pen->selected ? " " : ascii ? ">" : "▌");
    if (id_set_has(&context->view->tagged, row->process->id))
        pen_text(pen, STYLE_TAGGED, "*");
    else if (row->kind == TREE_TOMBSTONE)
        pen_text(pen, STYLE_GONE, "x");
    else if (row->kind == TREE_GHOST)
        pen_text(pen, STYLE_GHOST, "o");
    else if (flags & MARK_NEW)
        pen_text(pen, STYLE_NEW, "+");
    else if (flags & (MARK_STATE | MARK_NICE | MARK_EXEC))
        pen_text(pen, STYLE_CHANGED, "~");
    else
        pen_text(pen, STYLE_PLAIN, " ");
}

static void draw_columns(const struct row_context *context, struct pen *pen, const struct tree_row *row,
                         const struct mark *mark)
{
    for (size_t i = 0; i < context->column_count; i++) {
        const struct column *column = context->columns[i];
        bool dead_stat = row->kind == TREE_TOMBSTONE && strcmp(column->name, "stat") == 0;
        char cell[256];
        if (dead_stat || (row->kind == TREE_GHOST && i > 0))
            column_pad(cell, sizeof cell, column, dead_stat ? "-" : "");
        else
            column_cell(cell, sizeof cell, column, row->process, context->values);
        pen_text(pen, cell_style(column, row, mark), cell);
        pen_text(pen, STYLE_PLAIN, " ");
    }
    pen_text(pen, STYLE_PLAIN, " ");
}

static enum style name_style(const struct row_context *context, const struct tree_row *row,
                             const struct actor *actor)
{
    if (row->kind == TREE_TOMBSTONE)
        return STYLE_GONE;
    if (row->kind == TREE_GHOST)
        return STYLE_GHOST;
    if (row->process->state == 'Z')
        return STYLE_ZOMBIE;
    if (actor || (context->is_actor && context->is_actor(context->data, row->process->id)))
        return STYLE_ACTOR;
    if (row->process->tgid == context->self)
        return STYLE_SELF;
    return row->kind == TREE_THREAD || process_is_kernel_thread(row->process) ? STYLE_DIM : STYLE_PLAIN;
}

static void draw_name(const struct row_context *context, struct pen *pen, const struct tree_row *row,
                      const struct actor *actor)
{
    enum style style = name_style(context, row, actor);
    bool found = context->view->filter.text[0] && row->kind == TREE_LIVE &&
                 filter_matches(&context->view->filter, row->process);
    if (found)
        style = STYLE_MATCH;
    const char *open = row->kind == TREE_THREAD ? "{" : process_is_kernel_thread(row->process) ? "[" : "";
    const char *close = *open == '{' ? "}" : *open == '[' ? "]" : "";
    pen_format(pen, style, "%s%s%s", open, row->process->comm, close);
    if (actor && strcmp(actor->name, row->process->comm) != 0) /* it runs another program */
        pen_format(pen, style, " (%s)", actor->name);
    if (id_set_has(&context->view->folded, row->process->id) && row->descendants)
        pen_format(pen, STYLE_KEY, " [+%zu]", row->descendants);
}

/* How a zombie ended, from whoever knows: the lab, the kernel's event, or the zombie's own entry. */
static bool zombie_status(const struct row_context *context, const struct tree_row *row,
                          const struct mark *mark, const struct actor *actor, int *ret_status)
{
    if (actor && actor->status_known)
        *ret_status = actor->status;
    else if (mark && mark->state.status_known)
        *ret_status = mark->state.status;
    else
        return !context->past && procfile_zombie_status(row->process->id, ret_status) == 0;
    return true;
}

/* As a whole or not at all: half a time would be a wrong one. */
static void draw_whole(struct pen *pen, const char *words)
{
    if (text_width(words) <= pen_room(pen) + pen->skip)
        pen_text(pen, STYLE_DIM, words);
}

static void draw_zombie(const struct row_context *context, struct pen *pen, const struct tree_row *row,
                        const struct mark *mark, const struct actor *actor)
{
    char words[64], span[32];
    int status;
    pen_format(pen, STYLE_ZOMBIE, terminal_ascii(context->terminal) ? " <%s>" : " ‹%s›", _("zombie"));
    if (zombie_status(context, row, mark, actor, &status))
        pen_format(pen, STYLE_PLAIN, "  %s", wait_status_words(words, sizeof words, status));
    if (!mark || mark->state.kind != EVENT_ZOMBIE)
        return;
    /* an event that the kernel timed may be later than the reading that showed it */
    int64_t since = context->now - mark->state.time;
    snprintf(words, sizeof words, _(", held for %s"),
             clock_format_span(span, sizeof span, since > 0 ? since : 0));
    draw_whole(pen, words);
}

/* The lab's name of an actor, which may have ended before it was seen with it; else as it was seen. */
static const char *name_of_parent(const struct row_context *context, pid_t pid, const char *seen)
{
    for (size_t i = 0; context->lab && i < lab_actor_count(context->lab); i++)
        if (lab_actor(context->lab, i)->id.pid == pid)
            return lab_actor(context->lab, i)->name;
    return seen;
}

/* Who it was adopted from is left out where that has no room, and then by whom, which the PPID says, too. */
static void draw_adopted(const struct row_context *context, struct pen *pen, const struct event *adopted,
                         enum style style)
{
    const char *mark = terminal_ascii(context->terminal) ? "  <- " : "  ↰ ";
    char words[256];
    struct event named = *adopted;
    snprintf(named.parent_comm_before, sizeof named.parent_comm_before, "%s",
             name_of_parent(context, adopted->parent_before, adopted->parent_comm_before));
    event_words(words, sizeof words, &named);
    if (text_width(mark) + text_width(words) > pen_room(pen) + pen->skip && adopted->parent)
        snprintf(words, sizeof words, _("adopted by %d %s"), adopted->parent, adopted->parent_comm);
    if (text_width(mark) + text_width(words) > pen_room(pen) + pen->skip)
        words[0] = '\0';
    pen_format(pen, style, "%s%s", mark, words);
}

/* Without the kernel's own event the lab still knows how its actors ended. */
static void draw_gone(struct pen *pen, const struct tombstone *tombstone, const struct actor *actor)
{
    char words[64], span[32];
    if (tombstone->gone.status_known)
        pen_format(pen, STYLE_GONE, _("  gone: %s"),
                   wait_status_words(words, sizeof words, tombstone->gone.status));
    else if (actor && actor->status_known)
        pen_format(pen, STYLE_GONE, _("  gone: %s"), wait_status_words(words, sizeof words, actor->status));
    else
        pen_text(pen, STYLE_GONE, _("  gone: status unknown"));
    if (tombstone->gone.lifetime < 0)
        return;
    snprintf(words, sizeof words, _(", lived %s"),
             clock_format_span(span, sizeof span, tombstone->gone.lifetime));
    draw_whole(pen, words);
}

/* With its arguments, where they have room. */
static void draw_blocked(struct pen *pen, const char *call)
{
    char text[128];
    snprintf(text, sizeof text, _("  in %s"), call);
    if (text_width(text) > pen_room(pen) + pen->skip) {
        char name[64];
        snprintf(name, sizeof name, "%.*s()", (int)strcspn(call, "("), call);
        snprintf(text, sizeof text, _("  in %s"), name);
    }
    pen_text(pen, STYLE_DIM, text);
}

static void draw_remarks(const struct row_context *context, struct pen *pen, const struct tree_row *row,
                         const struct mark *mark, const struct actor *actor)
{
    const struct process *process = row->process;
    if (process->state == 'Z' && process->threads > 1) /* looks like a zombie and is none */
        pen_format(pen, STYLE_STOPPED, "  %s", _("its first thread has ended, others go on"));
    else if (process->state == 'Z')
        draw_zombie(context, pen, row, mark, actor);
    else if (process->state == 'T')
        pen_text(pen, STYLE_STOPPED, _("  stopped"));
    else if (process->state == 't')
        pen_text(pen, STYLE_STOPPED, _("  traced"));
    else if (actor && actor->state == ACTOR_BUSY && actor->blocked_in[0])
        draw_blocked(pen, actor->blocked_in);
    if (!mark)
        return;
    if (mark->flags & MARK_NICE)
        pen_format(pen, STYLE_CHANGED, "  nice %d -> %d", mark->reniced.nice_before, mark->reniced.nice);
    if (mark->adopted.kind == EVENT_ADOPTED)
        draw_adopted(context, pen, &mark->adopted, mark->flags & MARK_ADOPTED ? STYLE_CHANGED : STYLE_DIM);
}

/* Whether those between it and the row it hangs on are not shown. */
static bool is_further_down(const struct tree *tree, const struct tree_row *row)
{
    return row->kind == TREE_LIVE && row->parent != TREE_NO_ROW &&
           tree->rows[row->parent].process->id.pid != row->process->ppid;
}

void row_draw(const struct row_context *context, struct area area, int line, size_t place)
{
    size_t index = context->view->visible[place];
    const struct tree_row *row = &context->tree->rows[index];
    bool live = row->kind == TREE_LIVE || row->kind == TREE_THREAD;
    const struct mark *mark = live ? marks_of(context->marks, row->process->id) : NULL;
    const struct actor *actor = context->lab ? lab_actor_by_id(context->lab, row->process->id) : NULL;

    struct pen pen = start_row(context, area, line);
    pen.selected = place == context->view->cursor && !context->unselected;
    draw_margin(context, &pen, row, mark);
    draw_columns(context, &pen, row, mark);
    pen.skip = context->view->sideways;
    if (!context->view->list) {
        char lines[256];
        pen_text(&pen, STYLE_LINES,
                 tree_lines(lines, sizeof lines, context->tree, index, terminal_ascii(context->terminal)));
    }
    if (is_further_down(context->tree, row))
        pen_text(&pen, STYLE_LINES, "... ");
    draw_name(context, &pen, row, actor);
    if (row->kind == TREE_TOMBSTONE)
        draw_gone(&pen, row->tombstone, actor);
    else if (row->kind == TREE_GHOST)
        draw_adopted(context, &pen, &row->ghost->adopted, STYLE_GHOST);
    else
        draw_remarks(context, &pen, row, mark, actor);
    pen_finish(&pen);
}
