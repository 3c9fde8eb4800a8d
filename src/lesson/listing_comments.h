/* The comments of a listing, found as its language reads it: what looks like one in a string is none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Where a comment stands. One that goes over several lines is one comment for each of them. */
struct listing_comment {
    size_t mark;       /* where in the text the comment begins; in its further lines, its words */
    size_t at, length; /* its words: without the marks and the blanks beside them */
    int line;          /* from 1 */
};

/* Opaque; by value. The text is borrowed. */
struct listing_scan {
    const char *text;
    size_t at;
    int line;
    bool is_python, is_in_block;
};

/* The suffix of the file, .py or another, says which language it is. */
struct listing_scan listing_scan(const char *file, const char *text);
/* The next comment that has a letter in it: numbers and drawn lines are the same in any language. False:
 * there is no more. */
bool listing_scan_next(struct listing_scan *scan, struct listing_comment *ret);
