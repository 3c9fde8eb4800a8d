/* The panel beside the tree, or over it: the explanation or the details of the selected process. */
#include "app/live.h"

#include "base/i18n.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdio.h>
#include <string.h>

struct panel_drawing {
    const struct terminal *terminal;
    struct area area;
    int line;
};

static void draw_panel_line(void *data, const char *text, bool heading)
{
    struct panel_drawing *drawing = data;
    if (drawing->line >= drawing->area.line + drawing->area.height)
        return;
    struct pen pen = pen_at(drawing->terminal, drawing->line++, drawing->area.column, drawing->area.width);
    pen_format(&pen, heading ? STYLE_HEADS : STYLE_PLAIN, " %s", text);
    pen_finish(&pen);
}

enum { TITLE_WIDTH = 8, VALUE_WIDTH = 20 };

static int value_cells(const struct column *column, const struct process *process,
                       const struct column_context *values, char *clean, size_t size)
{
    char value[256];
    column->format(value, sizeof value, process, values);
    return text_width(text_clean(clean, size, value));
}

/* "NI      0         nice value, -20 to 19", the value in `widest` cells. */
static void format_fact(char *text, size_t size, const struct column *column, const struct process *process,
                        const struct column_context *values, int widest)
{
    char clean[256];
    int pad = widest - value_cells(column, process, values, clean, sizeof clean);
    snprintf(text, size, "%-7s %s%*s  %s", column->title, clean, pad > 0 ? pad : 0, "", _(column->help));
}

/* What has no room ends in dots: half a word would pass for a whole one. */
static void cut_fact(char *text, int cells)
{
    enum { DOTS = 3 };
    if (text_width(text) > cells && cells > DOTS)
        strcpy(text + text_fit(text, cells - DOTS, NULL), "...");
}

/* Every column of the table, whether it is shown in the tree or not: the facts of one process. Where they are
 * too many for the lines there are, they stand side by side. */
static void draw_details(const struct live *live, struct panel_drawing *drawing)
{
    const struct tree_row *row = live_selected(live);
    struct column_context values = { &live->sample, &live->computer, live->users };
    char text[512], line[1024];
    int widest = 0, lines = drawing->area.height - 1, width = drawing->area.width - 1;
    for (size_t i = 0; row && i < column_count; i++) {
        int cells = value_cells(&column_table[i], row->process, &values, text, 256);
        widest = cells > widest && cells <= VALUE_WIDTH ? cells : widest;
    }
    int beside = lines > 0 ? ((int)column_count + lines - 1) / lines : 1,
        most = width / (TITLE_WIDTH + widest + 2);
    beside = beside > most ? most : beside;
    beside = beside < 1 ? 1 : beside;
    size_t below = (column_count + (size_t)beside - 1) / (size_t)beside;
    for (size_t i = 0; row && i < below; i++) {
        line[0] = '\0';
        for (size_t at = i, place = 1; at < column_count; at += below, place++) {
            format_fact(text, sizeof text, &column_table[at], row->process, &values, widest);
            bool last = at + below >= column_count;
            cut_fact(text, last ? width - (beside - 1) * (width / beside) : width / beside - 2);
            size_t used = strlen(line);
            int pad = last ? 0 : (int)place * (width / beside) - text_width(line) - text_width(text);
            snprintf(line + used, sizeof line - used, "%s%*s", text, pad > 0 ? pad : 0, "");
        }
        draw_panel_line(drawing, line, false);
    }
}

void live_draw_panel(struct live *live, const struct layout *layout)
{
    if (layout->panel.width == 0)
        return;
    struct panel_drawing drawing = { live->terminal, layout->panel, layout->panel.line };
    if (!layout->panel_covers) {
        const char *bar = terminal_ascii(live->terminal) ? "|" : "│";
        for (int i = 0; i < layout->panel.height; i++) {
            struct pen pen = pen_at(live->terminal, layout->panel.line + i, layout->panel.column - 1, 1);
            pen_text(&pen, STYLE_RULE, bar);
        }
    }
    char title[64];
    snprintf(title, sizeof title, "%s %d/%d", live->panel == PANEL_DETAILS ? _("Details") : _("Explanation"),
             live->panel, PANEL_COUNT - 1);
    draw_panel_line(&drawing, title, true);
    if (live->panel == PANEL_DETAILS)
        draw_details(live, &drawing);
    else
        live_explain_panel(live, layout->panel.width - 2, draw_panel_line, &drawing);
    while (drawing.line < drawing.area.line + drawing.area.height)
        draw_panel_line(&drawing, "", false);
}
