/* A text to read, over the tree: help, a whole command line, what a panel holds. */
#pragma once

#include "screen/keystroke.h"
#include "screen/layout.h"
#include "screen/terminal.h"

#include <stdbool.h>
#include <stddef.h>

struct pager_line {
    char *text;
    bool heading;
};

struct pager {
    char *title;
    struct pager_line *lines;
    size_t count, room, top;
};

void pager_init(struct pager *pager, const char *title);
void pager_release(struct pager *pager);
void pager_add(struct pager *pager, const char *text, bool heading);
/* Adds a long text in lines of at most `width` cells. */
void pager_add_wrapped(struct pager *pager, const char *text, int width);
/* The same, with `head` before the first line and as many blanks before the others. */
void pager_add_hanging(struct pager *pager, const char *head, const char *text, int width);
/* Scrolls; false when the key closes it. */
bool pager_key(struct pager *pager, const struct keystroke *key, int height);
void pager_draw(struct pager *pager, const struct terminal *terminal, struct area area);
