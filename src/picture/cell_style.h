/* How the cells of a screen look in a picture: colours as RGB, and runs of cells that look the same. */
#pragma once

#include "screen/snapshot.h"

#include <stdbool.h>
#include <stdio.h>

struct cell_style {
    unsigned colour, background; /* 0xrrggbb */
    bool bold, underline;
    bool plain; /* it is on the picture's own background */
};

/* The picture's own colours. */
unsigned cell_style_paper(const struct snapshot *snapshot);
unsigned cell_style_ink(const struct snapshot *snapshot);
/* Reverse is carried out, and dim mixed with the background. */
struct cell_style cell_style_of(const struct snapshot *snapshot, const struct snapshot_cell *cell);
bool cell_style_equal(struct cell_style a, struct cell_style b);
/* The column after the run that begins at `column`: cells of one style. */
int cell_style_run(const struct snapshot *snapshot, int line, int column, struct cell_style *ret);
/* The column after the last cell of the line that shows anything; 0: it is empty. */
int cell_style_line_end(const struct snapshot *snapshot, int line);

/* Writes a text of the locale as UTF-8, with what XML and HTML reserve escaped, and what XML forbids as '?'.
 */
void write_escaped(const char *text, FILE *to);

/* The styles of a picture, each once, in the order of their appearance: classes a, b, ... */
enum { CELL_CLASSES_MAX = 256 };

struct cell_classes {
    struct cell_style styles[CELL_CLASSES_MAX];
    int count;
};

void cell_classes_collect(struct cell_classes *ret, const struct snapshot *snapshot);
/* The index of a style that was collected; 0 when there were too many. */
int cell_classes_find(const struct cell_classes *classes, struct cell_style style);
