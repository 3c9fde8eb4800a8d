#include "lesson/listing_comments.h"

#include <ctype.h>
#include <string.h>

struct listing_scan listing_scan(const char *file, const char *text)
{
    size_t length = strlen(file);
    return (struct listing_scan){
        .text = text,
        .line = 1,
        .is_python = length > 3 && strcmp(file + length - 3, ".py") == 0,
    };
}

static bool is_here(const struct listing_scan *scan, const char *what)
{
    return strncmp(scan->text + scan->at, what, strlen(what)) == 0;
}

/* Goes on, not beyond the end, and counts the lines that are left behind. */
static void skip(struct listing_scan *scan, size_t length)
{
    for (; length && scan->text[scan->at]; length--)
        scan->line += scan->text[scan->at++] == '\n';
}

/* From the opening quotes to behind the closing ones. One that is not closed ends with its line, unless it is
 * of Python's long ones. */
static void skip_string(struct listing_scan *scan)
{
    char quote = scan->text[scan->at], end[4] = { quote, quote, quote, '\0' };
    bool is_long = scan->is_python && is_here(scan, end);
    if (!is_long)
        end[1] = '\0';
    skip(scan, strlen(end));
    while (scan->text[scan->at] && !is_here(scan, end)) {
        if (scan->text[scan->at] == '\n' && !is_long)
            return;
        skip(scan, scan->text[scan->at] == '\\' ? 2 : 1);
    }
    skip(scan, strlen(end));
}

/* The words from here on, `length` bytes with blanks and, in C's blocks, a star before them. False: there are
 * no letters. */
static bool take_words(struct listing_scan *scan, size_t length, struct listing_comment *ret)
{
    const char *from = scan->text + scan->at, *to = from + length;
    bool has_letter = false;
    while (from < to && *from == ' ')
        from++;
    if (scan->is_in_block && to - from > 1 && from[0] == '*' && from[1] == ' ')
        from++;
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    for (const char *at = from; at < to; at++)
        has_letter = has_letter || isalpha((unsigned char)*at) || (unsigned char)*at >= 0x80;
    ret->at = (size_t)(from - scan->text);
    ret->length = (size_t)(to - from);
    ret->line = scan->line;
    return has_letter;
}

/* A line of a comment between the marks of C. */
static bool take_block(struct listing_scan *scan, struct listing_comment *ret)
{
    size_t length = 0;
    const char *text = scan->text + scan->at;
    while (text[length] && text[length] != '\n' && strncmp(text + length, "*/", 2) != 0)
        length++;
    bool found = take_words(scan, length, ret), ends = text[length] == '*';
    ret->mark = ret->at;
    skip(scan, length + (ends ? 2 : 1));
    scan->is_in_block = !ends;
    return found;
}

static bool take_line(struct listing_scan *scan, struct listing_comment *ret)
{
    bool is_program_name = scan->at == 0 && is_here(scan, "#!");
    ret->mark = scan->at;
    skip(scan, scan->is_python ? 1 : 2);
    size_t length = strcspn(scan->text + scan->at, "\n");
    bool found = take_words(scan, length, ret) && !is_program_name;
    skip(scan, length);
    return found;
}

bool listing_scan_next(struct listing_scan *scan, struct listing_comment *ret)
{
    while (scan->text[scan->at]) {
        char here = scan->text[scan->at];
        if (scan->is_in_block) {
            if (take_block(scan, ret))
                return true;
        } else if (here == '"' || here == '\'') {
            skip_string(scan);
        } else if (scan->is_python ? here == '#' : is_here(scan, "//")) {
            if (take_line(scan, ret))
                return true;
        } else if (!scan->is_python && is_here(scan, "/*")) {
            size_t mark = scan->at;
            skip(scan, 2);
            scan->is_in_block = true;
            if (take_block(scan, ret)) {
                ret->mark = mark;
                return true;
            }
        } else {
            skip(scan, 1);
        }
    }
    return false;
}
