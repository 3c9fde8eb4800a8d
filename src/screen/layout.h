/* Where everything stands, for any size from 20x5 up. */
#pragma once

#include <stdbool.h>

struct area {
    int line, column, height, width;
};

struct layout {
    struct area header; /* height 0 when there is no room */
    struct area heads;  /* the columns' titles */
    struct area tree;
    struct area panel;   /* width 0: not shown */
    struct area log;     /* its first line is a rule; height 0 when there is no room */
    struct area explain; /* one line */
    struct area keys;    /* one line */
    bool panel_covers;   /* the panel stands over the tree, not beside it */
};

/* `panel`: one is asked for; `header`: the machine's line is wanted. */
struct layout layout_compute(int height, int width, bool panel, bool header);
/* Whether a panel has room beside the tree. */
bool layout_wide(int width);
