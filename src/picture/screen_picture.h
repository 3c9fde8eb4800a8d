/* A screen as a picture: its own cells as text, with ANSI colours, as SVG and as HTML. The same snapshot
 * gives the same bytes. Whether the stream took them, it knows: ferror(3). */
#pragma once

#include "screen/snapshot.h"

#include <stdint.h>
#include <stdio.h>

struct screen_picture {
    const struct snapshot *snapshot;
    const char *title;       /* of the picture, for screen readers and tabs */
    const char *description; /* one sentence more */
    const char *language;    /* of its texts: "en", "zh-CN" */
};

/* The characters alone; blanks at the ends of lines are left out. */
void screen_picture_text(const struct screen_picture *picture, FILE *to);
/* With the colours and attributes as SGR sequences of ECMA-48, 256 colours. */
void screen_picture_ansi(const struct screen_picture *picture, FILE *to);
/* SVG 1.1: real text in exact places, one word or one wide character at a time, so that no font can shift a
 * column. */
void screen_picture_svg(const struct screen_picture *picture, FILE *to);
/* A page of HTML that needs nothing else. */
void screen_picture_html(const struct screen_picture *picture, FILE *to);
