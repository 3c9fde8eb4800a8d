/* The words of a lesson's step as lines for a screen: broken, chosen and cut to the room there is. Knows no
 * lab and no terminal: plain data in, lines out. */
#pragma once

#include "screen/theme.h"

#include <stdbool.h>
#include <stddef.h>

enum lesson_stage {
    LESSON_READING,  /* the text is to be read */
    LESSON_ASKING,   /* the question is open */
    LESSON_ANSWERED, /* the kernel has shown the answer, or what the acts have done */
};

struct lesson_view_mark {
    int from, to; /* lines of the listing, from 1 */
};

enum { LESSON_VIEW_CHOICES = 4 };

/* What there is to show now. Everything is borrowed; texts are in the reader's language. */
struct lesson_view {
    int number; /* -1: none */
    const char *title;
    size_t step, steps; /* step counts from 1; 0: not in a step */
    const char *phase;
    const char *language;      /* of the texts: "en" */
    const char *code_language; /* "C", "Python"; "": there is no listing */
    enum lesson_stage stage;
    const char *remark; /* above the text: that the step is done another way; "": nothing */
    const char *text;
    const char *listing_name, *listing; /* NULL: none */
    const struct lesson_view_mark *marks;
    size_t mark_count;
    const char *const *calls; /* newest last */
    size_t call_count;
    const char *const *failures;
    size_t failure_count;
    const char *question; /* NULL: none */
    const char *choices[LESSON_VIEW_CHOICES];
    size_t choice_count;
    int highlighted;    /* of the choices, while asking */
    int predicted;      /* -1: nothing was */
    int right;          /* -1: none was right */
    const char *answer; /* what the kernel showed, in words; "": the right choice's words say it */
    bool comes_again;   /* the missed question does, at the end */
};

struct lesson_line {
    char *text;
    enum style style;
    size_t mark_from, mark_to; /* bytes that are set off: the highlighted choice, the arrow; equal: none */
};

/* Zero-initialised is empty. */
struct lesson_lines {
    struct lesson_line *lines;
    size_t count, room;
};

void lesson_lines_release(struct lesson_lines *lines);
/* Adds a text in as many lines as it needs. */
void lesson_lines_add(struct lesson_lines *lines, enum style style, const char *text, int width);
/* Drops what is beyond `rows` and ends the last line that is left by "...". */
void lesson_lines_cut(struct lesson_lines *lines, size_t rows, int width);

/* The text. */
void lesson_lines_text(struct lesson_lines *lines, const struct lesson_view *view, int width);
/* Calls, question and choices, answer, as they belong to the stage, in `rows` lines at most. */
void lesson_lines_ask(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows);
/* All of that where the question has no place of its own: what matters now comes first. */
void lesson_lines_all(struct lesson_lines *lines, const struct lesson_view *view, int width);
/* `rows` lines of the listing around the marked ones, each marked one with an arrow before it. A line that is
 * too wide goes on below itself. *ret_first and *ret_last are the first and the last line of the listing that
 * is there, from 1, and *ret_count how many it has. */
void lesson_lines_code(struct lesson_lines *lines, const struct lesson_view *view, int width, size_t rows,
                       int *ret_first, int *ret_last, int *ret_count);

enum { LESSON_ARROW_CELLS = 3 };
