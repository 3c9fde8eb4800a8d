#include "screen/pen.h"

#include "base/text.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>

enum { PEN_TEXT = 1024 };

struct pen pen_at(const struct terminal *terminal, int line, int column, int width)
{
    return (struct pen){ .terminal = terminal, .line = line, .column = column, .end = column + width };
}

int pen_room(const struct pen *pen)
{
    return pen->end > pen->column ? pen->end - pen->column : 0;
}

static void put(struct pen *pen, enum style style, const char *text, size_t length, int width)
{
    if (length == 0)
        return;
    attrset(terminal_style(pen->terminal, style, pen->selected));
    /* Written over the left half of a wide character ncurses leaves the right one, and whoever writes there
     * next loses what was written here. A line of blanks takes both. */
    mvhline(pen->line, pen->column, ' ', width);
    mvaddnstr(pen->line, pen->column, text, (int)length);
    pen->column += width;
}

void pen_text(struct pen *pen, enum style style, const char *text)
{
    char clean[PEN_TEXT];
    text_clean(clean, sizeof clean, text);
    const char *visible = clean;
    if (pen->skip > 0) {
        int missing;
        int before = text_width(visible);
        visible += text_skip(visible, pen->skip, &missing);
        int dropped = before - text_width(visible);
        pen->skip -= dropped < pen->skip ? dropped : pen->skip;
        if (missing && pen_room(pen) > 0)
            put(pen, style, " ", 1, 1);
    }
    int width;
    size_t length = text_fit(visible, pen_room(pen), &width);
    put(pen, style, visible, length, width);
}

void pen_format(struct pen *pen, enum style style, const char *format, ...)
{
    char text[PEN_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pen_text(pen, style, text);
}

void pen_cell(struct pen *pen, enum style style, const char *text, int width, bool right)
{
    char clean[PEN_TEXT];
    text_clean(clean, sizeof clean, text);
    int used;
    clean[text_fit(clean, width, &used)] = '\0';
    if (right)
        pen_format(pen, style, "%*s%s", width - used, "", clean);
    else
        pen_format(pen, style, "%s%*s", clean, width - used, "");
}

void pen_blank_to(struct pen *pen, int column)
{
    int end = column < pen->end ? column : pen->end;
    attrset(terminal_style(pen->terminal, STYLE_PLAIN, pen->selected));
    if (end > pen->column)
        mvhline(pen->line, pen->column, ' ', end - pen->column);
    if (pen->column < end)
        pen->column = end;
}

void pen_finish(struct pen *pen)
{
    pen_blank_to(pen, pen->end);
    attrset(A_NORMAL);
}

void pen_rule(struct pen *pen)
{
    const char *dash = terminal_ascii(pen->terminal) ? "-" : "─";
    while (pen_room(pen) > 0)
        pen_text(pen, STYLE_RULE, dash);
}
