#include "picture/cell_style.h"
#include "picture/screen_picture.h"

#include <string.h>

/* Cells as DejaVu Sans Mono has them: an advance of 0.602 em, and lines of 1.164 em, so that the lines of a
 * tree meet. In hundredths of a pixel, so that every number is exact. */
enum { FONT = 1400, CELL_WIDTH = 843, CELL_HEIGHT = 1630, BASELINE = 1299, MARGIN = 1200 };

static void write_number(int hundredths, FILE *to)
{
    fprintf(to, "%d", hundredths / 100);
    int rest = hundredths % 100;
    if (rest)
        fprintf(to, rest % 10 ? ".%02d" : ".%d", rest % 10 ? rest : rest / 10);
}

static void write_attribute(const char *name, int hundredths, FILE *to)
{
    fprintf(to, " %s=\"", name);
    write_number(hundredths, to);
    fputc('"', to);
}

static int x_of(int column)
{
    return MARGIN + column * CELL_WIDTH;
}

static void write_head(const struct screen_picture *picture, const struct cell_classes *classes, FILE *to)
{
    const struct snapshot *snapshot = picture->snapshot;
    int width = 2 * MARGIN + snapshot->width * CELL_WIDTH,
        height = 2 * MARGIN + snapshot->height * CELL_HEIGHT;
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\"", to);
    write_attribute("width", width, to);
    write_attribute("height", height, to);
    fputs(" viewBox=\"0 0 ", to);
    write_number(width, to);
    fputc(' ', to);
    write_number(height, to);
    fprintf(to, "\" role=\"img\" aria-labelledby=\"title description\" xml:lang=\"%s\">\n",
            picture->language);
    fputs("<title id=\"title\">", to);
    write_escaped(picture->title, to);
    fputs("</title>\n<desc id=\"description\">", to);
    write_escaped(picture->description, to);
    fprintf(
        to,
        "</desc>\n<style>text{font:14px 'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans Mono',Menlo,"
        "Consolas,monospace;white-space:pre;fill:#%06x}",
        cell_style_ink(snapshot));
    for (int i = 0; i < classes->count; i++)
        fprintf(to, ".s%d{fill:#%06x%s%s}", i, classes->styles[i].colour,
                classes->styles[i].bold ? ";font-weight:bold" : "",
                classes->styles[i].underline ? ";text-decoration:underline" : "");
    fprintf(to, "</style>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#%06x\"/>\n",
            cell_style_paper(snapshot));
}

/* The column after the cells from `column` on that have its background. */
static int background_end(const struct snapshot *snapshot, int line, int column, struct cell_style *ret)
{
    struct cell_style next;
    int end = cell_style_run(snapshot, line, column, ret);
    while (end < snapshot->width) {
        int further = cell_style_run(snapshot, line, end, &next);
        if (next.background != ret->background)
            break;
        end = further;
    }
    return end;
}

static void write_backgrounds(const struct snapshot *snapshot, int line, FILE *to)
{
    struct cell_style style;
    for (int column = 0, next; column < snapshot->width; column = next) {
        next = background_end(snapshot, line, column, &style);
        if (style.plain)
            continue;
        fputs("<rect", to);
        write_attribute("x", x_of(column), to);
        write_attribute("y", MARGIN + line * CELL_HEIGHT, to);
        write_attribute("width", (next - column) * CELL_WIDTH, to);
        write_attribute("height", CELL_HEIGHT, to);
        fprintf(to, " fill=\"#%06x\"/>\n", style.background);
    }
}

static bool is_blank(const struct snapshot_cell *cell)
{
    return strcmp(cell->text, " ") == 0;
}

/* The column after the piece that begins here: one wide character, or narrow ones up to and with the blank
 * behind a word. What stands after two blanks is placed anew. */
static int piece_end(const struct snapshot *snapshot, int line, int column, int run_end)
{
    if (snapshot_cell(snapshot, line, column)->width == 2)
        return column + 2;
    while (column < run_end) {
        const struct snapshot_cell *cell = snapshot_cell(snapshot, line, column);
        if (cell->width != 1)
            break;
        column++;
        if (is_blank(cell))
            break;
    }
    return column;
}

static void write_run(const struct snapshot *snapshot, int line, int column, int end, int class, FILE *to)
{
    for (int next; column < end; column = next) {
        next = piece_end(snapshot, line, column, end);
        if (next > end)
            next = end;
        fprintf(to, "<tspan class=\"s%d\"", class);
        write_attribute("x", x_of(column), to);
        fputc('>', to);
        for (; column < next; column++)
            write_escaped(snapshot_cell(snapshot, line, column)->text, to);
        /* further blanks are kept for whoever copies the text; the next piece has a place of its own */
        while (next < end && is_blank(snapshot_cell(snapshot, line, next)) && next++)
            fputc(' ', to);
        fputs("</tspan>", to);
    }
}

static void write_line(const struct snapshot *snapshot, const struct cell_classes *classes, int line,
                       FILE *to)
{
    struct cell_style style;
    int end = cell_style_line_end(snapshot, line);
    write_backgrounds(snapshot, line, to);
    if (!end)
        return;
    fputs("<text xml:space=\"preserve\"", to);
    write_attribute("y", MARGIN + line * CELL_HEIGHT + BASELINE, to);
    fputc('>', to);
    for (int column = 0, next; column < end; column = next) {
        next = cell_style_run(snapshot, line, column, &style);
        write_run(snapshot, line, column, next < end ? next : end, cell_classes_find(classes, style), to);
    }
    fputs("</text>\n", to);
}

void screen_picture_svg(const struct screen_picture *picture, FILE *to)
{
    struct cell_classes classes;
    cell_classes_collect(&classes, picture->snapshot);
    write_head(picture, &classes, to);
    for (int line = 0; line < picture->snapshot->height; line++)
        write_line(picture->snapshot, &classes, line, to);
    fputs("</svg>\n", to);
}
