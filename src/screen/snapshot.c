#include "screen/snapshot.h"

#include "base/memory.h"
#include "screen/terminal.h"

#include <curses.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* The characters of a cell in the locale's encoding; what it cannot be written in is '?'. */
static void encode(struct snapshot_cell *cell, const wchar_t *characters)
{
    mbstate_t state = { 0 };
    size_t used = 0;
    for (; *characters; characters++) {
        char bytes[MB_LEN_MAX];
        size_t length = wcrtomb(bytes, *characters, &state);
        if (length == (size_t)-1 || used + length >= sizeof cell->text)
            break;
        memcpy(cell->text + used, bytes, length);
        used += length;
    }
    cell->text[used] = '\0';
    if (used == 0)
        strcpy(cell->text, "?");
}

static int colour_of(short colour)
{
    return colour >= 0 && colour < 256 ? colour : SNAPSHOT_DEFAULT_COLOUR;
}

static void read_cell(struct snapshot_cell *cell, int line, int column)
{
    cchar_t found;
    wchar_t characters[CCHARW_MAX + 1] = L" ";
    attr_t attributes = 0;
    short pair = 0, colour = -1, background = -1;
    if (mvin_wch(line, column, &found) != ERR)
        getcchar(&found, characters, &attributes, &pair, NULL);
    if (pair)
        pair_content(pair, &colour, &background);
    int width = wcwidth(characters[0]);
    encode(cell, characters[0] ? characters : L" ");
    cell->width = width == 2 ? 2 : 1;
    cell->colour = colour_of(colour);
    cell->background = colour_of(background);
    cell->bold = attributes & A_BOLD;
    cell->dim = attributes & A_DIM;
    cell->reverse = attributes & A_REVERSE;
    cell->underline = attributes & A_UNDERLINE;
}

void snapshot_take(struct snapshot *ret, const struct terminal *terminal)
{
    int height = terminal_height(terminal), width = terminal_width(terminal), line, column;
    struct snapshot snapshot = { .height = height, .width = width, .light = terminal_is_light(terminal) };
    snapshot.cells = xcalloc((size_t)height * (size_t)width, sizeof *snapshot.cells);
    getyx(stdscr, line, column);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width;) {
            struct snapshot_cell *cell = &snapshot.cells[(size_t)y * (size_t)width + (size_t)x];
            read_cell(cell, y, x);
            if (cell->width == 2 && x + 1 < width) {
                cell[1] = *cell;
                cell[1].text[0] = '\0';
                cell[1].width = 0;
            }
            x += cell->width;
        }
    move(line, column); /* mvin_wch() has moved the cursor */
    *ret = snapshot;
}

void snapshot_release(struct snapshot *snapshot)
{
    free(snapshot->cells);
    *snapshot = (struct snapshot){ 0 };
}

const struct snapshot_cell *snapshot_cell(const struct snapshot *snapshot, int line, int column)
{
    return &snapshot->cells[(size_t)line * (size_t)snapshot->width + (size_t)column];
}
