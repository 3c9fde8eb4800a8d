#include "lesson/text_rules.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/ambiguous.h"
#include "lesson/lesson.h"
#include "model/paragraph.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct begun {
    locale_t before, utf8;
};

int text_rules_begin(void **ret)
{
    locale_t base = duplocale(LC_GLOBAL_LOCALE);
    locale_t utf8 = base ? newlocale(LC_CTYPE_MASK, "C.UTF-8", base) : (locale_t)0;
    if (!utf8) {
        int error = -errno;
        if (base)
            freelocale(base);
        return error;
    }
    struct begun *begun = xmalloc(sizeof *begun);
    *begun = (struct begun){ .before = uselocale(utf8), .utf8 = utf8 };
    *ret = begun;
    return 0;
}

void text_rules_end(void *data)
{
    struct begun *begun = data;
    uselocale(begun->before);
    freelocale(begun->utf8);
    free(begun);
}

static void write_widest(void *data, const char *term, char *ret, size_t size)
{
    (void)data;
    (void)term;
    snprintf(ret, size, "%0*d", LESSON_VALUE_CELLS, 0);
}

int text_rules_lines(const char *text, int cells, int *ret_widest)
{
    char *filled = lesson_text_fill(text, write_widest, NULL);
    int lines = 0;
    size_t length;
    *ret_widest = 0;
    for (const char *at = filled; *at; at += strcspn(at, "\n") + !!at[strcspn(at, "\n")]) {
        char *line = xstrndup(at, strcspn(at, "\n"));
        int width = text_width(line);
        *ret_widest = width > *ret_widest ? width : *ret_widest;
        free(line);
    }
    for (size_t at = 0, taken; (taken = paragraph_next(filled + at, cells, &length)) > 0; at += taken)
        lines++;
    free(filled);
    return lines;
}

int text_rules_width(const char *text)
{
    int width;
    text_rules_lines(text, LESSON_TEXT_CELLS, &width);
    return width;
}

static bool is_of(const char *locale, const char *language)
{
    size_t length = strlen(language);
    return strncmp(locale, language, length) == 0 && !islower((unsigned char)locale[length]);
}

static bool is_east_asian(const char *locale)
{
    return !*locale || is_of(locale, "zh") || is_of(locale, "ja") || is_of(locale, "ko");
}

/* The character at `text` with its length in bytes; 0 at the end. */
static wchar_t character_at(const char *text, size_t *ret_length)
{
    mbstate_t state = { 0 };
    wchar_t character = 0;
    size_t length = mbrtowc(&character, text, strlen(text), &state);
    *ret_length = !*text ? 0 : length > 4 ? 1 : length;
    return length > 4 ? 0xfffd : character;
}

static bool is_chinese(wchar_t c)
{
    return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_latin(wchar_t c)
{
    return c < 0x80 && isalnum((int)c);
}

/* The full-width form of a mark that Chinese writes so; NULL: it is none of these. */
static const char *full_width(wchar_t c)
{
    switch (c) {
    case ',': return "，";
    case '.': return "。";
    case ';': return "；";
    case ':': return "：";
    case '?': return "？";
    case '!': return "！";
    case '(': return "（";
    case ')': return "）";
    default: return NULL;
    }
}

/* Two neighbours, `length` bytes together. */
static bool is_wrong_pair(const char *text, size_t length, wchar_t first, wchar_t second,
                          struct text_complaint *ret)
{
    if (is_chinese(first) == is_chinese(second))
        return false;
    wchar_t other = is_chinese(first) ? second : first;
    bool is_word = is_latin(other) || other == '{' || other == '}';
    char pair[16];
    snprintf(pair, sizeof pair, "%.*s", (int)length, text);
    if (full_width(other))
        snprintf(ret->words, sizeof ret->words, _("'%s': beside a Chinese character write %s"), pair,
                 full_width(other));
    else if (is_word)
        snprintf(ret->words, sizeof ret->words, _("'%s': a blank belongs between Chinese and Latin"), pair);
    return is_word || full_width(other);
}

static bool is_harmless(const char *character, size_t length)
{
    char alone[8];
    snprintf(alone, sizeof alone, "%.*s", (int)length, character);
    return *character == '\n' || text_is_clean(alone);
}

/* One character, and where it may stand. */
static bool is_wrong_character(const char *text, size_t length, wchar_t character, const char *locale,
                               struct text_complaint *ret)
{
    if (!is_harmless(text, length)) {
        snprintf(ret->words, sizeof ret->words, _("the character U+%04X has no place on a terminal"),
                 (unsigned)character);
        return true;
    }
    if (is_of(locale, "en") && character >= 0x80) {
        snprintf(ret->words, sizeof ret->words,
                 _("'%.*s': English is ASCII, as terminals without UTF-8 are given it"), (int)length, text);
        return true;
    }
    if (is_east_asian(locale) && is_ambiguous((unsigned)character)) {
        snprintf(ret->words, sizeof ret->words,
                 _("'%.*s' is one cell wide on some terminals and two on others: write another character"),
                 (int)length, text);
        return true;
    }
    return false;
}

bool text_rules_next(const char **at, const char *locale, struct text_complaint *ret)
{
    bool chinese = !*locale || is_of(locale, "zh");
    while (**at) {
        const char *left = *at;
        size_t length, next_length;
        wchar_t first = character_at(left, &length), second = character_at(left + length, &next_length);
        *at += length;
        if (is_wrong_character(left, length, first, locale, ret))
            return true;
        if (chinese && next_length && is_wrong_pair(left, length + next_length, first, second, ret))
            return true;
    }
    return false;
}
