/* The listings of a lesson. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/loading.h"

#include <stdlib.h>
#include <string.h>

/* A plain name that ends with .c or .py: the file is written into the lab's directory. */
static bool is_file_name(const char *name)
{
    static const char bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    size_t length = strlen(name);
    if (strspn(name, bytes) != length || length > 60 || *name == '.' || *name == '-')
        return false;
    return (length > 2 && strcmp(name + length - 2, ".c") == 0) ||
           (length > 3 && strcmp(name + length - 3, ".py") == 0);
}

/* Wide lines, many lines, and what a terminal would not show as it stands. */
static void check_code(struct loading *loading, const struct yaml_node *node)
{
    int number = 0;
    for (const char *at = node->text; *at; number++) {
        size_t length = strcspn(at, "\n");
        char *line = xstrndup(at, length);
        int where = node->text_line + number, column = node->text_indent + 1;
        if (strchr(line, '\t'))
            loading_tell(loading, where, column, _("a tab in a listing: write blanks"));
        else if (!text_is_clean(line))
            loading_tell(loading, where, column, _("a character that has no place on a terminal"));
        else if (text_width(line) > LESSON_LISTING_CELLS)
            loading_tell(loading, where, column, _("%d cells wide; there is room for %d"), text_width(line),
                         LESSON_LISTING_CELLS);
        free(line);
        at += length + !!at[length];
    }
    if (number > LESSON_LISTING_LINES)
        loading_tell_at(loading, node, _("a listing of %d lines; there is room for %d"), number,
                        LESSON_LISTING_LINES);
}

static void check_name(struct loading *loading, const struct yaml_node *mapping, const char *name)
{
    const struct yaml_node *node = yaml_get(mapping, "file");
    if (!is_file_name(name))
        loading_tell_at(loading, node, _("'%s': a plain file name that ends with .c or .py is expected"),
                        excerpt(name).text);
    else if (lesson_listing(loading->lesson, name))
        loading_tell_at(loading, node, _("there is a listing %s already"), excerpt(name).text);
}

static char *copy_of(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static bool read_order(struct loading *loading, const struct yaml_node *mapping)
{
    const char *order = loading_text(loading, mapping, "order");
    if (order && strcmp(order, "any") != 0)
        loading_tell_at(loading, yaml_get(mapping, "order"), _("'order' is to be: any"));
    return order != NULL;
}

static void read_listing(struct loading *loading, const struct yaml_node *node)
{
    struct lesson *lesson = loading->lesson;
    if (!loading_expect(loading, node, YAML_MAPPING))
        return;
    loading_check_keys(loading, node, "file text comments prints order input status needs");
    const char *file = loading_text(loading, node, "file"), *text = loading_text(loading, node, "text");
    if (!yaml_get(node, "file") || !yaml_get(node, "text"))
        loading_tell_at(loading, node, _("a listing has both 'file' and 'text'"));
    if (!file || !text)
        return;
    check_name(loading, node, file);
    check_code(loading, yaml_get(node, "text"));
    lesson->listings[lesson->listing_count++] = (struct lesson_listing){
        .line = node->line,
        .file = xstrdup(file),
        .text = xstrdup(text),
        .prints = copy_of(loading_text(loading, node, "prints")),
        .any_order = read_order(loading, node),
        .input = copy_of(loading_text(loading, node, "input")),
        .status = loading_number(loading, node, "status", 0, 255, 0),
        .needs = loading_needs(loading, node),
    };
    loading_read_comments(loading, node, &lesson->listings[lesson->listing_count - 1]);
}

void loading_read_listings(struct loading *loading, const struct yaml_node *root)
{
    const struct yaml_node *code = yaml_get(root, "code");
    if (!code || !loading_expect(loading, code, YAML_LIST))
        return;
    loading->lesson->listings = xcalloc(code->item_count + 1, sizeof *loading->lesson->listings);
    for (size_t i = 0; i < code->item_count; i++)
        read_listing(loading, &code->items[i]);
}
