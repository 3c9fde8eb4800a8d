#include "pattern.h"

#include "base/memory.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct binding {
    char *name, *value;
    bool lasting;
};

static void release(struct binding *binding)
{
    free(binding->name);
    free(binding->value);
}

void bindings_release(struct bindings *bindings)
{
    for (size_t i = 0; i < bindings->count; i++)
        release(&bindings->list[i]);
    free(bindings->list);
    *bindings = (struct bindings){ 0 };
}

void bindings_forget(struct bindings *bindings)
{
    size_t kept = 0;

    for (size_t i = 0; i < bindings->count; i++) {
        if (bindings->list[i].lasting)
            bindings->list[kept++] = bindings->list[i];
        else
            release(&bindings->list[i]);
    }
    bindings->count = kept;
}

static struct binding *find(const struct bindings *bindings, const char *name)
{
    for (size_t i = 0; i < bindings->count; i++)
        if (strcmp(bindings->list[i].name, name) == 0)
            return &bindings->list[i];
    return NULL;
}

const char *bindings_get(const struct bindings *bindings, const char *name)
{
    const struct binding *binding = find(bindings, name);

    return binding ? binding->value : NULL;
}

void bindings_set(struct bindings *bindings, const char *name, const char *value, bool lasting)
{
    struct binding *binding = find(bindings, name);

    if (!binding) {
        bindings->list = xreallocarray(bindings->list, bindings->count + 1, sizeof(*bindings->list));
        binding = &bindings->list[bindings->count++];
        *binding = (struct binding){ .name = xstrdup(name) };
    }
    free(binding->value);
    binding->value = xstrdup(value);
    binding->lasting = lasting;
}

/* One placeholder, taken apart: {NAME=EXPRESSION}. */
struct placeholder {
    char name[32];
    char expression[128]; /* "" when none is given */
    size_t length;        /* of the whole, in bytes */
};

/* Whether a placeholder begins at `text`. Blanks around the name are padding. */
static bool read_placeholder(const char *text, struct placeholder *ret)
{
    const char *end = text[0] == '{' ? strchr(text, '}') : NULL;
    const char *at = text + 1;

    if (!end)
        return false;
    while (*at == ' ')
        at++;
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789");
    if (length == 0 && strncmp(at, "...", 3) == 0)
        length = 3;
    const char *after = at + length;
    while (*after == ' ')
        after++;
    if ((after != end && *after != '=') || (length == 0 && after == end) || length >= sizeof(ret->name))
        return false;
    if (*after == '=')
        snprintf(ret->expression, sizeof(ret->expression), "%.*s", (int)(end - after - 1), after + 1);
    else
        ret->expression[0] = '\0';
    snprintf(ret->name, sizeof(ret->name), "%.*s", (int)length, at);
    ret->length = (size_t)(end + 1 - text);
    return true;
}

char *bindings_expand(const struct bindings *bindings, const char *text)
{
    char *expanded = xstrdup("");

    while (*text) {
        struct placeholder placeholder;
        const char *value = NULL;
        size_t length = 1;

        if (read_placeholder(text, &placeholder))
            value = bindings_get(bindings, placeholder.name);
        if (value)
            length = placeholder.length;
        char *longer =
            xasprintf("%s%.*s", expanded, (int)(value ? strlen(value) : length), value ? value : text);
        free(expanded);
        expanded = longer;
        text += length;
    }
    return expanded;
}

/* Writes one byte of text so that it means itself. */
static void write_literal(FILE *out, char byte)
{
    if (strchr(".[]()*+?{}|^$\\", byte))
        fputc('\\', out);
    fputc(byte, out);
}

/* Writes a bound value so that it is no part of a longer word, unless the text goes on with one: 12 in {a}ms.
 */
static void write_value(FILE *out, const char *value, char before, char after)
{
    size_t length = strlen(value);

    if (length > 0 && isalnum((unsigned char)value[0]) && !isalnum((unsigned char)before))
        fputs("\\<", out);
    for (size_t i = 0; i < length; i++)
        write_literal(out, value[i]);
    if (length > 0 && isalnum((unsigned char)value[length - 1]) && !isalnum((unsigned char)after))
        fputs("\\>", out);
}

/* In an exact pattern a bound value stands flush left or right, as its name does between the braces. */
static void write_padded(FILE *out, const char *value, const char *text,
                         const struct placeholder *placeholder)
{
    int padding = (int)placeholder->length - text_width(value);

    if (text[1] == ' ')
        fprintf(out, "%*s", padding > 0 ? padding : 0, "");
    write_value(out, value, ' ', ' ');
    if (text[1] != ' ')
        fprintf(out, "%*s", padding > 0 ? padding : 0, "");
}

static int write_placeholder(struct pattern *pattern, FILE *out, const char *text,
                             const struct placeholder *placeholder, const struct bindings *bindings,
                             bool exact, char before)
{
    const char *value = bindings_get(bindings, placeholder->name);

    if (strcmp(placeholder->name, "...") == 0) {
        fputs(".*", out);
        return 0;
    }
    if (value) {
        if (exact)
            write_padded(out, value, text, placeholder);
        else
            write_value(out, value, before, text[placeholder->length]);
        return 0;
    }
    if (pattern->groups == PATTERN_NAMES || strchr(placeholder->expression, '('))
        return -EINVAL;
    snprintf(pattern->names[pattern->groups++], sizeof(pattern->names[0]), "%s", placeholder->name);
    if (placeholder->expression[0])
        fprintf(out, "(%s)", placeholder->expression);
    else if (exact)
        fprintf(out, "(.{%zu})", placeholder->length);
    else
        fputs("([^ ]+)", out);
    return 0;
}

/* Writes the regular expression that the text stands for. */
static int translate(struct pattern *pattern, FILE *out, const char *text, const struct bindings *bindings,
                     bool exact)
{
    struct placeholder placeholder;

    if (exact)
        fputc('^', out);
    for (const char *at = text; *at;) {
        size_t blanks = strspn(at, " ");

        if (read_placeholder(at, &placeholder)) {
            int r =
                write_placeholder(pattern, out, at, &placeholder, bindings, exact, at > text ? at[-1] : ' ');
            if (r < 0)
                return r;
            at += placeholder.length;
        } else if (!exact && blanks > 0) {
            fputs(" +", out);
            at += blanks;
        } else if (!exact && ((*at == '^' && at == text) || (*at == '$' && at[1] == '\0'))) {
            fputc(*at++, out);
        } else {
            write_literal(out, *at++);
        }
    }
    if (exact)
        fputs(" *$", out);
    return 0;
}

int pattern_compile(struct pattern *pattern, const char *text, const struct bindings *bindings, bool exact)
{
    char *expression = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&expression, &length);

    if (!out)
        return -errno;
    *pattern = (struct pattern){ 0 };
    int r = translate(pattern, out, text, bindings, exact);
    if (fclose(out) == EOF && r == 0)
        r = -errno;
    if (r == 0 && regcomp(&pattern->regex, expression, REG_EXTENDED) != 0)
        r = -EINVAL;
    free(expression);
    return r;
}

void pattern_release(struct pattern *pattern)
{
    regfree(&pattern->regex);
}

static void bind(struct bindings *bindings, const char *name, const char *value, size_t length)
{
    while (length > 0 && value[0] == ' ') {
        value++;
        length--;
    }
    while (length > 0 && value[length - 1] == ' ')
        length--;
    char *word = xstrndup(value, length);
    bindings_set(bindings, name, word, false);
    free(word);
}

bool pattern_matches(const struct pattern *pattern, const char *row, size_t *ret_at,
                     struct bindings *bindings)
{
    regmatch_t groups[PATTERN_NAMES + 1];

    if (regexec(&pattern->regex, row, sizeof(groups) / sizeof(groups[0]), groups, 0) != 0)
        return false;
    if (ret_at)
        *ret_at = (size_t)groups[0].rm_so;
    for (int i = 0; i < pattern->groups; i++)
        if (pattern->names[i][0])
            bind(bindings, pattern->names[i], row + groups[i + 1].rm_so,
                 (size_t)(groups[i + 1].rm_eo - groups[i + 1].rm_so));
    return true;
}
