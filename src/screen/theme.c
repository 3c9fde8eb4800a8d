#include "screen/theme.h"

#include <curses.h>
#include <string.h>

enum { NONE = -1 };

struct paint {
    short colour256, background256;
    short colour8, background8;
    attr_t attributes; /* with colours */
    attr_t mono;       /* without */
};

struct theme {
    const char *name;
    bool colourless;
    bool light;        /* for a light background */
    short selected256; /* background of the selected row */
    struct paint paints[STYLE_COUNT];
};

static const struct theme themes[] = {
    { .name = "dark",
      .selected256 = 237,
      .paints = {
          [STYLE_PLAIN] = { NONE, NONE, NONE, NONE, 0, 0 },
          [STYLE_DIM] = { 245, NONE, NONE, NONE, 0, 0 },
          [STYLE_HEADER] = { 252, NONE, NONE, NONE, 0, 0 },
          [STYLE_HEADS] = { 110, NONE, COLOR_CYAN, NONE, A_BOLD, A_BOLD },
          [STYLE_SORTED] = { 223, NONE, COLOR_YELLOW, NONE, A_BOLD, A_BOLD | A_UNDERLINE },
          [STYLE_LINES] = { 242, NONE, COLOR_BLUE, NONE, 0, 0 },
          [STYLE_ACTOR] = { 159, NONE, COLOR_CYAN, NONE, A_BOLD, A_BOLD },
          [STYLE_SELF] = { 223, NONE, COLOR_YELLOW, NONE, 0, 0 },
          [STYLE_RUNNING] = { 114, NONE, COLOR_GREEN, NONE, 0, A_BOLD },
          [STYLE_UNINTERRUPTIBLE] = { 208, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_STOPPED] = { 180, NONE, COLOR_YELLOW, NONE, 0, A_BOLD },
          [STYLE_ZOMBIE] = { 203, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_NICE_LOW] = { 203, NONE, COLOR_RED, NONE, 0, 0 },
          [STYLE_NICE_HIGH] = { 114, NONE, COLOR_GREEN, NONE, 0, 0 },
          [STYLE_NEW] = { 114, NONE, COLOR_GREEN, NONE, A_BOLD, A_BOLD },
          [STYLE_GONE] = { 174, NONE, COLOR_RED, NONE, 0, A_DIM },
          [STYLE_GHOST] = { 246, NONE, COLOR_MAGENTA, NONE, 0, A_DIM },
          [STYLE_CHANGED] = { 221, NONE, COLOR_YELLOW, NONE, A_BOLD, A_BOLD },
          [STYLE_TAGGED] = { 221, NONE, COLOR_YELLOW, NONE, A_BOLD, A_BOLD },
          [STYLE_MATCH] = { 234, 221, COLOR_BLACK, COLOR_YELLOW, 0, A_UNDERLINE },
          [STYLE_RULE] = { 242, NONE, COLOR_BLUE, NONE, 0, 0 },
          [STYLE_KEY] = { 223, NONE, COLOR_YELLOW, NONE, A_BOLD, A_BOLD },
          [STYLE_LABEL] = { 250, NONE, NONE, NONE, 0, 0 },
          [STYLE_BANNER] = { 234, 180, COLOR_BLACK, COLOR_YELLOW, 0, A_REVERSE },
          [STYLE_ERROR] = { 217, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_WRONG] = { 217, NONE, COLOR_RED, NONE, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE },
          [STYLE_BOX] = { 252, 235, NONE, NONE, 0, 0 },
          [STYLE_CHOSEN] = { 234, 110, COLOR_BLACK, COLOR_CYAN, 0, A_REVERSE },
      } },
    { .name = "light",
      .light = true,
      .selected256 = 254,
      .paints = {
          [STYLE_PLAIN] = { NONE, NONE, NONE, NONE, 0, 0 },
          [STYLE_DIM] = { 242, NONE, NONE, NONE, 0, 0 },
          [STYLE_HEADER] = { 236, NONE, NONE, NONE, 0, 0 },
          [STYLE_HEADS] = { 25, NONE, COLOR_BLUE, NONE, A_BOLD, A_BOLD },
          [STYLE_SORTED] = { 94, NONE, COLOR_MAGENTA, NONE, A_BOLD, A_BOLD | A_UNDERLINE },
          [STYLE_LINES] = { 247, NONE, COLOR_CYAN, NONE, 0, 0 },
          [STYLE_ACTOR] = { 25, NONE, COLOR_BLUE, NONE, A_BOLD, A_BOLD },
          [STYLE_SELF] = { 94, NONE, COLOR_MAGENTA, NONE, 0, 0 },
          [STYLE_RUNNING] = { 28, NONE, COLOR_GREEN, NONE, A_BOLD, A_BOLD },
          [STYLE_UNINTERRUPTIBLE] = { 166, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_STOPPED] = { 94, NONE, COLOR_MAGENTA, NONE, 0, A_BOLD },
          [STYLE_ZOMBIE] = { 160, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_NICE_LOW] = { 160, NONE, COLOR_RED, NONE, 0, 0 },
          [STYLE_NICE_HIGH] = { 28, NONE, COLOR_GREEN, NONE, 0, 0 },
          [STYLE_NEW] = { 28, NONE, COLOR_GREEN, NONE, A_BOLD, A_BOLD },
          [STYLE_GONE] = { 131, NONE, COLOR_RED, NONE, 0, A_DIM },
          [STYLE_GHOST] = { 243, NONE, COLOR_MAGENTA, NONE, 0, A_DIM },
          [STYLE_CHANGED] = { 130, NONE, COLOR_MAGENTA, NONE, A_BOLD, A_BOLD },
          [STYLE_TAGGED] = { 130, NONE, COLOR_MAGENTA, NONE, A_BOLD, A_BOLD },
          [STYLE_MATCH] = { 16, 222, COLOR_BLACK, COLOR_YELLOW, 0, A_UNDERLINE },
          [STYLE_RULE] = { 247, NONE, COLOR_CYAN, NONE, 0, 0 },
          [STYLE_KEY] = { 25, NONE, COLOR_BLUE, NONE, A_BOLD, A_BOLD },
          [STYLE_LABEL] = { 238, NONE, NONE, NONE, 0, 0 },
          [STYLE_BANNER] = { 231, 94, COLOR_WHITE, COLOR_MAGENTA, A_BOLD, A_REVERSE },
          [STYLE_ERROR] = { 160, NONE, COLOR_RED, NONE, A_BOLD, A_BOLD },
          [STYLE_WRONG] = { 160, NONE, COLOR_RED, NONE, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE },
          [STYLE_BOX] = { 235, 255, NONE, NONE, 0, 0 },
          [STYLE_CHOSEN] = { 231, 25, COLOR_WHITE, COLOR_BLUE, A_BOLD, A_REVERSE },
      } },
};

/* The mono theme is the dark one's attributes without its colours. */
static const struct theme mono = { .name = "mono", .colourless = true };

static const char *const names[] = { "dark", "light", "mono", NULL };

const char *const *theme_names(void)
{
    return names;
}

const struct theme *theme_find(const char *name)
{
    if (!name)
        return &themes[0];
    if (strcmp(name, mono.name) == 0)
        return &mono;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        if (strcmp(name, themes[i].name) == 0)
            return &themes[i];
    return NULL;
}

bool theme_is_light(const struct theme *theme)
{
    return theme->light;
}

/* Two pairs for each style: as it is, and on the selected row's background. */
static short pair_of(enum style style, bool selected)
{
    return (short)(1 + style * 2 + selected);
}

void theme_install(const struct theme *theme, int colours)
{
    if (colours < 8 || theme->colourless)
        return;
    for (int style = 0; style < STYLE_COUNT; style++) {
        const struct paint *paint = &theme->paints[style];
        if (colours >= 256) {
            short selected = paint->background256 == NONE ? theme->selected256 : paint->background256;
            init_pair(pair_of(style, false), paint->colour256, paint->background256);
            init_pair(pair_of(style, true), paint->colour256, selected);
        } else {
            init_pair(pair_of(style, false), paint->colour8, paint->background8);
            init_pair(pair_of(style, true), paint->colour8, paint->background8);
        }
    }
}

unsigned long theme_attributes(const struct theme *theme, int colours, enum style style, bool selected)
{
    if (colours < 8 || theme->colourless) {
        attr_t attributes = themes[0].paints[style].mono;
        return selected ? attributes | A_REVERSE : attributes;
    }
    const struct paint *paint = &theme->paints[style];
    attr_t attributes = paint->attributes | COLOR_PAIR(pair_of(style, selected));
    return selected && colours < 256 ? attributes | A_REVERSE : attributes;
}
