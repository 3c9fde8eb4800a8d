/* What is on the screen, cell by cell, read back from ncurses: what pictures are made of. */
#pragma once

#include <stdbool.h>

struct terminal;

enum { SNAPSHOT_DEFAULT_COLOUR = -1, SNAPSHOT_TEXT_SIZE = 24 };

struct snapshot_cell {
    char text[SNAPSHOT_TEXT_SIZE]; /* one character with what combines with it, UTF-8 or the locale's encoding
                                    */
    int width;                     /* 1 or 2; 0: the right half of the cell before */
    int colour, background;        /* of the 256 of xterm; SNAPSHOT_DEFAULT_COLOUR: the terminal's own */
    bool bold, dim, reverse, underline;
};

struct snapshot {
    int height, width;
    struct snapshot_cell *cells; /* row by row */
    bool light;                  /* the theme is made for a light background */
};

/* Reads what was drawn last, flushed or not. To be given to snapshot_release(). */
void snapshot_take(struct snapshot *ret, const struct terminal *terminal);
void snapshot_release(struct snapshot *snapshot);
/* The cell in that place, which must be on the screen. */
const struct snapshot_cell *snapshot_cell(const struct snapshot *snapshot, int line, int column);
