/* A lesson on paper: its texts, listings and questions, with the answers for the teacher if wanted. UTF-8,
 * whatever the locale. Values that a text reads from the kernel stand there by name: what they are is seen
 * when the lesson is played. */
#pragma once

#include "lesson/lesson.h"

#include <stdio.h>

enum handout_format {
    HANDOUT_NONE,
    HANDOUT_HTML,     /* one whole HTML 5 document */
    HANDOUT_MARKDOWN, /* CommonMark */
};

enum { HANDOUT_UNKNOWN = -1 };

struct handout {
    enum handout_format format;
    const char *language; /* of the lesson's texts: "zh_CN" */
    bool with_answers;    /* and what is for the teacher */
};

/* By the end of the file's name: .html, .htm, .md. */
enum handout_format handout_format_of(const char *path);

/* What is before the first lesson. */
void handout_begin(const struct handout *handout, FILE *out, const char *title);
/* `right` has the index of the right choice for each step of the lesson, as the kernel showed it;
 * HANDOUT_UNKNOWN: the step has no question, or could not be played. NULL: nothing is known. */
void handout_lesson(const struct handout *handout, FILE *out, const struct lesson *lesson, const int *right);
void handout_end(const struct handout *handout, FILE *out);
