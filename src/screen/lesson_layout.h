/* Where everything of a lesson's step stands, for any size from 20x5 up. From 80x24 every line is spoken for:
 * its text, five lines of code, and three lines for calls, question and answer. Wide screens put the tree
 * left and the text right. Smaller ones have no lines of their own for the question: it joins the text. */
#pragma once

#include "screen/layout.h"

struct lesson_layout {
    struct area title; /* height 0 when there is no room, as of the others */
    struct area heads, tree;
    struct area text; /* its first line is a rule, unless it has no tree above it */
    struct area code; /* its first line is a rule */
    struct area ask;  /* the calls, the question, the answer; height 0: they stand in `text` */
    struct area keys;
    bool text_has_rule;
    bool beside; /* the text stands beside the tree; the column between them is a bar */
};

struct lesson_layout lesson_layout_compute(int height, int width);
