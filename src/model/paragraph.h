/* Text broken into lines, as a person would: at blanks, and between characters of Chinese, Japanese and Korean. */
#pragma once

#include <stddef.h>

/* Where the next line of `text` ends, for lines of `width` cells. Returns how many bytes to go on by (0 at the end of the
 * text, else at least one character, be it too wide) and in *ret_length how many of them to show: the blanks at the break
 * are left out. A newline always ends a line. */
size_t paragraph_next(const char *text, int width, size_t *ret_length);
