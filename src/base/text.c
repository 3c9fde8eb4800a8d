#include "base/text.h"

#include <langinfo.h>
#include <string.h>
#include <wchar.h>

static size_t read_character(const char *text, size_t length, wchar_t *ret)
{
    mbstate_t state = { 0 };
    size_t taken = mbrtowc(ret, text, length, &state);
    return taken == (size_t)-1 || taken == (size_t)-2 ? 0 : taken;
}

/* Characters that have no business in a process's name on a terminal though iswprint() may let them through:
 * Unicode's bidirectional controls, zero-width characters, separators, the byte order mark and tag
 * characters. */
static bool is_deceptive(wchar_t c)
{
    return (c >= 0x80 && c < 0xa0) || c == 0xad || c == 0x061c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static bool is_safe(wchar_t c)
{
    return c >= 0x20 && c != 0x7f && !is_deceptive(c) && wcwidth(c) >= 0;
}

size_t text_step(const char *text, size_t length, int *ret_width)
{
    *ret_width = 0;
    if (!length)
        return 0;
    if ((unsigned char)*text < 0x80) {
        *ret_width = 1;
        return 1;
    }
    wchar_t c;
    size_t taken = read_character(text, length, &c);
    int width = taken ? wcwidth(c) : -1;
    *ret_width = width < 0 ? 1 : width;
    return taken ? taken : 1;
}

/* Nearly all names are plain ASCII throughout; those need no conversion. */
static size_t plain_length(const char *text)
{
    size_t length = 0;
    while (text[length] >= 0x20 && text[length] < 0x7f)
        length++;
    return length;
}

char *text_clean(char *to, size_t size, const char *from)
{
    size_t used = plain_length(from);
    if (used >= size)
        used = size ? size - 1 : 0;
    memcpy(to, from, used);
    from += used;
    for (size_t length = strlen(from); length;) {
        wchar_t c;
        size_t taken = read_character(from, length, &c);
        bool keep = taken && is_safe(c);
        size_t needed = keep ? taken : 1;
        if (used + needed >= size)
            break;
        if (keep)
            memcpy(to + used, from, taken);
        else
            to[used] = '?';
        used += needed;
        if (!taken)
            taken = 1;
        from += taken;
        length -= taken;
    }
    if (size)
        to[used] = '\0';
    return to;
}

bool text_is_clean(const char *text)
{
    for (size_t length = strlen(text), taken; length; text += taken, length -= taken) {
        wchar_t c;
        taken = read_character(text, length, &c);
        if (!taken || !is_safe(c))
            return false;
    }
    return true;
}

int text_width(const char *text)
{
    size_t length = strlen(text), taken = plain_length(text);
    int total = (int)taken, width;
    do {
        text += taken;
        length -= taken;
        taken = text_step(text, length, &width);
        total += width;
    } while (taken > 0);
    return total;
}

size_t text_fit(const char *text, int cells, int *ret_width)
{
    size_t length = strlen(text), at = 0, taken;
    int total = 0, width;
    while ((taken = text_step(text + at, length - at, &width)) > 0 && total + width <= cells) {
        total += width;
        at += taken;
    }
    if (ret_width)
        *ret_width = total;
    return at;
}

size_t text_skip(const char *text, int cells, int *ret_missing)
{
    size_t length = strlen(text), at = 0, taken;
    int total = 0, width;
    while (total < cells && (taken = text_step(text + at, length - at, &width)) > 0) {
        total += width;
        at += taken;
    }
    /* what combines with a dropped character goes with it */
    while (cells > 0 && (taken = text_step(text + at, length - at, &width)) > 0 && width == 0)
        at += taken;
    *ret_missing = total > cells ? total - cells : 0;
    return at;
}

bool text_locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
