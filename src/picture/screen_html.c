#include "picture/cell_style.h"
#include "picture/screen_picture.h"

static void write_head(const struct screen_picture *picture, const struct cell_classes *classes, FILE *to)
{
    const struct snapshot *snapshot = picture->snapshot;
    fprintf(to, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
            picture->language);
    write_escaped(picture->title, to);
    fputs("</title>\n<meta name=\"description\" content=\"", to);
    write_escaped(picture->description, to);
    fprintf(to,
            "\">\n<style>\nbody{margin:0;background:#%06x}\n"
            "pre{margin:0;padding:1em;width:max-content;font:14px/1.164 'DejaVu Sans Mono','Noto Sans Mono "
            "CJK SC',"
            "'Noto Sans Mono',Menlo,Consolas,monospace;color:#%06x}\n"
            "i{font-style:normal;display:inline-block;width:2ch;overflow:hidden;vertical-align:bottom;"
            "text-align:center}\n",
            cell_style_paper(snapshot), cell_style_ink(snapshot));
    for (int i = 0; i < classes->count; i++) {
        const struct cell_style *style = &classes->styles[i];
        fprintf(to, ".s%d{color:#%06x", i, style->colour);
        if (!style->plain)
            fprintf(to, ";background:#%06x", style->background);
        fprintf(to, "%s%s}\n", style->bold ? ";font-weight:bold" : "",
                style->underline ? ";text-decoration:underline" : "");
    }
    fputs("</style>\n</head>\n<body>\n<pre role=\"img\" aria-label=\"", to);
    write_escaped(picture->title, to);
    fputs("\">", to);
}

/* Wide characters get a box of two cells: fonts of different families seldom agree. */
static void write_cells(const struct snapshot *snapshot, int line, int column, int end, FILE *to)
{
    for (; column < end; column++) {
        const struct snapshot_cell *cell = snapshot_cell(snapshot, line, column);
        if (cell->width == 2)
            fputs("<i>", to);
        write_escaped(cell->text, to);
        if (cell->width == 2)
            fputs("</i>", to);
    }
}

static void write_line(const struct snapshot *snapshot, const struct cell_classes *classes, int line,
                       FILE *to)
{
    struct cell_style style;
    int end = cell_style_line_end(snapshot, line);
    for (int column = 0, next; column < end; column = next) {
        next = cell_style_run(snapshot, line, column, &style);
        next = next < end ? next : end;
        fprintf(to, "<span class=\"s%d\">", cell_classes_find(classes, style));
        write_cells(snapshot, line, column, next, to);
        fputs("</span>", to);
    }
    fputc('\n', to);
}

void screen_picture_html(const struct screen_picture *picture, FILE *to)
{
    struct cell_classes classes;
    cell_classes_collect(&classes, picture->snapshot);
    write_head(picture, &classes, to);
    for (int line = 0; line < picture->snapshot->height; line++)
        write_line(picture->snapshot, &classes, line, to);
    fputs("</pre>\n</body>\n</html>\n", to);
}
