#include "screen/lesson_layout.h"

enum {
    FULL_HEIGHT = 24, /* from this size on every part has its own place */
    FULL_WIDTH = 80,
    WIDE = 120, /* from this width on, tree and text stand side by side */
    TREE_WIDTH = 56,
    TEXT_WIDTH = 80, /* more than that goes to the tree */
    TREE_LINES = 6,
    TREE_LINES_MORE = 10, /* before the code gets lines that are left over */
    TEXT_CELLS = 5 * 78,  /* of the longest text */
    TEXT_LINES = 5,
    CODE_LINES = 5,
    CODE_LINES_MORE = 25,
    ASK_LINES = 3,
    RULE = 1,
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Takes `height` lines for a part, from `line` on, and goes on below it. */
static struct area take(int *line, int height, int column, int width)
{
    struct area area = { *line, column, height, width };
    *line += height;
    return area;
}

/* Lines that the longest text takes at this width. A line is seldom full, and a value may be longer than it
 * was counted. */
static int text_lines(int width)
{
    int cells = width > 12 ? width - 2 : 10;
    return (TEXT_CELLS + cells - 1) / cells + (cells < 70);
}

/* The text stands beside the tree; the code below has the whole width, so that none of its lines is broken.
 */
static void compute_wide(struct lesson_layout *layout, int height, int width)
{
    int right = width - TREE_WIDTH - 1 < TEXT_WIDTH ? width - TREE_WIDTH - 1 : TEXT_WIDTH;
    int left = width - right - 1, room = height - 2 - ASK_LINES, line = 1;
    int upper = RULE + text_lines(right), code = least(room - upper, RULE + CODE_LINES_MORE);
    upper = room - code;
    layout->heads = take(&line, 1, 0, left);
    layout->tree = take(&line, upper - 1, 0, left);
    layout->text = (struct area){ 1, left + 1, upper, right };
    layout->code = take(&line, code, 0, width);
    layout->ask = take(&line, ASK_LINES, 0, width);
    layout->text_has_rule = layout->beside = true;
}

static void compute_full(struct lesson_layout *layout, int height, int width)
{
    int left = height - FULL_HEIGHT, line = 1;
    int tree = least(left, TREE_LINES_MORE - TREE_LINES);
    left -= tree;
    int code = least(left, CODE_LINES_MORE - CODE_LINES);
    left -= code;
    layout->heads = take(&line, 1, 0, width);
    layout->tree = take(&line, TREE_LINES + tree + left, 0, width);
    layout->text = take(&line, RULE + TEXT_LINES, 0, width);
    layout->code = take(&line, RULE + CODE_LINES + code, 0, width);
    layout->ask = take(&line, ASK_LINES, 0, width);
    layout->text_has_rule = true;
}

/* What there is room for: the text with the question first of all, then some rows of the tree, then code. */
static void compute_small(struct lesson_layout *layout, int height, int width)
{
    enum { CODE_FROM = 3 };
    int line = layout->title.height, room = height - line - layout->keys.height;
    int tree = height >= 20 ? TREE_LINES : height >= 14 ? 4 : height >= 10 ? 2 : 0;
    if (tree) {
        layout->heads = take(&line, 1, 0, width);
        layout->tree = take(&line, tree, 0, width);
        room -= 1 + tree;
    }
    layout->text_has_rule = tree > 0;
    int text = least(room, layout->text_has_rule + text_lines(width) + ASK_LINES);
    if (room - text < CODE_FROM)
        text = room;
    layout->text = take(&line, text, 0, width);
    layout->code = take(&line, room - text, 0, width);
}

struct lesson_layout lesson_layout_compute(int height, int width)
{
    struct lesson_layout layout = {
        .title = { 0, 0, height >= 4, width },
        .keys = { height - 1, 0, height >= 3, width },
    };
    if (width >= WIDE && height >= FULL_HEIGHT)
        compute_wide(&layout, height, width);
    else if (width >= FULL_WIDTH && height >= FULL_HEIGHT)
        compute_full(&layout, height, width);
    else
        compute_small(&layout, height, width);
    return layout;
}
