#include "picture/cell_style.h"

#include <string.h>
#include <wchar.h>

enum { DARK_PAPER = 0x1c1c1c, DARK_INK = 0xd0d0d0, LIGHT_PAPER = 0xffffff, LIGHT_INK = 0x1c1c1c };

/* The 256 colours of xterm: 16 of their own, a cube of 6x6x6, 24 greys. */
static unsigned rgb_of(int colour)
{
    static const unsigned named[16] = { 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                        0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                        0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff };
    static const unsigned steps[6] = { 0, 95, 135, 175, 215, 255 };
    if (colour < 16)
        return named[colour];
    if (colour < 232) {
        unsigned index = (unsigned)colour - 16;
        return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6];
    }
    unsigned grey = 8 + 10 * ((unsigned)colour - 232);
    return grey << 16 | grey << 8 | grey;
}

unsigned cell_style_paper(const struct snapshot *snapshot)
{
    return snapshot->light ? LIGHT_PAPER : DARK_PAPER;
}

unsigned cell_style_ink(const struct snapshot *snapshot)
{
    return snapshot->light ? LIGHT_INK : DARK_INK;
}

static unsigned mix(unsigned a, unsigned b)
{
    unsigned mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        mixed |= ((2 * (a >> shift & 255) + (b >> shift & 255)) / 3) << shift;
    return mixed;
}

struct cell_style cell_style_of(const struct snapshot *snapshot, const struct snapshot_cell *cell)
{
    unsigned ink = cell->colour < 0 ? cell_style_ink(snapshot) : rgb_of(cell->colour);
    unsigned paper = cell->background < 0 ? cell_style_paper(snapshot) : rgb_of(cell->background);
    if (cell->dim)
        ink = mix(ink, paper);
    struct cell_style style = { .colour = cell->reverse ? paper : ink,
                                .background = cell->reverse ? ink : paper,
                                .bold = cell->bold,
                                .underline = cell->underline };
    style.plain = style.background == cell_style_paper(snapshot);
    return style;
}

bool cell_style_equal(struct cell_style a, struct cell_style b)
{
    return a.colour == b.colour && a.background == b.background && a.bold == b.bold &&
           a.underline == b.underline;
}

int cell_style_run(const struct snapshot *snapshot, int line, int column, struct cell_style *ret)
{
    *ret = cell_style_of(snapshot, snapshot_cell(snapshot, line, column));
    while (++column < snapshot->width)
        if (!cell_style_equal(*ret, cell_style_of(snapshot, snapshot_cell(snapshot, line, column))))
            break;
    return column;
}

int cell_style_line_end(const struct snapshot *snapshot, int line)
{
    int end = snapshot->width;
    for (; end > 0; end--) {
        const struct snapshot_cell *cell = snapshot_cell(snapshot, line, end - 1);
        struct cell_style style = cell_style_of(snapshot, cell);
        if (cell->width == 0 || strcmp(cell->text, " ") != 0 || !style.plain || style.underline)
            break;
    }
    return end;
}

/* UTF-8, whatever the locale's encoding is. */
static void write_utf8(unsigned c, FILE *to)
{
    if (c < 0x80) {
        fputc((int)c, to);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    fputc((int)(c >> (6 * more) | (0xf00u >> (more + 1) & 0xff)), to);
    while (more--)
        fputc((int)((c >> (6 * more) & 0x3f) | 0x80), to);
}

static bool is_allowed(unsigned c)
{
    return (c >= ' ' && c != 0x7f && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff) || c == '\n';
}

void write_escaped(const char *text, FILE *to)
{
    mbstate_t state = { 0 };
    for (size_t left = strlen(text), taken; left; text += taken, left -= taken) {
        wchar_t c;
        taken = mbrtowc(&c, text, left, &state);
        if (taken > left) { /* no character of the locale */
            state = (mbstate_t){ 0 };
            taken = 1;
            c = L'?';
        }
        switch (c) {
        case L'&': fputs("&amp;", to); break;
        case L'<': fputs("&lt;", to); break;
        case L'>': fputs("&gt;", to); break;
        case L'"': fputs("&quot;", to); break;
        default: write_utf8(is_allowed((unsigned)c) ? (unsigned)c : '?', to);
        }
    }
}

int cell_classes_find(const struct cell_classes *classes, struct cell_style style)
{
    for (int i = 0; i < classes->count; i++)
        if (cell_style_equal(classes->styles[i], style))
            return i;
    return 0;
}

void cell_classes_collect(struct cell_classes *ret, const struct snapshot *snapshot)
{
    struct cell_style style;
    ret->count = 0;
    for (int line = 0; line < snapshot->height; line++)
        for (int column = 0; column < snapshot->width;) {
            column = cell_style_run(snapshot, line, column, &style);
            int found = cell_classes_find(ret, style);
            bool known = found < ret->count && cell_style_equal(ret->styles[found], style);
            if (!known && ret->count < CELL_CLASSES_MAX)
                ret->styles[ret->count++] = style;
        }
}
