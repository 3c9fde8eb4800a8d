#include "screen/lesson_lines.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/paragraph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BETWEEN_CHOICES "   "
#define BETWEEN_CALLS   "      "

void lesson_lines_release(struct lesson_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->lines[i].text);
    free(lines->lines);
    *lines = (struct lesson_lines){ 0 };
}

static struct lesson_line *take(struct lesson_lines *lines, enum style style, char *text)
{
    lines->lines = grow(lines->lines, &lines->room, lines->count + 1, sizeof *lines->lines);
    struct lesson_line *line = &lines->lines[lines->count++];
    *line = (struct lesson_line){ .text = text, .style = style };
    return line;
}

void lesson_lines_add(struct lesson_lines *lines, enum style style, const char *text, int width)
{
    width = width < 2 ? 2 : width;
    do {
        size_t shown, length = paragraph_next(text, width, &shown);
        take(lines, style, xasprintf("%.*s", (int)shown, text));
        text += length;
    } while (*text);
}

void lesson_lines_cut(struct lesson_lines *lines, size_t rows, int width)
{
    static const char dots[] = " ...";
    if (lines->count <= rows)
        return;
    while (lines->count > rows)
        free(lines->lines[--lines->count].text);
    if (!rows)
        return;
    struct lesson_line *last = &lines->lines[rows - 1];
    int room = width - (int)strlen(dots);
    char *text = xasprintf("%.*s%s", (int)text_fit(last->text, room > 0 ? room : 0, NULL), last->text, dots);
    free(last->text);
    last->text = text;
    if (last->mark_to > strlen(text))
        last->mark_from = last->mark_to = 0;
}

void lesson_lines_text(struct lesson_lines *lines, const struct lesson_view *view, int width)
{
    lesson_lines_add(lines, STYLE_PLAIN, view->text, width);
}

/* ---- calls ---- */

/* Where the calls of the last line begin when the calls before `end` are set side by side from there. */
static size_t first_of_line(const struct lesson_view *view, size_t end, int width)
{
    int cells = 0;
    size_t first = end;
    while (first > 0) {
        int needed = text_width(view->calls[first - 1]) + (first < end ? (int)strlen(BETWEEN_CALLS) : 0);
        if (first < end && cells + needed > width)
            break;
        cells += needed;
        first--;
    }
    return first;
}

/* The newest calls that `rows` lines have room for. */
static void add_calls(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows)
{
    size_t starts[16], count = 0, end = view->call_count;
    while (end > 0 && count < rows && count < sizeof starts / sizeof *starts)
        end = starts[count++] = first_of_line(view, end, width);
    while (count > 0) {
        size_t from = starts[--count], to = count ? starts[count - 1] : view->call_count;
        char *text = xstrdup(view->calls[from]);
        for (size_t i = from + 1; i < to; i++) {
            char *longer = xasprintf("%s%s%s", text, BETWEEN_CALLS, view->calls[i]);
            free(text);
            text = longer;
        }
        struct lesson_line *line = take(lines, STYLE_DIM, text);
        if (text_width(text) > width)
            line->text[text_fit(text, width, NULL)] = '\0';
    }
}

/* ---- question and answer ---- */

static char *choice_text(const struct lesson_view *view, size_t index)
{
    return xasprintf("%zu %s", index + 1, view->choices[index]);
}

/* The choice that is set off: the one the keys are at, later the right one. */
static int marked_choice(const struct lesson_view *view)
{
    return view->stage == LESSON_ASKING ? view->highlighted : view->right;
}

/* Adds the choices behind what stands in `text`, and goes on in new lines where they have no room. */
static void add_choices(struct lesson_lines *lines, const struct lesson_view *view, char *text, int width)
{
    size_t from = 0, to = 0;
    for (size_t i = 0; i < view->choice_count; i++) {
        char *choice = choice_text(view, i);
        const char *between = *text ? BETWEEN_CHOICES : "";
        if (*text && text_width(text) + (int)strlen(between) + text_width(choice) > width) {
            struct lesson_line *line = take(lines, STYLE_HEADER, text);
            line->mark_from = from;
            line->mark_to = to;
            from = to = 0;
            text = xstrdup("");
            between = "";
        }
        char *longer = xasprintf("%s%s%s", text, between, choice);
        if ((int)i == marked_choice(view)) {
            from = strlen(longer) - strlen(choice);
            to = strlen(longer);
        }
        free(text);
        free(choice);
        text = longer;
    }
    struct lesson_line *line = take(lines, STYLE_HEADER, text);
    line->mark_from = from;
    line->mark_to = to;
}

static int choices_width(const struct lesson_view *view)
{
    int cells = 0;
    for (size_t i = 0; i < view->choice_count; i++)
        cells += text_width(view->choices[i]) + 2 + (int)strlen(BETWEEN_CHOICES);
    return cells;
}

/* On one line where both fit, as after the answer; while the reader chooses, below each other. */
static void add_question(struct lesson_lines *lines, const struct lesson_view *view, int width)
{
    bool together = view->stage != LESSON_ASKING && text_width(view->question) + choices_width(view) <= width;
    if (!together)
        lesson_lines_add(lines, STYLE_HEADER, view->question, width);
    add_choices(lines, view, xstrdup(together ? view->question : ""), width);
}

static void add_verdict(struct lesson_lines *lines, const struct lesson_view *view, int width)
{
    const char *label = view->right >= 0 ? view->choices[view->right] : view->answer;
    char *shown = *view->answer && strcmp(label, view->answer) != 0
                      ? xasprintf("%s (%s)", label, view->answer)
                      : xstrdup(label);
    bool hit = view->predicted >= 0 && view->predicted == view->right;
    const char *note = view->right < 0                             ? _("none of the choices")
                       : hit                                       ? _("right")
                       : view->comes_again && view->predicted >= 0 ? _("missed: comes again at the end")
                       : view->predicted >= 0                      ? _("missed")
                                                                   : "";
    char *text;
    if (view->predicted >= 0)
        text = xasprintf(_("you said %s, the kernel shows %s"), view->choices[view->predicted], shown);
    else
        text = xasprintf(_("the kernel shows %s"), shown);
    int room = width - text_width(text) - text_width(note);
    enum style style = hit                                       ? STYLE_RUNNING
                       : view->predicted >= 0 || view->right < 0 ? STYLE_CHANGED
                                                                 : STYLE_HEADER;
    if (room >= (int)strlen(BETWEEN_CHOICES)) {
        /* the note stands where the eye finds it: at the right, yet not far away on a wide screen */
        int most = 12;
        take(lines, style, xasprintf("%s%*s%s", text, *note ? (room < most ? room : most) : 0, "", note));
    } else {
        lesson_lines_add(lines, style, text, width);
        if (*note)
            lesson_lines_add(lines, style, note, width);
    }
    free(text);
    free(shown);
}

static void add_failures(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows)
{
    for (size_t i = 0; i < view->failure_count && i < rows; i++) {
        bool more = i + 1 == rows && i + 1 < view->failure_count;
        char *text =
            more ? xasprintf(_("%s (and %zu more: v)"), view->failures[i], view->failure_count - i - 1)
                 : xstrdup(view->failures[i]);
        lesson_lines_add(lines, STYLE_ERROR, text, width);
        free(text);
    }
}

static void append(struct lesson_lines *lines, struct lesson_lines *more)
{
    for (size_t i = 0; i < more->count; i++) {
        struct lesson_line *line = take(lines, more->lines[i].style, more->lines[i].text);
        line->mark_from = more->lines[i].mark_from;
        line->mark_to = more->lines[i].mark_to;
    }
    more->count = 0;
    lesson_lines_release(more);
}

/* A question stays where it is when the answer comes: at the bottom. */
static void pad(struct lesson_lines *lines, size_t count)
{
    while (count-- > 0)
        take(lines, STYLE_PLAIN, xstrdup(""));
}

/* The answer last; the question above it, by then without its choices where they have no room; calls, or what
 * went wrong, in the rest. */
static void add_answered(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows)
{
    struct lesson_lines question = { 0 }, verdict = { 0 };
    add_verdict(&verdict, view, width);
    lesson_lines_cut(&verdict, rows, width);
    add_question(&question, view, width);
    size_t rest = rows - verdict.count, least = view->failure_count && rest > 1;
    if (question.count + least > rest)
        lesson_lines_cut(&question, rest > least ? 1 : 0, width);
    rest -= question.count;
    if (view->failure_count)
        add_failures(lines, view, width, rest);
    lesson_lines_cut(lines, rest, width);
    add_calls(lines, view, width, rest - lines->count);
    pad(lines, rest - lines->count);
    append(lines, &question);
    append(lines, &verdict);
}

static void add_open_question(struct lesson_lines *lines, const struct lesson_view *view, int width,
                              size_t rows)
{
    struct lesson_lines question = { 0 };
    add_question(&question, view, width);
    if (question.count < rows)
        pad(lines, rows - question.count);
    append(lines, &question);
}

void lesson_lines_ask(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows)
{
    if (view->stage == LESSON_ASKING) {
        add_open_question(lines, view, width, rows);
    } else if (view->stage == LESSON_ANSWERED && view->question) {
        add_answered(lines, view, width, rows);
    } else {
        add_failures(lines, view, width, rows);
        lesson_lines_cut(lines, rows, width);
        add_calls(lines, view, width, rows - lines->count);
    }
    lesson_lines_cut(lines, rows, width);
}

void lesson_lines_all(struct lesson_lines *lines, const struct lesson_view *view, int width)
{
    enum { CALL_LINES = 3 };
    if (*view->remark)
        lesson_lines_add(lines, STYLE_CHANGED, view->remark, width);
    if (view->stage == LESSON_ASKING) {
        add_question(lines, view, width);
        lesson_lines_text(lines, view, width);
        return;
    }
    if (view->stage == LESSON_ANSWERED && view->question)
        add_verdict(lines, view, width);
    add_failures(lines, view, width, view->failure_count);
    lesson_lines_text(lines, view, width);
    if (view->stage == LESSON_ANSWERED)
        add_calls(lines, view, width, CALL_LINES);
}

/* ---- code ---- */

static bool is_marked(const struct lesson_view *view, int number)
{
    for (size_t i = 0; i < view->mark_count; i++)
        if (number >= view->marks[i].from && number <= view->marks[i].to)
            return true;
    return false;
}

/* Where a line of code that is too wide is broken: behind its last blank that fits, else where it must be. */
static size_t code_break(const char *text, size_t length, int cells)
{
    size_t fit = text_fit(text, cells, NULL), at = fit, lead = strspn(text, " ");
    if (fit >= length)
        return length;
    while (at > lead && text[at] != ' ')
        at--;
    return at > lead ? at : fit ? fit : length;
}

static void add_code_line(struct lesson_lines *lines, const char *text, size_t length, bool marked, int width)
{
    int cells = width - LESSON_ARROW_CELLS, lead = (int)strspn(text, " "), deeper = 0;
    cells = cells < 8 ? 8 : cells;
    const char *arrow = marked ? "-> " : "   ";
    do {
        size_t part = code_break(text, length, cells - deeper);
        struct lesson_line *line = take(lines, marked ? STYLE_HEADER : STYLE_PLAIN,
                                        xasprintf("%s%*s%.*s", arrow, deeper, "", (int)part, text));
        line->mark_to = *arrow == '-' ? 2 : 0;
        arrow = "   ";
        text += part;
        length -= part;
        while (length && *text == ' ')
            text++, length--;
        deeper = lead + 4 < cells / 2 ? lead + 4 : 0;
    } while (length);
}

/* The first of `rows` lines to show of `count`, so that those from `from` to `to` stand in the middle. */
static size_t window_start(size_t count, size_t rows, size_t from, size_t to)
{
    size_t marked = to - from + 1, above = marked < rows ? (rows - marked) / 2 : 0;
    size_t start = from > above ? from - above : 0;
    return start + rows > count ? (count > rows ? count - rows : 0) : start;
}

void lesson_lines_code(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows,
                       int *ret_first, int *ret_last, int *ret_count)
{
    struct lesson_lines all = { 0 };
    int *numbers = NULL, number = 0;
    size_t room = 0, from = 0, to = 0;
    bool any = false;
    for (const char *text = view->listing; *text;) {
        size_t length = strcspn(text, "\n"), before = all.count;
        bool marked = is_marked(view, ++number);
        add_code_line(&all, text, length, marked, width);
        numbers = grow(numbers, &room, all.count, sizeof *numbers);
        for (size_t i = before; i < all.count; i++)
            numbers[i] = number;
        /* the first run of marked lines is what must be seen */
        if (marked && (!any || to + 1 == before)) {
            from = any ? from : before;
            to = all.count - 1;
            any = true;
        }
        text += length + (text[length] == '\n');
    }
    size_t start = window_start(all.count, rows, from, any ? to : 0), end = start;
    for (; end < all.count && end < start + rows; end++) {
        struct lesson_line *line = take(lines, all.lines[end].style, xstrdup(all.lines[end].text));
        line->mark_to = all.lines[end].mark_to;
    }
    *ret_first = end > start ? numbers[start] : 0;
    *ret_last = end > start ? numbers[end - 1] : 0;
    *ret_count = number;
    free(numbers);
    lesson_lines_release(&all);
}
