#include "machine/mountinfo.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Of "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue", counted from 1; behind
 * the hyphen from 1 again. */
enum { FIELD_POINT = 5, FIELD_OPTIONS = 6, FIELD_SUPER_OPTIONS = 3 };

struct piece {
    const char *text;
    size_t length;
};

/* The field of this number; an empty piece when the line, which ends at `end`, has fewer. */
static struct piece field(const char *line, const char *end, int number)
{
    for (; line < end && --number > 0; line = line < end ? line + 1 : end)
        line += strcspn(line, " \n");
    size_t length = line < end ? strcspn(line, " \n") : 0;
    return (struct piece){ line, length };
}

static bool piece_is(struct piece piece, const char *text)
{
    return piece.length == strlen(text) && memcmp(piece.text, text, piece.length) == 0;
}

/* Whether "rw,hidepid=2" holds the option; its value is written then. */
static bool find_option(struct piece options, const char *option, char *value, size_t size)
{
    size_t name = strlen(option);
    for (size_t at = 0, length; at < options.length; at += length + 1) {
        const char *word = options.text + at;
        length = strcspn(word, ", \n");
        bool has_value = length > name && word[name] == '=';
        if ((length != name && !has_value) || memcmp(word, option, name) != 0)
            continue;
        size_t skip = name + has_value;
        snprintf(value, size, "%.*s", (int)(length - skip), word + skip);
        return true;
    }
    return false;
}

int mountinfo_option(const char *text, const char *point, const char *option, char *value, size_t size)
{
    int r = -ENOENT;
    for (const char *line = text, *end; *line; line = *end ? end + 1 : end) {
        end = line + strcspn(line, "\n");
        if (!piece_is(field(line, end, FIELD_POINT), point))
            continue;
        const char *hyphen = strstr(line, " - ");
        struct piece super = { line, 0 };
        if (hyphen && hyphen < end)
            super = field(hyphen + strlen(" - "), end, FIELD_SUPER_OPTIONS);
        bool found = find_option(field(line, end, FIELD_OPTIONS), option, value, size) ||
                     find_option(super, option, value, size);
        r = found ? 0 : -ENODATA;
    }
    return r;
}
