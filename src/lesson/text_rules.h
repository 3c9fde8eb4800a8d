/* The rules that a text of a lesson keeps: how many lines it takes on the screen, and what characters it is
 * made of. The encoding is UTF-8 whatever the locale: callers see to that with text_rules_begin(). */
#pragma once

#include <stdbool.h>

/* From here to text_rules_end() widths are those of UTF-8. 0 or -errno. */
int text_rules_begin(void **ret);
void text_rules_end(void *begun);

/* How many lines of `cells` the text takes, each {value} counted as LESSON_VALUE_CELLS; *ret_widest is the
 * width it has when it is not broken, of its widest line if it has several. */
int text_rules_lines(const char *text, int cells, int *ret_widest);
/* The width of the text with its values counted so. */
int text_rules_width(const char *text);

struct text_complaint {
    char words[200];
};

/* Looks for the next thing from *at on that is not as it should be in this locale, and moves *at behind it.
 * False: there is no more. In any language that is a control character; in those of China, Japan and Korea
 * also one of ambiguous width; in Chinese also a missing blank between Chinese and Latin, and a half-width
 * mark beside Chinese. "" as the locale means all of them. In English it is whatever is not ASCII. */
bool text_rules_next(const char **at, const char *locale, struct text_complaint *ret);
