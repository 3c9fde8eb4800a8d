#include "screen/lesson_view.h"

#include "base/i18n.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdio.h>
#include <string.h>

enum {
    MARGIN = 1, /* blank cells at either side of a text */
    STEP_COLUMN = 36,
    PHASE_COLUMN = 48,
    CODE_FROM_RIGHT = 17,
    LANGUAGE_FROM_RIGHT = 7,
    KEYS_FROM = 70, /* widths from which the keys for the languages have room beside them */
};

static void draw_choice_of(struct pen *pen, const char *what, const char *key)
{
    pen_format(pen, STYLE_LABEL, "%s ", what);
    pen_format(pen, STYLE_KEY, "[%s]", key);
}

static void draw_title(const struct lesson_view *view, const struct terminal *terminal, struct area area)
{
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    char step[48] = "";
    if (view->step)
        snprintf(step, sizeof step, _("step %zu/%zu"), view->step, view->steps);
    bool wide = area.width >= KEYS_FROM;
    struct pen title = pen;
    if (!wide) /* where one is, before what it is called */
        title.end -= text_width(step) + text_width(view->phase) + 4;
    if (view->number >= 0)
        pen_format(&title, STYLE_DIM, " %02d", view->number);
    pen_format(&title, STYLE_HEADS, " %s", view->title);
    pen.column = title.column;
    pen_blank_to(&pen, wide ? STEP_COLUMN
                            : area.column + area.width - text_width(step) - text_width(view->phase) - 3);
    pen_text(&pen, STYLE_HEADER, step);
    pen_blank_to(&pen, wide ? PHASE_COLUMN : pen.column + 2);
    pen_text(&pen, STYLE_CHANGED, view->phase);
    if (wide && *view->code_language) {
        pen_blank_to(&pen, area.width - CODE_FROM_RIGHT + (*view->code_language == 'C' ? 1 : -4));
        draw_choice_of(&pen, view->code_language, "V");
    }
    if (wide) {
        pen_blank_to(&pen, area.width - LANGUAGE_FROM_RIGHT);
        draw_choice_of(&pen, view->language, "L");
    }
    pen_finish(&pen);
}

static void draw_rule(const struct terminal *terminal, struct area area, const char *title, const char *note)
{
    const char *dash = terminal_ascii(terminal) ? "-" : "─";
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    pen_text(&pen, STYLE_PLAIN, " ");
    if (*title) {
        pen_format(&pen, STYLE_RULE, "%s%s ", dash, dash);
        pen_format(&pen, STYLE_HEADS, "%s ", title);
    }
    if (*note) {
        pen_format(&pen, STYLE_RULE, "%s%s ", dash, dash);
        pen_format(&pen, STYLE_DIM, "%s ", note);
    }
    pen.end -= MARGIN;
    pen_rule(&pen);
    pen.end += MARGIN;
    pen_finish(&pen);
}

static void draw_line(const struct lesson_line *line, struct pen *pen)
{
    char before[512], marked[512];
    if (line->mark_to <= line->mark_from) {
        pen_text(pen, line->style, line->text);
        return;
    }
    snprintf(before, sizeof before, "%.*s", (int)line->mark_from, line->text);
    snprintf(marked, sizeof marked, "%.*s", (int)(line->mark_to - line->mark_from),
             line->text + line->mark_from);
    pen_text(pen, line->style, before);
    pen_text(pen, line->mark_from ? STYLE_CHOSEN : STYLE_KEY, marked);
    pen_text(pen, line->style, line->text + line->mark_to);
}

/* Draws the lines into the area, blank lines below them. */
static void draw_lines(const struct lesson_lines *lines, const struct terminal *terminal, struct area area)
{
    for (int i = 0; i < area.height; i++) {
        struct pen pen = pen_at(terminal, area.line + i, area.column, area.width);
        pen_text(&pen, STYLE_PLAIN, " ");
        if ((size_t)i < lines->count)
            draw_line(&lines->lines[i], &pen);
        pen_finish(&pen);
    }
}

static struct area below_rule(struct area area, bool rule)
{
    if (rule && area.height > 0)
        area.line++, area.height--;
    return area;
}

static void make_text(struct lesson_lines *lines, const struct lesson_view *view,
                      const struct lesson_layout *layout)
{
    int width = layout->text.width - 2 * MARGIN;
    if (layout->ask.height)
        lesson_lines_text(lines, view, width);
    else
        lesson_lines_all(lines, view, width);
}

bool lesson_view_is_cut(const struct lesson_view *view, const struct lesson_layout *layout)
{
    struct lesson_lines lines = { 0 };
    make_text(&lines, view, layout);
    bool cut = (int)lines.count > below_rule(layout->text, layout->text_has_rule).height;
    lesson_lines_release(&lines);
    return cut;
}

/* The cell of the highlighted choice, of the answer, or of the text's beginning. */
static void find_cursor(const struct lesson_lines *lines, struct area area, int *ret_line, int *ret_column)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct lesson_line *line = &lines->lines[i];
        if (line->mark_to <= line->mark_from)
            continue;
        char before[512];
        snprintf(before, sizeof before, "%.*s", (int)line->mark_from, line->text);
        *ret_line = area.line + (int)i;
        *ret_column = area.column + MARGIN + text_width(before);
    }
}

static void draw_text(const struct lesson_view *view, const struct terminal *terminal,
                      const struct lesson_layout *layout, int *ret_line, int *ret_column)
{
    struct lesson_lines lines = { 0 };
    struct area area = below_rule(layout->text, layout->text_has_rule);
    if (layout->text_has_rule)
        draw_rule(terminal, layout->text, view->remark, "");
    make_text(&lines, view, layout);
    lesson_lines_cut(&lines, (size_t)(area.height > 0 ? area.height : 0), area.width - 2 * MARGIN);
    draw_lines(&lines, terminal, area);
    *ret_line = area.line;
    *ret_column = area.column + MARGIN;
    if (view->stage == LESSON_ASKING && !layout->ask.height)
        find_cursor(&lines, area, ret_line, ret_column);
    lesson_lines_release(&lines);
}

static void draw_ask(const struct lesson_view *view, const struct terminal *terminal,
                     const struct lesson_layout *layout, int *ret_line, int *ret_column)
{
    struct lesson_lines lines = { 0 };
    if (layout->ask.height < 1)
        return;
    lesson_lines_ask(&lines, view, layout->ask.width - 2 * MARGIN, (size_t)layout->ask.height);
    draw_lines(&lines, terminal, layout->ask);
    if (view->stage == LESSON_ASKING)
        find_cursor(&lines, layout->ask, ret_line, ret_column);
    lesson_lines_release(&lines);
}

static void draw_code(const struct lesson_view *view, const struct terminal *terminal,
                      const struct lesson_layout *layout)
{
    struct lesson_lines lines = { 0 };
    struct area area = below_rule(layout->code, true);
    char note[64] = "";
    if (layout->code.height < 1)
        return;
    if (view->listing) {
        int first, last, count;
        lesson_lines_code(&lines, view, area.width - 2 * MARGIN, (size_t)area.height, &first, &last, &count);
        if (count > last - first + 1)
            snprintf(note, sizeof note, _("lines %d-%d of %d"), first, last, count);
    }
    draw_rule(terminal, layout->code, view->listing ? view->listing_name : "", note);
    draw_lines(&lines, terminal, area);
    lesson_lines_release(&lines);
}

static void draw_bar(const struct terminal *terminal, const struct lesson_layout *layout)
{
    const char *bar = terminal_ascii(terminal) ? "|" : "│";
    int top = layout->text.line;
    for (int line = top; line < top + layout->text.height; line++) {
        struct pen pen = pen_at(terminal, line, layout->text.column - 1, 1);
        pen_text(&pen, STYLE_RULE, bar);
    }
}

void lesson_view_draw(const struct lesson_view *view, struct terminal *terminal,
                      const struct lesson_layout *layout)
{
    int line = 0, column = 0;
    if (layout->title.height)
        draw_title(view, terminal, layout->title);
    draw_text(view, terminal, layout, &line, &column);
    draw_code(view, terminal, layout);
    draw_ask(view, terminal, layout, &line, &column);
    if (layout->beside)
        draw_bar(terminal, layout);
    terminal_put_cursor(terminal, line, column);
}
