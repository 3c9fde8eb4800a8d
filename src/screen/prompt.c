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

/* A long line is shown from as far right as its cursor needs. */
static int scrolled(const struct prompt *prompt, int room)
{
    char left[PROMPT_SIZE];
    snprintf(left, sizeof left, "%.*s", (int)prompt->cursor, prompt->text);
    int width = text_width(left);
    return width >= room ? width - room + 1 : 0;
}

void prompt_draw(const struct prompt *prompt, const struct terminal *terminal, struct area area)
{
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    pen_text(&pen, STYLE_KEY, prompt->label);
    int start = pen.column, skip = scrolled(prompt, pen_room(&pen));
    char left[PROMPT_SIZE], under[16] = " ";
    snprintf(left, sizeof left, "%.*s", (int)prompt->cursor, prompt->text);
    size_t next = after(prompt, prompt->cursor);
    if (next > prompt->cursor)
        snprintf(under, sizeof under, "%.*s", (int)(next - prompt->cursor), prompt->text + prompt->cursor);
    pen.skip = skip;
    pen_text(&pen, STYLE_PLAIN, left);
    pen.skip = 0;
    pen_text(&pen, STYLE_CHOSEN, under);
    pen_text(&pen, STYLE_PLAIN, prompt->text + next);
    pen_finish(&pen);

    if (area.height < 2)
        return;
    pen = pen_at(terminal, area.line + 1, area.column, area.width);
    if (prompt->error[0] && prompt->error_column) {
        snprintf(left, sizeof left, "%.*s", (int)byte_of(prompt->text, prompt->error_column), prompt->text);
        int column = start + text_width(left) - skip;
        if (column + text_width(prompt->error) + 2 < area.width) {
            pen_blank_to(&pen, column);
            pen_format(&pen, STYLE_ERROR, "^ %s", prompt->error);
        } else { /* no room beside the place: its number stands for it */
            pen_format(&pen, STYLE_ERROR, _(" column %d: %s"), prompt->error_column, prompt->error);
        }
    } else {
        pen_format(&pen, prompt->error[0] ? STYLE_ERROR : STYLE_DIM, " %s",
                   prompt->error[0] ? prompt->error : prompt->hint);
    }
    pen_finish(&pen);
}
