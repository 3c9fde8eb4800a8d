#include "lesson/loading.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/text_rules.h"
#include "machine/need.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct excerpt excerpt(const char *text)
{
    enum { CELLS = 40 };
    struct excerpt excerpt;
    char clean[sizeof excerpt.text - 3];
    text_clean(clean, sizeof clean, text);
    size_t length = text_fit(clean, CELLS, NULL);
    snprintf(excerpt.text, sizeof excerpt.text, "%.*s%s", (int)length, clean,
             clean[length] || strlen(text) > strlen(clean) ? "..." : "");
    return excerpt;
}

static void add_problem(struct loading *loading, int line, int column, const char *format, va_list arguments)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    loading->problems = grow(loading->problems, &loading->problem_room, loading->problem_count + 1,
                             sizeof *loading->problems);
    loading->problems[loading->problem_count] = (struct problem){
        .path = xstrdup(loading->path),
        .text = xstrdup(text),
        .line = line,
        .column = column,
        .order = loading->problem_count,
    };
    loading->problem_count++;
}

void loading_tell(struct loading *loading, int line, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(loading, line, column, format, arguments);
    va_end(arguments);
}

void loading_tell_at(struct loading *loading, const struct yaml_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(loading, node->key ? node->key_line : node->line, node->key ? node->key_column : node->column,
                format, arguments);
    va_end(arguments);
}

/* Whether the word is among those of `words`, which are parted by blanks. */
static bool is_among(const char *word, const char *words)
{
    size_t length = strlen(word);
    if (strchr(word, ' '))
        return false;
    for (const char *at = words; length && (at = strstr(at, word)) != NULL; at += length)
        if ((at == words || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

void loading_check_keys(struct loading *loading, const struct yaml_node *mapping, const char *known)
{
    for (size_t i = 0; i < mapping->item_count; i++)
        if (!is_among(mapping->items[i].key, known))
            loading_tell_at(loading, &mapping->items[i], _("unknown key '%s'; expected one of: %s"),
                            excerpt(mapping->items[i].key).text, known);
}

static const char *kind_words(enum yaml_kind kind)
{
    switch (kind) {
    case YAML_TEXT: return _("a text");
    case YAML_LIST: return _("a list");
    default: return _("a mapping (keys with values)");
    }
}

bool loading_expect(struct loading *loading, const struct yaml_node *node, enum yaml_kind kind)
{
    if (node->kind == kind)
        return true;
    if (node->key)
        loading_tell_at(loading, node, _("'%s' is to be %s"), excerpt(node->key).text, kind_words(kind));
    else
        loading_tell_at(loading, node, _("%s is expected here"), kind_words(kind));
    return false;
}

const char *loading_text(struct loading *loading, const struct yaml_node *mapping, const char *key)
{
    const struct yaml_node *node = yaml_get(mapping, key);
    return node && loading_expect(loading, node, YAML_TEXT) ? node->text : NULL;
}

int loading_number(struct loading *loading, const struct yaml_node *mapping, const char *key, int least,
                   int most, int otherwise)
{
    const struct yaml_node *node = yaml_get(mapping, key);
    if (!node)
        return otherwise;
    size_t length = node->kind == YAML_TEXT ? strspn(node->text, "0123456789") : 0;
    int number = length && length < 10 && !node->text[length] ? atoi(node->text) : -1;
    if (number >= least && number <= most)
        return number;
    loading_tell_at(loading, node, _("'%s' is to be a number from %d to %d"), key, least, most);
    return otherwise;
}

char **loading_words(struct loading *loading, const struct yaml_node *mapping, const char *key)
{
    const struct yaml_node *node = yaml_get(mapping, key);
    if (!node || !loading_expect(loading, node, YAML_LIST))
        return NULL;
    char **words = xcalloc(node->item_count + 1, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; i < node->item_count; i++)
        if (loading_expect(loading, &node->items[i], YAML_TEXT))
            words[count++] = xstrdup(node->items[i].text);
    return words;
}

static void check_need(struct loading *loading, const struct yaml_node *node)
{
    struct need need;
    switch (need_read(node->text, &need)) {
    case NEED_IS_FINE: break;
    case NEED_IS_UNKNOWN:
        loading_tell_at(loading, node, _("'%s' is no line of forklore doctor"), excerpt(node->text).text);
        break;
    case NEED_HAS_NO_NUMBER:
        loading_tell_at(loading, node, _("'%s': this line of forklore doctor has no number to compare"),
                        excerpt(node->text).text);
        break;
    case NEED_IS_NO_NUMBER:
        loading_tell_at(loading, node, _("'%s': behind the name come one of >= <= > < = and a number"),
                        excerpt(node->text).text);
        break;
    }
}

char **loading_needs(struct loading *loading, const struct yaml_node *mapping)
{
    const struct yaml_node *node = yaml_get(mapping, "needs");
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->item_count; i++)
        if (node->items[i].kind == YAML_TEXT)
            check_need(loading, &node->items[i]);
    return loading_words(loading, mapping, "needs");
}

void loading_add_placeholder(struct loading *loading, const char *term, size_t length, int line, int column)
{
    loading->placeholders = grow(loading->placeholders, &loading->placeholder_room,
                                 loading->placeholder_count + 1, sizeof *loading->placeholders);
    loading->placeholders[loading->placeholder_count++] =
        (struct placeholder){ .term = xstrndup(term, length), .line = line, .column = column };
}

void loading_check_placeholders(struct loading *loading)
{
    struct lab_error error;
    for (size_t i = 0; i < loading->placeholder_count; i++) {
        struct placeholder *at = &loading->placeholders[i];
        if (!loading->acts_are_wrong && lab_check_term(loading->checker, at->term, &error) < 0)
            loading_tell(loading, at->line, at->column, "{%s}: %s", excerpt(at->term).text, error.text);
        free(at->term);
    }
    loading->placeholder_count = 0;
}

void loading_refuse_placeholders(struct loading *loading)
{
    for (size_t i = 0; i < loading->placeholder_count; i++) {
        struct placeholder *at = &loading->placeholders[i];
        loading_tell(loading, at->line, at->column, _("{%s}: no values here: nothing has been done yet"),
                     excerpt(at->term).text);
        free(at->term);
    }
    loading->placeholder_count = 0;
}

int loading_begin(struct loading *loading, const char *path)
{
    *loading = (struct loading){ .path = path };
    int error = text_rules_begin(&loading->utf8);
    if (!error)
        loading->checker = lab_checker_new();
    return error;
}

static int compare_problems(const void *left, const void *right)
{
    const struct problem *a = left, *b = right;
    int paths = strcmp(a->path, b->path);
    if (paths)
        return paths;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

void loading_end(struct loading *loading, const struct lesson_problems *problems)
{
    lab_checker_free(loading->checker);
    text_rules_end(loading->utf8);
    if (loading->problem_count)
        qsort(loading->problems, loading->problem_count, sizeof *loading->problems, compare_problems);
    for (size_t i = 0; i < loading->problem_count; i++) {
        struct problem *problem = &loading->problems[i];
        char text[1024];
        text_clean(text, sizeof text, problem->text);
        if (problems && problems->tell)
            problems->tell(problems->data, problem->path, problem->line, problem->column, text);
        free(problem->path);
        free(problem->text);
    }
    free(loading->problems);
    free(loading->placeholders);
}
