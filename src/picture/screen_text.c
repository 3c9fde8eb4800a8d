#include "picture/cell_style.h"
#include "picture/screen_picture.h"

static int text_end(const struct snapshot *snapshot, int line)
{
    int end = snapshot->width;
    while (end > 0 && snapshot_cell(snapshot, line, end - 1)->text[0] == ' ')
        end--;
    return end;
}

/* No cell holds a control character, as far as terminals go; a file must not either. */
static void write_cell(const struct snapshot_cell *cell, FILE *to)
{
    bool control = ((unsigned char)cell->text[0] < ' ' && cell->text[0]) || cell->text[0] == 0x7f;
    fputs(control ? "?" : cell->text, to);
}

void screen_picture_text(const struct screen_picture *picture, FILE *to)
{
    for (int line = 0; line < picture->snapshot->height; line++) {
        int end = text_end(picture->snapshot, line);
        for (int column = 0; column < end; column++)
            write_cell(snapshot_cell(picture->snapshot, line, column), to);
        fputc('\n', to);
    }
}

static bool looks_alike(const struct snapshot_cell *a, const struct snapshot_cell *b)
{
    return a->colour == b->colour && a->background == b->background && a->bold == b->bold &&
           a->dim == b->dim && a->reverse == b->reverse && a->underline == b->underline;
}

static void write_sgr(const struct snapshot_cell *cell, FILE *to)
{
    fputs("\033[0", to);
    if (cell->bold)
        fputs(";1", to);
    if (cell->dim)
        fputs(";2", to);
    if (cell->underline)
        fputs(";4", to);
    if (cell->reverse)
        fputs(";7", to);
    if (cell->colour >= 0)
        fprintf(to, ";38;5;%d", cell->colour);
    if (cell->background >= 0)
        fprintf(to, ";48;5;%d", cell->background);
    fputc('m', to);
}

void screen_picture_ansi(const struct screen_picture *picture, FILE *to)
{
    static const struct snapshot_cell plain = { .colour = SNAPSHOT_DEFAULT_COLOUR,
                                                .background = SNAPSHOT_DEFAULT_COLOUR };
    for (int line = 0; line < picture->snapshot->height; line++) {
        const struct snapshot_cell *before = &plain;
        int end = cell_style_line_end(picture->snapshot, line);
        for (int column = 0; column < end; column++) {
            const struct snapshot_cell *cell = snapshot_cell(picture->snapshot, line, column);
            if (!looks_alike(cell, before))
                write_sgr(cell, to);
            write_cell(cell, to);
            before = cell;
        }
        fputs(looks_alike(before, &plain) ? "\n" : "\033[0m\n", to);
    }
}
