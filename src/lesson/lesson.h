/* A lesson as it was read from its file: steps of text, commands, questions and expectations. Plain data: who
 * plays it is lesson/play.h, who reads it lesson/load.h. forklore-lesson(5) describes the file. */
#pragma once

#include "lesson/lesson_text.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    LESSON_STEPS_MAX = 8,
    LESSON_CHOICES_MIN = 2,
    LESSON_CHOICES_MAX = 4,
    LESSON_ACTORS_MAX = 5, /* that are alive in a step */

    /* What a screen of 80x24 has room for, in cells and lines. A value in braces counts LESSON_VALUE_CELLS.
     */
    LESSON_TITLE_CELLS = 30,
    LESSON_TEXT_CELLS = 78,
    LESSON_TEXT_LINES = 5,
    LESSON_QUESTION_CELLS = 78,
    LESSON_CHOICE_LINES = 2,
    LESSON_LISTING_CELLS = 74,
    LESSON_LISTING_LINES = 25,
    LESSON_VALUE_CELLS = 7,
    LESSON_CHOICE_KEY_CELLS = 2, /* "1 " before a choice */
    LESSON_CHOICE_GAP_CELLS = 3, /* between two in a line; none is broken */
};

/* A comment of a listing. */
struct lesson_comment {
    char *words;             /* as the listing has them */
    struct lesson_text text; /* in the languages of the lesson, these words among them */
};

/* What a student would write: compiled where it is C, run, and its output compared. */
struct lesson_listing {
    int line;   /* in the lesson's file, as all of these */
    char *file; /* "zombie.c": its suffix, .c or .py, is its language */
    char *text;
    char *prints;   /* its standard output; NULL: not looked at. {NAME} stands for a number there, the same
                       wherever the name is the same */
    bool any_order; /* of the lines it prints */
    char *input;    /* for its standard input; NULL: none */
    int status;     /* its exit status, as a shell tells it */
    char **needs;   /* lines of `forklore doctor` without which it is not run; ends with NULL */
    struct lesson_comment *comments; /* each once, however often it stands there */
    size_t comment_count;
};

struct lesson_choice {
    int line;
    char *is;   /* the value that makes it the right one, or, with `when`, just its name */
    char *when; /* the expectation that makes it the right one: "b gone"; NULL: the answer equals `is` */
    struct lesson_text label; /* empty: `is` */
    struct lesson_text why;   /* what is so and why, told when it was chosen */
};

struct lesson_question {
    int line;
    struct lesson_text question;
    char *answer; /* a term, "b.stat[0]"; NULL: every choice has a `when` */
    struct lesson_choice *choices;
    size_t choice_count;
};

struct lesson_mark {
    char *file;   /* of a listing of this lesson */
    int from, to; /* lines of it, from 1 */
};

struct lesson_step {
    int line;
    struct lesson_text say;      /* before the acts */
    struct lesson_text then;     /* after them, where there is no question; empty: `say` stays */
    struct lesson_question *ask; /* NULL: none */
    char *acts;                  /* lab commands; "": none */
    int acts_line;
    char *expect; /* expectations, a line each, without the word `expect`; "": none */
    int expect_line;
    struct lesson_mark *marks;
    size_t mark_count;
    char **shell;                 /* commands to try in another terminal: shown, never run; ends with NULL */
    char **needs;                 /* lines of `forklore doctor`; ends with NULL */
    struct lesson_text otherwise; /* why it is skipped where a need is not met */
    struct lesson_step *instead;  /* what is played in its place there; NULL: it is skipped */
    struct lesson_text notes;     /* for the teacher */
};

struct lesson {
    char *path; /* of its file */
    char *name;
    int number; /* that is shown before the title; -1: none */
    struct lesson_text title, goal;
    char **languages; /* that all of its texts have: "en", "zh_CN"; ends with NULL */
    struct lesson_listing *listings;
    size_t listing_count;
    struct lesson_step *steps;
    size_t step_count;
};

/* Takes NULL. */
void lesson_free(struct lesson *lesson);
/* NULL: the lesson has no such listing. */
const struct lesson_listing *lesson_listing(const struct lesson *lesson, const char *file);
/* The comment of these words; NULL: the listing has none such. */
struct lesson_comment *lesson_listing_comment(const struct lesson_listing *listing, const char *words,
                                              size_t length);
/* The listing as a reader of this locale is shown it: with its comments in that language. What is compiled
 * and run is its `text`. To be freed. */
char *lesson_listing_text(const struct lesson_listing *listing, const char *locale);
/* The expectation that makes this choice the right one, without the word `expect`: "b.stat[0] = Z". To be
 * freed. */
char *lesson_choice_expectation(const struct lesson_question *question, const struct lesson_choice *choice);
