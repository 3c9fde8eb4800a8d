/* The commands and expectations of a lesson, checked as the lab would take them. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/loading.h"

#include <stdlib.h>
#include <string.h>

enum { MISTAKES_MAX = 20 }; /* of one script that are told */

/* Where the lab sees a mistake is a place in the script; it is told as a place in the file. */
static void tell_mistake(struct loading *loading, const struct yaml_node *node, int line,
                         const struct lab_error *error)
{
    if (node->is_folded)
        loading_tell_at(loading, node, "%s", error->text);
    else
        loading_tell(loading, node->text_line + line - 1, node->text_indent + error->column, "%s",
                     error->text);
}

/* A script of several lines keeps them only in a block that begins with `|`. */
static bool check_block(struct loading *loading, const struct yaml_node *node)
{
    if (!loading_expect(loading, node, YAML_TEXT))
        return false;
    if (node->is_folded)
        loading_tell_at(loading, node, _("'%s' is to begin with |, which keeps its lines"), node->key);
    return !node->is_folded;
}

static char *line_of(char *script, int line)
{
    while (--line > 0 && script)
        script = (script = strchr(script, '\n')) ? script + 1 : NULL;
    return script;
}

/* Every wrong line is told: without it the rest is checked again. */
static void check_script(struct loading *loading, const struct yaml_node *node, const char *source)
{
    struct lab_error error;
    char *script = xstrdup(source);
    for (int i = 0; i < MISTAKES_MAX && lab_check_script(loading->checker, script, &error) < 0; i++) {
        tell_mistake(loading, node, error.line, &error);
        loading->acts_are_wrong = true;
        char *line = line_of(script, error.line);
        if (!line || !line[strcspn(line, "\n")] || !*line)
            break;
        memset(line, ' ', strcspn(line, "\n"));
    }
    free(script);
}

char *loading_read_acts(struct loading *loading, const struct yaml_node *step, int *ret_line)
{
    const struct yaml_node *node = yaml_get(step, "do");
    if (!node || !check_block(loading, node))
        return xstrdup("");
    *ret_line = node->text_line;
    check_script(loading, node, node->text);
    return xstrdup(node->text);
}

/* One line of `expect`, which is `length` bytes long; a comment becomes blanks. */
static void check_line(struct loading *loading, const struct yaml_node *node, char *line, size_t length,
                       int number)
{
    struct lab_error error;
    size_t indent = strspn(line, " \t");
    if (line[indent] == '#')
        memset(line, ' ', length);
    if (indent >= length || line[indent] == '#' || strspn(line, " \t") >= length)
        return;
    char *source = xstrndup(line, length);
    if (!loading->acts_are_wrong && lab_check_expectation(loading->checker, source, &error) < 0)
        tell_mistake(loading, node, number, &error);
    free(source);
}

char *loading_read_expect(struct loading *loading, const struct yaml_node *step, int *ret_line)
{
    const struct yaml_node *node = yaml_get(step, "expect");
    if (!node || !check_block(loading, node))
        return xstrdup("");
    *ret_line = node->text_line;
    char *text = xstrdup(node->text);
    int number = 1;
    for (char *line = text; *line; number++) {
        size_t length = strcspn(line, "\n");
        check_line(loading, node, line, length, number);
        line += length + !!line[length];
    }
    return text;
}

void loading_check_term(struct loading *loading, const struct yaml_node *node, const char *term)
{
    struct lab_error error;
    if (!loading->acts_are_wrong && lab_check_term(loading->checker, term, &error) < 0)
        loading_tell_at(loading, node, "%s", error.text);
}

void loading_check_expectation(struct loading *loading, const struct yaml_node *node, const char *source)
{
    struct lab_error error;
    if (!loading->acts_are_wrong && lab_check_expectation(loading->checker, source, &error) < 0)
        loading_tell_at(loading, node, "%s", error.text);
}
