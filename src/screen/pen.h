/* A pen writes on one line of the screen, within its cells and never beyond, and makes every text harmless
 * first. */
#pragma once

#include "screen/terminal.h"

struct pen {
    const struct terminal *terminal;
    int line, column; /* where the next cell is written */
    int end;          /* the first column that is not ours */
    int skip;         /* cells still to be dropped: scrolled out to the left */
    bool selected;    /* the line is the selected one */
};

/* A pen at the start of a line of `width` cells. */
struct pen pen_at(const struct terminal *terminal, int line, int column, int width);
/* Writes a text, cut at the end of the line. What comes from a process is cleaned here. */
void pen_text(struct pen *pen, enum style style, const char *text);
void pen_format(struct pen *pen, enum style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Writes a text in exactly `width` cells, flush left or right; longer ones are cut. */
void pen_cell(struct pen *pen, enum style style, const char *text, int width, bool right);
/* Fills up to `column` (or the end) with blanks in the line's background. */
void pen_blank_to(struct pen *pen, int column);
void pen_finish(struct pen *pen);
/* A horizontal rule over the rest of the line. */
void pen_rule(struct pen *pen);
/* Cells left on the line. */
int pen_room(const struct pen *pen);
