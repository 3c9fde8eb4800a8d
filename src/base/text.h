/* Text on a screen: how many cells it takes, how to cut and pad it, and the one place where hostile text is made
 * harmless. A process chooses its own name: it may hold escape sequences, controls that turn the text round, or bytes
 * that are no characters at all. Everything that comes from a process passes text_clean() before it is shown. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Reads one character of the locale's encoding at `text`, which is `length` bytes long. Returns how many bytes it takes
 * (at least 1 while length > 0; 0 at the end) and its width in cells: 0 for a combining character, 1, or 2; 1 for a byte
 * that is no character. */
size_t text_step(const char *text, size_t length, int *ret_width);

/* Copies `from` to `to` (`size` bytes, cut between characters, always ended) and puts '?' in place of everything that is
 * not safe on a terminal: C0 and C1 controls, DEL, bidirectional controls, zero-width characters, line and paragraph
 * separators, bytes that are no character of the locale, characters without a width. Returns to. */
char *text_clean(char *to, size_t size, const char *from);
/* Whether text_clean() would leave the text as it is. */
bool text_is_clean(const char *text);

/* The width of the text in cells. */
int text_width(const char *text);
/* The number of leading bytes whose width is at most `cells`; combining characters stay with their base.
 * *ret_width, unless NULL, is the width of that part. */
size_t text_fit(const char *text, int cells, int *ret_width);
/* The number of leading bytes to drop so that `cells` cells are gone; a wide character cut in half is dropped whole and
 * *ret_missing (0 or 1) says how many blanks stand for its other half. */
size_t text_skip(const char *text, int cells, int *ret_missing);

/* Whether the locale's encoding is UTF-8. */
bool text_locale_is_utf8(void);
