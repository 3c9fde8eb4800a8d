#include "lesson/lesson_text.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

bool lesson_text_is_empty(const struct lesson_text *text)
{
    return text->count == 0;
}

static const struct lesson_variant *find_variant(const struct lesson_text *text, const char *locale,
                                                 size_t length)
{
    for (size_t i = 0; i < text->count; i++)
        if (strncmp(text->variants[i].locale, locale, length) == 0 && !text->variants[i].locale[length])
            return &text->variants[i];
    return NULL;
}

static const struct lesson_variant *find_kin(const struct lesson_text *text, const char *language,
                                             size_t length)
{
    for (size_t i = 0; i < text->count; i++)
        if (strncmp(text->variants[i].locale, language, length) == 0 &&
            text->variants[i].locale[length] == '_')
            return &text->variants[i];
    return NULL;
}

const char *lesson_text_in(const struct lesson_text *text, const char *locale)
{
    size_t territory = strcspn(locale, ".@"), language = strcspn(locale, "_.@");
    const struct lesson_variant *variant = find_variant(text, locale, territory);
    if (!variant)
        variant = find_variant(text, locale, language);
    if (!variant && language)
        variant = find_kin(text, locale, language);
    if (!variant)
        variant = find_variant(text, "en", 2);
    if (!variant && text->count)
        variant = &text->variants[0];
    return variant ? variant->text : "";
}

/* Whether the character that begins here, or ends before here, fills two cells. */
static bool is_wide(const char *at)
{
    int width;
    text_step(at, strlen(at), &width);
    return width == 2;
}

/* Whether a full-width mark of punctuation begins here: it has its own room around it. */
static bool is_wide_mark(const char *at)
{
    wchar_t character;
    mbstate_t state = { 0 };
    size_t taken = mbrtowc(&character, at, strlen(at), &state);
    return is_wide(at) && taken > 0 && taken <= strlen(at) && iswpunct((wint_t)character);
}

/* Whether a blank between the two characters is to be seen. */
static bool keeps_apart(const char *before, const char *after)
{
    return !(is_wide(before) && is_wide(after)) && !is_wide_mark(before) && !is_wide_mark(after);
}

/* Blanks and tabs become one blank; none is kept at the ends of lines, between two wide characters, or beside
 * full-width punctuation. */
static char *tidy(const char *value)
{
    char *text = xmalloc(strlen(value) + 1), *out = text;
    const char *last = NULL; /* the character before, in `text` */
    for (const char *at = value; *at;) {
        size_t blanks = strspn(at, " \t");
        if (blanks) {
            at += blanks;
            bool edge = !*at || *at == '\n' || !last || *last == '\n';
            if (!edge && keeps_apart(last, at)) {
                last = out;
                *out++ = ' ';
            }
            continue;
        }
        int width;
        size_t taken = text_step(at, strlen(at), &width);
        memcpy(out, at, taken);
        last = out;
        out += taken;
        *out = '\0'; /* is_wide() reads it */
        at += taken;
    }
    while (out > text && out[-1] == '\n')
        out--;
    *out = '\0';
    return text;
}

/* Takes over `value`. */
static void set(struct lesson_text *text, const char *locale, char *value)
{
    struct lesson_variant *variant = (struct lesson_variant *)find_variant(text, locale, strlen(locale));
    if (!variant) {
        text->variants = xreallocarray(text->variants, text->count + 1, sizeof *text->variants);
        variant = &text->variants[text->count++];
        *variant = (struct lesson_variant){ .locale = xstrdup(locale) };
    }
    free(variant->text);
    variant->text = value;
}

void lesson_text_set(struct lesson_text *text, const char *locale, const char *value)
{
    set(text, locale, tidy(value));
}

void lesson_text_set_exactly(struct lesson_text *text, const char *locale, const char *value)
{
    set(text, locale, xstrdup(value));
}

bool lesson_text_has(const struct lesson_text *text, const char *locale)
{
    return find_variant(text, locale, strlen(locale)) || find_variant(text, "", 0);
}

void lesson_text_release(struct lesson_text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        free(text->variants[i].locale);
        free(text->variants[i].text);
    }
    free(text->variants);
    *text = (struct lesson_text){ 0 };
}

/* The length of "{OBJECT.FIELD}" at the beginning of the text; 0: something else stands there. */
static size_t value_length(const char *text)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz";
    size_t length = strcspn(text, "} \n");
    if (text[length] != '}' || !strchr(first, text[1]) || text[1] == '}')
        return 0;
    size_t object = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return text[1 + object] == '.' && object + 2 < length ? length + 1 : 0;
}

const char *lesson_text_value(const char *text, size_t *ret_length)
{
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        *ret_length = value_length(at);
        if (*ret_length)
            return at;
    }
    return NULL;
}

static char *append(char *text, size_t *length, size_t *room, const char *more, size_t more_length)
{
    text = grow(text, room, *length + more_length + 1, 1);
    memcpy(text + *length, more, more_length);
    *length += more_length;
    text[*length] = '\0';
    return text;
}

char *lesson_text_fill(const char *text, void (*read)(void *data, const char *term, char *ret, size_t size),
                       void *data)
{
    char *filled = NULL, value[256];
    size_t filled_length = 0, room = 0, length;
    for (const char *at; (at = lesson_text_value(text, &length)) != NULL; text = at + length) {
        char *term = xstrndup(at + 1, length - 2);
        read(data, term, value, sizeof value);
        filled = append(filled, &filled_length, &room, text, (size_t)(at - text));
        filled = append(filled, &filled_length, &room, value, strlen(value));
        free(term);
    }
    return append(filled, &filled_length, &room, text, strlen(text));
}
