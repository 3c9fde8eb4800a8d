#include "app/listing_output.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LOOKS_MAX = 200000, /* at pairs of lines, before no order is taken to fit */
    SHOWN_MAX = 160,    /* bytes of a line in a message */
};

struct line {
    const char *text;
    size_t length;
    bool taken; /* by a wanted line */
};

struct lines {
    struct line *lines;
    size_t count;
};

/* {NAME} and its number, both as they stand in the texts. */
struct binding {
    const char *name, *number;
    size_t name_length, number_length;
};

struct comparison {
    struct lines wanted, printed;
    struct binding *bindings; /* room for each brace of `wanted` */
    size_t binding_count;
    size_t looks;
    size_t furthest; /* the first wanted line that could not be had, in the best try */
};

static struct lines cut(const char *text)
{
    struct lines lines = { .lines = NULL };
    size_t room = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        lines.lines = grow(lines.lines, &room, lines.count + 1, sizeof *lines.lines);
        lines.lines[lines.count++] = (struct line){ .text = text, .length = length };
        text += length + (text[length] == '\n');
    }
    return lines;
}

/* The length of "{NAME}" at the beginning of the text; 0: something else stands there. */
static size_t brace_length(const char *text, size_t left)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t length = left && *text == '{' ? 1 + strspn(text + 1, letters) : 0;
    return length > 1 && length < left && text[length] == '}' ? length + 1 : 0;
}

static bool bind(struct comparison *comparison, struct binding binding)
{
    for (size_t i = 0; i < comparison->binding_count; i++) {
        const struct binding *known = &comparison->bindings[i];
        if (known->name_length == binding.name_length &&
            memcmp(known->name, binding.name, binding.name_length) == 0)
            return known->number_length == binding.number_length &&
                   memcmp(known->number, binding.number, binding.number_length) == 0;
    }
    comparison->bindings[comparison->binding_count++] = binding;
    return true;
}

/* What it binds on the way to a difference is the caller's to forget. */
static bool line_fits(struct comparison *comparison, const struct line *wanted, const struct line *printed)
{
    const char *want = wanted->text, *want_end = want + wanted->length;
    const char *have = printed->text, *have_end = have + printed->length;
    while (want < want_end) {
        size_t brace = brace_length(want, (size_t)(want_end - want));
        if (!brace) {
            if (have == have_end || *want++ != *have++)
                return false;
            continue;
        }
        size_t digits = strspn(have, "0123456789");
        if (!digits || !bind(comparison, (struct binding){ want, have, brace, digits }))
            return false;
        want += brace;
        have += digits;
    }
    return have == have_end;
}

/* Whether the wanted lines from `index` on can be had of the printed ones that are left. */
static bool rest_fits(struct comparison *comparison, size_t index, bool any_order)
{
    struct lines *printed = &comparison->printed;
    if (index > comparison->furthest)
        comparison->furthest = index;
    if (index == comparison->wanted.count)
        return true;
    size_t first = any_order ? 0 : index, end = any_order ? printed->count : index + 1;
    for (size_t i = first; i < end && i < printed->count; i++) {
        size_t bound = comparison->binding_count;
        if (printed->lines[i].taken || ++comparison->looks > LOOKS_MAX)
            continue;
        printed->lines[i].taken = line_fits(comparison, &comparison->wanted.lines[index], &printed->lines[i]);
        if (printed->lines[i].taken && rest_fits(comparison, index + 1, any_order))
            return true;
        printed->lines[i].taken = false;
        comparison->binding_count = bound;
    }
    return false;
}

static void show_line(char *ret, size_t size, const struct lines *lines, size_t index)
{
    if (index >= lines->count) {
        snprintf(ret, size, "%s", _("nothing more"));
        return;
    }
    size_t length = lines->lines[index].length < SHOWN_MAX ? lines->lines[index].length : SHOWN_MAX;
    char *line = xstrndup(lines->lines[index].text, length), clean[SHOWN_MAX + 1];
    snprintf(ret, size, "\"%s\"", text_clean(clean, sizeof clean, line));
    free(line);
}

static void say_difference(const struct comparison *comparison, bool any_order, char *ret, size_t size)
{
    char wanted[SHOWN_MAX + 64], printed[SHOWN_MAX + 64];
    size_t at = comparison->furthest;
    show_line(wanted, sizeof wanted, &comparison->wanted, at);
    show_line(printed, sizeof printed, &comparison->printed, at);
    if (!any_order)
        snprintf(ret, size, _("line %zu: expected %s, got %s"), at + 1, wanted, printed);
    else if (at < comparison->wanted.count)
        snprintf(ret, size, _("expected a line %s, and no line that it printed fits"), wanted);
    else
        snprintf(ret, size, _("expected %zu lines, got %zu"), comparison->wanted.count,
                 comparison->printed.count);
}

static size_t count_braces(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '{';
    return count;
}

bool listing_output_matches(const char *wanted, const char *printed, bool any_order, char *ret, size_t size)
{
    struct comparison comparison = { .wanted = cut(wanted), .printed = cut(printed) };
    comparison.bindings = xcalloc(count_braces(wanted) + 1, sizeof *comparison.bindings);
    bool fits = rest_fits(&comparison, 0, any_order) && comparison.wanted.count == comparison.printed.count;
    if (!fits)
        say_difference(&comparison, any_order, ret, size);
    free(comparison.bindings);
    free(comparison.wanted.lines);
    free(comparison.printed.lines);
    return fits;
}
