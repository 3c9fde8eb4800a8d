/* The locale, and the language of the messages. */
#pragma once

#include <stddef.h>

/* Sets the locale from the environment and finds the catalogues. A locale that is not installed is replaced
 * by C.UTF-8; its messages are used all the same. */
void language_begin(void);
/* Chooses the language of the messages, in any locale: zh_CN, zh_CN.UTF-8, or zh for the first catalogue of
 * that language. Without a catalogue the messages are English. In the locale C, where gettext(3) translates
 * nothing and no other character than ASCII can be written, messages of a catalogue bring C.UTF-8 with them.
 */
void language_choose(const char *name);
/* The language in which the reader reads, for texts that are not messages: "zh_CN", "en". English also where
 * the encoding is not UTF-8, which could not show another. */
void language_now(char *ret, size_t size);
/* The same as HTML and SVG name it: "zh-CN". Returns tag. */
const char *language_tag(char *tag, size_t size);
/* The language that comes after this one when a key goes round: English, then each that has a catalogue. To
 * be freed. */
char *language_after(const char *name);
