#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "picture/cell_style.h"
#include "picture/family_picture.h"

#include <string.h>

/* Pixels. */
enum {
    BOX_WIDTH = 132,
    BOX_HEIGHT = 58,
    COLUMN = 150,
    ROW = 112,
    MARGIN = 24,
    GAP = ROW - BOX_HEIGHT,
    LEVELS = 4
};

struct palette {
    const char *paper, *ink, *faint, *line, *box, *living, *zombie, *dead, *adopted;
};

static const struct palette dark = { "#1c1c1c", "#d0d0d0", "#8a8a8a", "#8a8a8a", "#262626",
                                     "#87d787", "#ff5f5f", "#d78787", "#ffd75f" };
static const struct palette light = { "#ffffff", "#1c1c1c", "#6c6c6c", "#767676", "#f7f7f7",
                                      "#008700", "#d70000", "#af5f5f", "#af5f00" };

/* Column 0 is for the first stranger, so that nobody moves when somebody is adopted; the others have theirs
 * by birth. */
static size_t first_stranger(const struct kinship *kinship)
{
    size_t first = 0;
    while (first < kinship->count && !kinship->all[first].stranger)
        first++;
    return first;
}

struct drawing {
    const struct kinship *kinship;
    size_t first; /* stranger */
    FILE *to;
};

static int column_of(const struct drawing *drawing, size_t index)
{
    return index == drawing->first ? 0 : 1 + (int)index - (index > drawing->first);
}

static int x_of(const struct drawing *drawing, size_t index)
{
    return MARGIN + column_of(drawing, index) * COLUMN;
}

static int y_of(const struct drawing *drawing, size_t index)
{
    return MARGIN + drawing->kinship->all[index].depth * ROW;
}

static void write_head(const struct drawing *drawing, const struct family_picture *picture,
                       const struct palette *palette)
{
    FILE *to = drawing->to;
    int columns = 1, rows = 1;
    for (size_t i = 0; i < picture->kinship->count; i++) {
        int column = column_of(drawing, i) + 1, row = picture->kinship->all[i].depth + 1;
        columns = column > columns ? column : columns;
        rows = row > rows ? row : rows;
    }
    int width = 2 * MARGIN + columns * COLUMN - (COLUMN - BOX_WIDTH), height = 2 * MARGIN + rows * ROW - GAP;
    fprintf(to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
            "role=\"img\" "
            "aria-labelledby=\"title description\" xml:lang=\"%s\">\n<title id=\"title\">",
            width, height, width, height, picture->language);
    write_escaped(picture->title, to);
    fputs("</title>\n<desc id=\"description\">", to);
    write_escaped(picture->description, to);
    fprintf(
        to,
        "</desc>\n<style>text{font:13px 'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace;"
        "fill:%s}.n{font-weight:bold}.f{fill:%s}path{fill:none;stroke:%s;stroke-width:1.5}"
        ".a{stroke:%s;stroke-dasharray:5 4}rect.b{fill:%s;stroke:%s;stroke-width:1.5}rect.z{stroke:%s}"
        "rect.g{stroke:%s;stroke-dasharray:3 3}rect.r{stroke:%s}</style>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n",
        palette->ink, palette->faint, palette->line, palette->adopted, palette->box, palette->line,
        palette->zombie, palette->dead, palette->living, palette->paper);
}

/* Down from the parent, across in the gap below it, down to the child. Parents side by side use other
 * heights. */
static void write_birth(const struct drawing *drawing, size_t child)
{
    const struct kinship *kinship = drawing->kinship;
    size_t parent = kinship->all[child].parent;
    int from = x_of(drawing, parent) + BOX_WIDTH / 2, to_x = x_of(drawing, child) + BOX_WIDTH / 2;
    int top = y_of(drawing, parent) + BOX_HEIGHT, bottom = y_of(drawing, child);
    int level = bottom - GAP + 12 + (int)(parent % LEVELS) * (GAP - 20) / LEVELS;
    fprintf(drawing->to, "<path d=\"M%d %dV%dH%dV%d\"/>\n", from, top, level, to_x, bottom);
}

static void write_adoption(const struct drawing *drawing, size_t child)
{
    const struct kinship *kinship = drawing->kinship;
    size_t adopter = kinship->all[child].adopter;
    int from = x_of(drawing, adopter) + BOX_WIDTH - 20, to_x = x_of(drawing, child) + BOX_WIDTH - 20;
    int top = y_of(drawing, adopter) + BOX_HEIGHT, bottom = y_of(drawing, child);
    fprintf(drawing->to, "<path class=\"a\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", from, top, from, top + GAP,
            to_x, bottom - GAP, to_x, bottom);
}

/* "S+", "Z  exit 7", "gone: exit 7". */
static void compose_state(const struct kin *kin, char *text, size_t size)
{
    char words[64] = "";
    if (kin->status_known)
        wait_status_words(words, sizeof words, kin->status);
    if (kin->gone && *words)
        snprintf(text, size, _("gone: %s"), words);
    else if (kin->gone)
        snprintf(text, size, "%s", _("gone"));
    else
        snprintf(text, size, kin->zombie ? "%s %s" : "%s", kin->stat, words);
}

static void write_text(int x, int y, const char *class, const char *text, FILE *to)
{
    char cut[128];
    snprintf(cut, sizeof cut, "%s", text);
    cut[text_fit(cut, (BOX_WIDTH - 16) * 10 / 79, NULL)] = '\0';
    fprintf(to, "<text x=\"%d\" y=\"%d\"%s%s%s>", x, y, *class ? " class=\"" : "", class, *class ? "\"" : "");
    write_escaped(cut, to);
    fputs("</text>", to);
}

static void write_box(const struct drawing *drawing, size_t index)
{
    const struct kin *kin = &drawing->kinship->all[index];
    FILE *to = drawing->to;
    char text[128];
    int x = x_of(drawing, index), y = y_of(drawing, index);
    const char *class = kin->gone ? " g" : kin->zombie ? " z" : kin->stat[0] == 'R' ? " r" : "";
    fprintf(to, "<g><rect class=\"b%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>", class, x, y,
            BOX_WIDTH, BOX_HEIGHT);
    write_text(x + 8, y + 17, kin->gone ? "n f" : "n", kin->comm, to);
    snprintf(text, sizeof text, "PID %d", kin->id.pid);
    write_text(x + 8, y + 34, "f", text, to);
    compose_state(kin, text, sizeof text);
    write_text(x + 8, y + 50, kin->gone ? "f" : "", text, to);
    fputs("</g>\n", to);
}

void family_picture_svg(const struct family_picture *picture, FILE *to)
{
    const struct kinship *kinship = picture->kinship;
    struct drawing drawing = { kinship, first_stranger(kinship), to };
    write_head(&drawing, picture, picture->light ? &light : &dark);
    for (size_t i = 0; i < kinship->count; i++)
        if (kinship->all[i].parent != KIN_NONE)
            write_birth(&drawing, i);
    for (size_t i = 0; i < kinship->count; i++)
        if (kinship->all[i].adopter != KIN_NONE)
            write_adoption(&drawing, i);
    for (size_t i = 0; i < kinship->count; i++)
        write_box(&drawing, i);
    fputs("</svg>\n", to);
}
