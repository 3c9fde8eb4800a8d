/* Colours. A theme gives each role of the screen a style for 256 colours, for 8, and for none. Colour adds
 * and never carries: whatever it says is also said by a glyph or a word. */
#pragma once

#include <stdbool.h>

enum style {
    STYLE_PLAIN,
    STYLE_DIM,
    STYLE_HEADER,
    STYLE_HEADS,
    STYLE_SORTED,
    STYLE_LINES,
    STYLE_ACTOR,
    STYLE_SELF,
    STYLE_RUNNING,
    STYLE_UNINTERRUPTIBLE,
    STYLE_STOPPED,
    STYLE_ZOMBIE,
    STYLE_NICE_LOW,
    STYLE_NICE_HIGH,
    STYLE_NEW,
    STYLE_GONE,
    STYLE_GHOST,
    STYLE_CHANGED,
    STYLE_TAGGED,
    STYLE_MATCH,
    STYLE_RULE,
    STYLE_KEY,
    STYLE_LABEL,
    STYLE_BANNER,
    STYLE_ERROR,
    STYLE_WRONG,
    STYLE_BOX,
    STYLE_CHOSEN,
    STYLE_COUNT
};

struct theme;

/* "dark", "light", "mono"; NULL: the first. NULL is returned for an unknown name. */
const struct theme *theme_find(const char *name);
/* Whether it is made for a light background. */
bool theme_is_light(const struct theme *theme);
/* Names of all themes, ended by NULL; for help and completion. */
const char *const *theme_names(void);

/* Sets up the terminal's colour pairs for `colours` (0, 8, 256 or more; anything from 8 to 255 counts as 8).
 * After start_color(). */
void theme_install(const struct theme *theme, int colours);
/* The curses attributes and colour pair of a style. On a selected row the background is set off too. */
unsigned long theme_attributes(const struct theme *theme, int colours, enum style style, bool selected);
