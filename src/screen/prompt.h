/* A line to type into, at the bottom of the screen: with a history, completion, and an error under the place
 * it is about. */
#pragma once

#include "screen/keystroke.h"
#include "screen/layout.h"
#include "screen/terminal.h"

#include <stdbool.h>
#include <stddef.h>

enum { PROMPT_SIZE = 512, PROMPT_HISTORY = 100 };

/* What was typed before, the newest last. Zero-initialised is empty. */
struct prompt_history {
    char *lines[PROMPT_HISTORY];
    size_t count;
};

void prompt_history_release(struct prompt_history *history);
/* Remembers a line, unless it is empty or the same as the last one. */
void prompt_history_add(struct prompt_history *history, const char *line);

struct prompt {
    char label[96];
    char text[PROMPT_SIZE];
    size_t cursor;                  /* byte in text */
    char error[200];                /* "": none */
    int error_column;               /* characters from 1; 0: the error is about no place */
    char hint[200];                 /* shown while there is no error: what can be typed */
    size_t marked, marked_to;       /* the bytes of it that the cursor is in; equal: none */
    char words[200];                /* and what they mean, behind it */
    struct prompt_history *history; /* NULL: none */
    size_t recalled;                /* how many lines back */
    char draft[PROMPT_SIZE];        /* what was typed before the first recall */
    bool proposed; /* the text is a proposal: a character that is typed first takes its place */
};

enum prompt_answer { PROMPT_OPEN, PROMPT_CHANGED, PROMPT_DONE, PROMPT_CANCELLED, PROMPT_COMPLETE };

void prompt_init(struct prompt *prompt, const char *label, const char *text, struct prompt_history *history);
/* Edits the line. PROMPT_COMPLETE: Tab was pressed. */
enum prompt_answer prompt_key(struct prompt *prompt, const struct keystroke *key);
/* Puts `text` in place of the bytes from `from` to the cursor. */
void prompt_replace(struct prompt *prompt, size_t from, const char *text);
/* Shows a hint, with the bytes from `marked` to `marked_to` set off (equal: none), and words behind it. */
void prompt_hint(struct prompt *prompt, const char *hint, size_t marked, size_t marked_to, const char *words);
/* Shows an error, and underlines the word that begins at that column; typing takes both away. */
void prompt_fail(struct prompt *prompt, int column, const char *text);
/* Draws the line in the area's first line and the error, or the hint, in its second. */
void prompt_draw(const struct prompt *prompt, const struct terminal *terminal, struct area area);
