#include "base/i18n.h"
#include "base/text.h"
#include "model/stat_code.h"
#include "picture/tree_picture.h"

#include <string.h>

enum { ROW_SIZE = 16384, LINES_SIZE = 4096 };

/* Writes the row without blanks at its end and not wider than the picture. */
static void put_row(const struct tree_picture *picture, FILE *to, const char *row)
{
    size_t length = picture->width > 0 ? text_fit(row, picture->width, NULL) : strlen(row);
    while (length && row[length - 1] == ' ')
        length--;
    fprintf(to, "%.*s\n", (int)length, row);
}

static size_t add(char *row, size_t used, const char *before, const char *text, const char *after)
{
    if (used >= ROW_SIZE)
        return used;
    return used + (size_t)snprintf(row + used, ROW_SIZE - used, "%s%s%s", before, text, after);
}

static void put_head(const struct tree_picture *picture, FILE *to)
{
    char row[ROW_SIZE], cell[COLUMN_VALUE_SIZE];
    size_t used = 0;
    for (size_t i = 0; i < picture->column_count; i++) {
        const struct column *column = picture->columns[i];
        used = add(row, used, "", column_pad(cell, sizeof cell, column, column->title), " ");
    }
    add(row, used, picture->column_count ? " " : "", "COMMAND", "");
    put_row(picture, to, row);
}

static void write_name(char *name, size_t size, const struct tree_picture *picture,
                       const struct tree_row *row)
{
    bool arguments = picture->arguments && row->process->cmdline && !stat_has_ended(row->process);
    text_clean(name, size, arguments ? row->process->cmdline : row->process->comm);
}

static void put_process(const struct tree_picture *picture, FILE *to, size_t number)
{
    char row[ROW_SIZE], cell[COLUMN_VALUE_SIZE], lines[LINES_SIZE];
    const struct tree_row *tree_row = &picture->tree->rows[number];
    size_t used = 0;
    for (size_t i = 0; i < picture->column_count; i++) {
        column_cell(cell, sizeof cell, picture->columns[i], tree_row->process, picture->context);
        used = add(row, used, "", cell, " ");
    }
    tree_lines(lines, sizeof lines, picture->tree, number, picture->ascii);
    used = add(row, used, picture->column_count ? " " : "", lines, "");
    write_name(cell, sizeof cell, picture, tree_row);
    bool thread = tree_row->kind == TREE_THREAD;
    used = add(row, used, thread ? "{" : "", cell, thread ? "}" : "");
    if (stat_has_ended(tree_row->process))
        add(row, used, picture->ascii ? " <" : " ‹", _("zombie"), picture->ascii ? ">" : "›");
    put_row(picture, to, row);
}

void picture_text(const struct tree_picture *picture, FILE *to)
{
    put_head(picture, to);
    for (size_t i = 0; i < picture->tree->count; i++)
        put_process(picture, to, i);
}
