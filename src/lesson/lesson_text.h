/* A text in several languages, and the values of the kernel in it: "{b.pid}". */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct lesson_variant {
    char *locale; /* "en", "zh_CN"; "": it is the same in all */
    char *text; /* blanks and line ends are one blank, none between two wide characters nor beside full-width
                   punctuation; \n begins a line */
};

/* Zero-initialised is empty. */
struct lesson_text {
    struct lesson_variant *variants;
    size_t count;
    int line; /* in its file */
};

bool lesson_text_is_empty(const struct lesson_text *text);
/* The text for a reader of this locale: "zh_CN.UTF-8" takes zh_CN, else zh, else any zh_XX, else en, else the
 * first. "" when the text is empty. Borrowed. */
const char *lesson_text_in(const struct lesson_text *text, const char *locale);
/* Adds a variant, or replaces the one of that locale. `text` is tidied: see struct lesson_variant. */
void lesson_text_set(struct lesson_text *text, const char *locale, const char *value);
/* The same with the text as it is, blanks and all. */
void lesson_text_set_exactly(struct lesson_text *text, const char *locale, const char *value);
/* Whether there is a variant of just this locale, or one for all. */
bool lesson_text_has(const struct lesson_text *text, const char *locale);
void lesson_text_release(struct lesson_text *text);

/* Where the next {OBJECT.FIELD} in `text` begins and how long it is with its braces; NULL: there is none.
 * Braces around anything else, as in {name: ip}, are just characters. */
const char *lesson_text_value(const char *text, size_t *ret_length);
/* The text with each {OBJECT.FIELD} replaced by what read() writes for the term between the braces: to be
 * freed. */
char *lesson_text_fill(const char *text, void (*read)(void *data, const char *term, char *ret, size_t size),
                       void *data);
