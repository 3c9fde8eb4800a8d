/* A text to read, over the tree: help, a whole command line, what a panel holds. */
#pragma once

#include "screen/keystroke.h"
#include "screen/layout.h"
#include "screen/terminal.h"

#include <stdbool.h>
#include <stddef.h>

/* As it was added. */
struct pager_text {
    char *head; /* before its first line; NULL: none */
    char *text;
    bool heading;
    bool wrapped; /* into as many lines as it needs; else what has no room is cut */
};

/* As it is shown at some width. */
struct pager_line {
    char *text;
    size_t of; /* the index of the text that it is a part of */
};

struct pager {
    char *title;
    struct pager_text *texts;
    size_t text_count, text_room;
    struct pager_line *lines;
    size_t count, room, top;
    int width; /* of the lines, in cells; 0: there are none yet */
};

void pager_init(struct pager *pager, const char *title);
void pager_release(struct pager *pager);
void pager_add(struct pager *pager, const char *text, bool heading);
/* Adds a long text, in as many lines as the screen's width asks for. */
void pager_add_wrapped(struct pager *pager, const char *text);
/* The same, with `head` before the first line and as many blanks before the others; where that leaves less
 * room to the text than to the head, it begins below. */
void pager_add_hanging(struct pager *pager, const char *head, const char *text);
/* Makes the lines anew for that many cells, unless they are that wide; the first text on screen stays so. */
void pager_fit(struct pager *pager, int width);
/* Scrolls; false when the key closes it. */
bool pager_key(struct pager *pager, const struct keystroke *key, int height);
void pager_draw(struct pager *pager, const struct terminal *terminal, struct area area);
