#include "screen/prompt.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "screen/pen.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

void prompt_history_release(struct prompt_history *history)
{
    for (size_t i = 0; i < history->count; i++)
        free(history->lines[i]);
    history->count = 0;
}

void prompt_history_add(struct prompt_history *history, const char *line)
{
    if (!*line || (history->count && strcmp(history->lines[history->count - 1], line) == 0))
        return;
    if (history->count == PROMPT_HISTORY) {
        free(history->lines[0]);
        memmove(history->lines, history->lines + 1, (PROMPT_HISTORY - 1) * sizeof *history->lines);
        history->count--;
    }
    history->lines[history->count++] = xstrdup(line);
}

static void set_text(struct prompt *prompt, const char *text)
{
    snprintf(prompt->text, sizeof prompt->text, "%s", text);
    prompt->cursor = strlen(prompt->text);
}

void prompt_init(struct prompt *prompt, const char *label, const char *text, struct prompt_history *history)
{
    *prompt = (struct prompt){ .history = history };
    snprintf(prompt->label, sizeof prompt->label, "%s", label);
    set_text(prompt, text);
}

void prompt_replace(struct prompt *prompt, size_t from, const char *text)
{
    size_t added = strlen(text), rest = strlen(prompt->text + prompt->cursor);
    if (from + added + rest >= sizeof prompt->text)
        return;
    memmove(prompt->text + from + added, prompt->text + prompt->cursor, rest + 1);
    memcpy(prompt->text + from, text, added);
    prompt->cursor = from + added;
}

void prompt_hint(struct prompt *prompt, const char *hint, size_t marked, size_t marked_to, const char *words)
{
    snprintf(prompt->hint, sizeof prompt->hint, "%s", hint);
    snprintf(prompt->words, sizeof prompt->words, "%s", words);
    prompt->marked = marked < strlen(prompt->hint) ? marked : 0;
    prompt->marked_to = marked_to <= strlen(prompt->hint) ? marked_to : prompt->marked;
}

void prompt_fail(struct prompt *prompt, int column, const char *text)
{
    text_clean(prompt->error, sizeof prompt->error, text);
    prompt->error_column = column;
}

static size_t before(const struct prompt *prompt, size_t at)
{
    while (at > 0 && ((unsigned char)prompt->text[--at] & 0xc0) == 0x80)
        ;
    return at;
}

static size_t after(const struct prompt *prompt, size_t at)
{
    int width;
    return at + text_step(prompt->text + at, strlen(prompt->text + at), &width);
}

/* Returns whether there was a line that many steps back. */
static bool recall(struct prompt *prompt, int steps)
{
    size_t count = prompt->history ? prompt->history->count : 0;
    if (steps > 0 ? prompt->recalled >= count : prompt->recalled == 0)
        return false;
    if (prompt->recalled == 0)
        memcpy(prompt->draft, prompt->text, sizeof prompt->draft);
    prompt->recalled = steps > 0 ? prompt->recalled + 1 : prompt->recalled - 1;
    set_text(prompt, prompt->recalled ? prompt->history->lines[count - prompt->recalled] : prompt->draft);
    return true;
}

static void erase(struct prompt *prompt, size_t from, size_t to)
{
    memmove(prompt->text + from, prompt->text + to, strlen(prompt->text + to) + 1);
    prompt->cursor = from;
}

static void erase_word(struct prompt *prompt)
{
    size_t from = prompt->cursor;
    while (from > 0 && prompt->text[from - 1] == ' ')
        from--;
    while (from > 0 && prompt->text[from - 1] != ' ')
        from--;
    erase(prompt, from, prompt->cursor);
}

static bool insert(struct prompt *prompt, int code)
{
    char bytes[MB_LEN_MAX + 1] = "";
    mbstate_t state = { 0 };
    size_t length = wcrtomb(bytes, (wchar_t)code, &state);
    if (length == (size_t)-1)
        return false;
    bytes[length] = '\0';
    if (!text_is_clean(bytes))
        return false;
    prompt_replace(prompt, prompt->cursor, bytes);
    return true;
}

static bool is_character(int code)
{
    return code >= ' ' && code < KEYSTROKE_BASE && code != KEYSTROKE_BACKSPACE;
}

static bool edit(struct prompt *prompt, int code)
{
    switch (code) {
    case KEYSTROKE_LEFT: prompt->cursor = before(prompt, prompt->cursor); return false;
    case KEYSTROKE_RIGHT: prompt->cursor = after(prompt, prompt->cursor); return false;
    case KEYSTROKE_HOME:
    case KEYSTROKE_CTRL('a'): prompt->cursor = 0; return false;
    case KEYSTROKE_END:
    case KEYSTROKE_CTRL('e'): prompt->cursor = strlen(prompt->text); return false;
    case KEYSTROKE_UP: return recall(prompt, 1);
    case KEYSTROKE_DOWN: return recall(prompt, -1);
    case KEYSTROKE_BACKSPACE: erase(prompt, before(prompt, prompt->cursor), prompt->cursor); return true;
    case KEYSTROKE_DELETE: erase(prompt, prompt->cursor, after(prompt, prompt->cursor)); return true;
    case KEYSTROKE_CTRL('u'): erase(prompt, 0, prompt->cursor); return true;
    case KEYSTROKE_CTRL('k'): prompt->text[prompt->cursor] = '\0'; return true;
    case KEYSTROKE_CTRL('w'): erase_word(prompt); return true;
    }
    return is_character(code) && insert(prompt, code);
}

enum prompt_answer prompt_key(struct prompt *prompt, const struct keystroke *key)
{
    /* a pasted line end is not the reader's Enter: several lines become one, with `;` between the commands;
     * nor does a pasted tab complete */
    if (key->pasted && (key->code == KEYSTROKE_ENTER || key->code == KEYSTROKE_TAB))
        return edit(prompt, key->code == KEYSTROKE_TAB ? ' ' : ';') ? PROMPT_CHANGED : PROMPT_OPEN;
    if (key->code == KEYSTROKE_ESCAPE)
        return PROMPT_CANCELLED;
    if (key->code == KEYSTROKE_TAB)
        return PROMPT_COMPLETE;
    if (key->code == KEYSTROKE_ENTER) {
        prompt->recalled = 0;
        if (prompt->history)
            prompt_history_add(prompt->history, prompt->text);
        return PROMPT_DONE;
    }
    if (prompt->proposed && is_character(key->code))
        erase(prompt, 0, strlen(prompt->text));
    prompt->proposed = false;
    if (!edit(prompt, key->code))
        return PROMPT_OPEN;
    prompt->error[0] = '\0';
    return PROMPT_CHANGED;
}

/* The byte where the character number `column` (from 1) begins. */
static size_t byte_of(const char *text, int column)
{
    size_t at = 0;
    int width;
    while (--column > 0 && text[at])
        at += text_step(text + at, strlen(text + at), &width);
    return at;
}

/* The bytes of the word that the error is about. At the end of the line there is none: the place itself. */
static void wrong_word(const struct prompt *prompt, size_t *ret_from, size_t *ret_to)
{
    size_t from = byte_of(prompt->text, prompt->error_column), to = from;
    bool quoted = false;
    for (; prompt->text[to] && (quoted || !strchr(" ;", prompt->text[to])); to++)
        quoted = quoted != (prompt->text[to] == '"');
    *ret_from = from;
    *ret_to = to;
}

static int cells_up_to(const struct prompt *prompt, size_t byte)
{
    char left[PROMPT_SIZE];
    snprintf(left, sizeof left, "%.*s", (int)byte, prompt->text);
    return text_width(left);
}

/* A long line is shown from as far right as its cursor needs. */
static int scrolled(const struct prompt *prompt, int room)
{
    int width = cells_up_to(prompt, prompt->cursor);
    return width >= room ? width - room + 1 : 0;
}

static void draw_bytes(const struct prompt *prompt, struct pen *pen, enum style style, size_t from, size_t to)
{
    char part[PROMPT_SIZE];
    snprintf(part, sizeof part, "%.*s", (int)(to > from ? to - from : 0), prompt->text + from);
    pen_text(pen, style, part);
}

/* The text from byte to byte, with the wrong word in its style. */
static void draw_text(const struct prompt *prompt, struct pen *pen, size_t from, size_t to)
{
    size_t wrong = to, wrong_to = to;
    if (prompt->error[0] && prompt->error_column)
        wrong_word(prompt, &wrong, &wrong_to);
    wrong = wrong < from ? from : wrong > to ? to : wrong;
    wrong_to = wrong_to < from ? from : wrong_to > to ? to : wrong_to;
    draw_bytes(prompt, pen, STYLE_PLAIN, from, wrong);
    draw_bytes(prompt, pen, STYLE_WRONG, wrong, wrong_to);
    draw_bytes(prompt, pen, STYLE_PLAIN, wrong_to, to);
}

static void draw_mark(struct pen *pen, int cells)
{
    pen_text(pen, STYLE_ERROR, "^");
    while (--cells > 0 && pen_room(pen) > 0)
        pen_text(pen, STYLE_ERROR, "~");
}

/* Under the wrong word, for where no underline is seen, with the error to its right or its left. `start` is
 * the column of the text's first cell. */
static void draw_error(const struct prompt *prompt, struct pen *pen, int start)
{
    size_t from, to;
    wrong_word(prompt, &from, &to);
    int column = start + cells_up_to(prompt, from),
        cells = cells_up_to(prompt, to) - cells_up_to(prompt, from);
    int width = text_width(prompt->error);
    cells = cells < 1 ? 1 : cells;
    if (prompt->error_column && column >= pen->column && column + cells + 1 + width < pen->end) {
        pen_blank_to(pen, column);
        draw_mark(pen, cells);
        pen_format(pen, STYLE_ERROR, " %s", prompt->error);
    } else if (prompt->error_column && column - pen->column >= width + 2 && column < pen->end) {
        pen_blank_to(pen, column - width - 1);
        pen_format(pen, STYLE_ERROR, "%s ", prompt->error);
        draw_mark(pen, cells);
    } else if (prompt->error_column) { /* no room beside the place: its number stands for it */
        char text[sizeof prompt->error + 32];
        snprintf(text, sizeof text, _(" column %d: %s"), prompt->error_column, prompt->error);
        bool cut = text_width(text) > pen_room(pen) && pen_room(pen) > 3;
        if (cut)
            text[text_fit(text, pen_room(pen) - 3, NULL)] = '\0';
        pen_format(pen, STYLE_ERROR, cut ? "%s..." : "%s", text);
    } else {
        pen_format(pen, STYLE_ERROR, " %s", prompt->error);
    }
}

/* Where there is no room for all of the hint, what is to the left of the mark goes first, then what is to its
 * right. */
static void draw_hint(const struct prompt *prompt, struct pen *pen)
{
    char left[sizeof prompt->hint], mark[sizeof prompt->hint] = "";
    const char *right = prompt->hint + prompt->marked_to;
    bool marked = prompt->marked_to > prompt->marked;
    snprintf(left, sizeof left, "%.*s", (int)(marked ? prompt->marked : prompt->marked_to), prompt->hint);
    if (marked)
        snprintf(mark, sizeof mark, ">%.*s<", (int)(prompt->marked_to - prompt->marked),
                 prompt->hint + prompt->marked);
    int gap = prompt->words[0] ? 3 : 0, needed = text_width(mark) + gap + text_width(prompt->words) + 1;
    if (marked && needed + text_width(left) + text_width(right) > pen_room(pen))
        snprintf(left, sizeof left, "%s", needed + 4 + text_width(right) <= pen_room(pen) ? "... " : "");
    if (marked && needed + text_width(right) > pen_room(pen))
        right = "";
    pen_format(pen, STYLE_DIM, " %s", left);
    pen_text(pen, STYLE_CHOSEN, mark);
    pen_text(pen, STYLE_DIM, right);
    if (gap)
        pen_format(pen, STYLE_PLAIN, "%*s%s", prompt->hint[0] ? gap : 0, "", prompt->words);
}

enum { TEXT_MIN = 6 }; /* cells that the label leaves to what is typed */

void prompt_draw(const struct prompt *prompt, const struct terminal *terminal, struct area area)
{
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    int label = text_width(prompt->label), most = area.width > TEXT_MIN ? area.width - TEXT_MIN : 0;
    pen_cell(&pen, STYLE_KEY, prompt->label, label < most ? label : most, false);
    int start = pen.column, skip = scrolled(prompt, pen_room(&pen));
    size_t next = after(prompt, prompt->cursor);
    pen.skip = skip;
    draw_text(prompt, &pen, 0, prompt->cursor);
    pen.skip = 0;
    if (next > prompt->cursor)
        draw_bytes(prompt, &pen, STYLE_CHOSEN, prompt->cursor, next);
    else
        pen_text(&pen, STYLE_CHOSEN, " ");
    draw_text(prompt, &pen, next, strlen(prompt->text));
    pen_finish(&pen);

    if (area.height < 2)
        return;
    pen = pen_at(terminal, area.line + 1, area.column, area.width);
    if (prompt->error[0])
        draw_error(prompt, &pen, start - skip);
    else
        draw_hint(prompt, &pen);
    pen_finish(&pen);
}
