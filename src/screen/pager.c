#include "screen/pager.h"

#include "base/memory.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdlib.h>
#include <string.h>

void pager_init(struct pager *pager, const char *title)
{
    *pager = (struct pager){ .title = xstrdup(title) };
}

void pager_release(struct pager *pager)
{
    for (size_t i = 0; i < pager->count; i++)
        free(pager->lines[i].text);
    free(pager->lines);
    free(pager->title);
    *pager = (struct pager){ 0 };
}

static void take_line(struct pager *pager, char *text, bool heading)
{
    pager->lines = grow(pager->lines, &pager->room, pager->count + 1, sizeof *pager->lines);
    pager->lines[pager->count++] = (struct pager_line){ .text = text, .heading = heading };
}

void pager_add(struct pager *pager, const char *text, bool heading)
{
    take_line(pager, xstrdup(text), heading);
}

/* How much of the text makes the next line: as many words as fit, or part of one that is too long; never
 * nothing. */
static size_t line_length(const char *text, int width)
{
    int cells;
    size_t length = text_fit(text, width, NULL);
    if (length == 0)
        return text_step(text, strlen(text), &cells);
    size_t cut = length;
    while (text[length] && cut > 0 && text[cut] != ' ')
        cut--;
    return cut ? cut : length;
}

void pager_add_hanging(struct pager *pager, const char *head, const char *text, int width)
{
    int indent = text_width(head);
    bool first = true;
    do {
        size_t length = line_length(text, width - indent);
        take_line(pager, xasprintf("%*s%s%.*s", first ? 0 : indent, "", first ? head : "", (int)length, text),
                  false);
        first = false;
        text += length;
        while (*text == ' ')
            text++;
    } while (*text);
}

void pager_add_wrapped(struct pager *pager, const char *text, int width)
{
    pager_add_hanging(pager, "", text, width);
}

static void scroll(struct pager *pager, long steps, int height)
{
    size_t rows = height > 1 ? (size_t)height - 1 : 1;
    size_t most = pager->count > rows ? pager->count - rows : 0;
    if (steps < 0)
        pager->top = pager->top > (size_t)-steps ? pager->top - (size_t)-steps : 0;
    else
        pager->top = pager->top + (size_t)steps < most ? pager->top + (size_t)steps : most;
}

bool pager_key(struct pager *pager, const struct keystroke *key, int height)
{
    long page = height > 2 ? height - 2 : 1;
    switch (key->code) {
    case KEYSTROKE_UP: scroll(pager, -1, height); return true;
    case KEYSTROKE_DOWN: scroll(pager, 1, height); return true;
    case KEYSTROKE_WHEEL_UP: scroll(pager, -3, height); return true;
    case KEYSTROKE_WHEEL_DOWN: scroll(pager, 3, height); return true;
    case KEYSTROKE_PAGE_UP: scroll(pager, -page, height); return true;
    case ' ':
    case KEYSTROKE_PAGE_DOWN: scroll(pager, page, height); return true;
    case KEYSTROKE_HOME: scroll(pager, -(long)pager->count, height); return true;
    case KEYSTROKE_END: scroll(pager, (long)pager->count, height); return true;
    }
    return key->pasted;
}

void pager_draw(struct pager *pager, const struct terminal *terminal, struct area area)
{
    scroll(pager, 0, area.height);
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    pen_format(&pen, STYLE_BANNER, " %s ", pager->title);
    size_t rows = area.height > 1 ? (size_t)area.height - 1 : 0;
    if (pager->count > rows)
        pen_format(&pen, STYLE_DIM, "  %zu-%zu / %zu", pager->top + 1,
                   pager->top + rows < pager->count ? pager->top + rows : pager->count, pager->count);
    pen_finish(&pen);
    for (size_t i = 0; i < rows; i++) {
        pen = pen_at(terminal, area.line + 1 + (int)i, area.column, area.width);
        if (pager->top + i < pager->count) {
            const struct pager_line *line = &pager->lines[pager->top + i];
            pen_format(&pen, line->heading ? STYLE_HEADS : STYLE_PLAIN, " %s", line->text);
        }
        pen_finish(&pen);
    }
}
