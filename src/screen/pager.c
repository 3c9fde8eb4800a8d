#include "screen/pager.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/paragraph.h"
#include "screen/pen.h"

#include <stdlib.h>
#include <string.h>

void pager_init(struct pager *pager, const char *title)
{
    *pager = (struct pager){ .title = xstrdup(title) };
}

static void drop_lines(struct pager *pager)
{
    for (size_t i = 0; i < pager->count; i++)
        free(pager->lines[i].text);
    pager->count = 0;
}

void pager_release(struct pager *pager)
{
    drop_lines(pager);
    for (size_t i = 0; i < pager->text_count; i++) {
        free(pager->texts[i].head);
        free(pager->texts[i].text);
    }
    free(pager->texts);
    free(pager->lines);
    free(pager->title);
    *pager = (struct pager){ 0 };
}

static void take_text(struct pager *pager, struct pager_text text)
{
    pager->texts = grow(pager->texts, &pager->text_room, pager->text_count + 1, sizeof *pager->texts);
    pager->texts[pager->text_count++] = text;
    pager->width = 0;
}

void pager_add(struct pager *pager, const char *text, bool heading)
{
    take_text(pager, (struct pager_text){ .text = xstrdup(text), .heading = heading });
}

void pager_add_hanging(struct pager *pager, const char *head, const char *text)
{
    take_text(pager, (struct pager_text){ .head = xstrdup(head), .text = xstrdup(text), .wrapped = true });
}

void pager_add_wrapped(struct pager *pager, const char *text)
{
    take_text(pager, (struct pager_text){ .text = xstrdup(text), .wrapped = true });
}

static void take_line(struct pager *pager, size_t of, char *text)
{
    pager->lines = grow(pager->lines, &pager->room, pager->count + 1, sizeof *pager->lines);
    pager->lines[pager->count++] = (struct pager_line){ .text = text, .of = of };
}

static void wrap(struct pager *pager, size_t of)
{
    enum { INDENT_BELOW = 2 };
    const char *head = pager->texts[of].head ? pager->texts[of].head : "", *text = pager->texts[of].text;
    int indent = text_width(head);
    if (indent > INDENT_BELOW && pager->width - indent < indent) {
        take_line(pager, of, xstrdup(head));
        indent = INDENT_BELOW;
        head = "  ";
    }
    do {
        size_t shown, length = paragraph_next(text, pager->width - indent, &shown);
        take_line(pager, of, xasprintf("%*s%s%.*s", *head ? 0 : indent, "", head, (int)shown, text));
        head = "";
        text += length;
    } while (*text);
}

void pager_fit(struct pager *pager, int width)
{
    size_t first = pager->top < pager->count ? pager->lines[pager->top].of : 0;
    width = width < 1 ? 1 : width;
    if (pager->width == width)
        return;
    pager->width = width;
    drop_lines(pager);
    for (size_t i = 0; i < pager->text_count; i++) {
        if (i == first)
            pager->top = pager->count;
        if (pager->texts[i].wrapped)
            wrap(pager, i);
        else
            take_line(pager, i, xstrdup(pager->texts[i].text));
    }
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
    pager_fit(pager, area.width - 2);
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
            pen_format(&pen, pager->texts[line->of].heading ? STYLE_HEADS : STYLE_PLAIN, " %s", line->text);
        }
        pen_finish(&pen);
    }
}
