/* A list to choose from, in a box over the screen. */
#pragma once

#include "screen/keystroke.h"
#include "screen/layout.h"
#include "screen/terminal.h"

#include <stdbool.h>
#include <stddef.h>

struct menu_item {
    char *text;    /* what is chosen; owned by the menu */
    char *hint;    /* beside it: a key, a value; NULL: none; owned */
    char *refusal; /* why it cannot be chosen now; NULL: it can; owned */
    char *note;    /* below all items while it is the current one; NULL: none; owned */
    long value;
    bool checked; /* shown with a mark: columns that are on */
    bool heading; /* of the items below it: never the current one */
};

struct menu {
    char *title;
    struct menu_item *items;
    size_t count, room;
    size_t cursor, top;
    size_t lead;      /* bytes before each text's first word: a key, padded */
    bool checks;      /* Space turns the item's mark over */
    char typed[32];   /* letters typed so far, to find an item */
    struct area rows; /* where the items were drawn last: what a click means */
};

enum menu_answer { MENU_OPEN, MENU_CHOSEN, MENU_CANCELLED, MENU_TOGGLED };

void menu_init(struct menu *menu, const char *title);
void menu_release(struct menu *menu);
/* Appends an item; texts are copied, hint and refusal may be NULL. */
void menu_add(struct menu *menu, long value, const char *text, const char *hint, const char *refusal);
/* Gives the item that was added last a note. */
void menu_note(struct menu *menu, const char *note);
/* Appends a heading for the items that are added after it. */
void menu_add_heading(struct menu *menu, const char *text);
/* Moves, or finds by letters typed, in first words first; a click goes to an item, a second one
 * takes it. After MENU_CHOSEN and MENU_TOGGLED menu_current() is meant; an item with a refusal is never
 * chosen. */
enum menu_answer menu_key(struct menu *menu, const struct keystroke *key);
/* NULL when the menu has no items. */
struct menu_item *menu_current(struct menu *menu);
/* Draws the menu within the area, as tall as it needs and has room for. Where it is too narrow for hints and
 * refusals beside the items, or for all of them, the current one's has a line of its own. */
void menu_draw(struct menu *menu, const struct terminal *terminal, struct area area);
