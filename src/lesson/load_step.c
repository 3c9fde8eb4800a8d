/* The steps of a lesson. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/loading.h"
#include "lesson/text_rules.h"

#include <stdlib.h>
#include <string.h>

/* "3" or "3-5". */
static bool read_lines(const char *text, struct lesson_mark *mark)
{
    char *end;
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 4)
        return false;
    mark->from = mark->to = (int)strtol(text, &end, 10);
    if (*end == '-') {
        digits = strspn(end + 1, "0123456789");
        if (!digits || digits > 4)
            return false;
        mark->to = (int)strtol(end + 1, &end, 10);
    }
    return !*end && mark->from >= 1 && mark->from <= mark->to;
}

static int count_lines(const char *text)
{
    int count = 0;
    for (; *text; text += strcspn(text, "\n") + !!text[strcspn(text, "\n")])
        count++;
    return count;
}

static void read_mark(struct loading *loading, const struct yaml_node *node, struct lesson_step *step)
{
    struct lesson_mark mark = { 0 };
    const struct lesson_listing *listing = lesson_listing(loading->lesson, node->key);
    if (!listing)
        loading_tell_at(loading, node, _("there is no listing '%s'"), excerpt(node->key).text);
    else if (node->kind != YAML_TEXT || !read_lines(node->text, &mark))
        loading_tell_at(loading, node, _("a line of the listing is expected, or several: 3, 3-5"));
    else if (mark.to > count_lines(listing->text))
        loading_tell_at(loading, node, _("the listing has only %d lines"), count_lines(listing->text));
    else {
        mark.file = xstrdup(node->key);
        step->marks[step->mark_count++] = mark;
    }
}

static void read_marks(struct loading *loading, const struct yaml_node *step_node, struct lesson_step *step)
{
    const struct yaml_node *node = yaml_get(step_node, "mark");
    if (!node || !loading_expect(loading, node, YAML_MAPPING))
        return;
    step->marks = xcalloc(node->item_count + 1, sizeof *step->marks);
    for (size_t i = 0; i < node->item_count; i++)
        read_mark(loading, &node->items[i], step);
}

static void check_shell(struct loading *loading, const struct yaml_node *node)
{
    if (node->kind != YAML_TEXT)
        return;
    int width = text_rules_width(node->text);
    size_t length;
    if (width > LESSON_LISTING_CELLS)
        loading_tell_at(loading, node, _("%d cells wide; there is room for %d"), width, LESSON_LISTING_CELLS);
    if (!text_is_clean(node->text))
        loading_tell_at(loading, node, _("a character that has no place on a terminal"));
    for (const char *at = node->text; (at = lesson_text_value(at, &length)) != NULL; at += length)
        loading_add_placeholder(loading, at + 1, length - 2, node->line, node->column);
}

static void read_shell(struct loading *loading, const struct yaml_node *step_node, struct lesson_step *step)
{
    const struct yaml_node *node = yaml_get(step_node, "shell");
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->item_count; i++)
        check_shell(loading, &node->items[i]);
    step->shell = loading_words(loading, step_node, "shell");
}

/* What a step and what is done in its place have in common. */
static void read_common(struct loading *loading, const struct yaml_node *node, struct lesson_step *step)
{
    const struct yaml_node *ask = yaml_get(node, "ask"), *then = yaml_get(node, "then");
    step->line = node->key ? node->key_line : node->line;
    loading_read_text(loading, node, "say", room_of_text, &step->say);
    step->acts = loading_read_acts(loading, node, &step->acts_line);
    step->expect = loading_read_expect(loading, node, &step->expect_line);
    if (ask)
        step->ask = loading_read_question(loading, ask);
    if (ask && then)
        loading_tell_at(loading, then,
                        _("a step with 'ask' has no 'then': the 'why' of a choice comes there"));
    loading_read_text(loading, node, "then", room_of_text, &step->then);
    loading_read_text(loading, node, "notes", room_of_notes, &step->notes);
    read_marks(loading, node, step);
    read_shell(loading, node, step);
    loading_check_placeholders(loading);
}

/* `otherwise` is a text, or a step with a `reason`. */
static bool is_step(const struct yaml_node *node)
{
    static const char *const keys[] = {
        "reason", "say", "ask", "do", "expect", "then", "mark", "shell", NULL
    };
    for (const char *const *key = keys; *key; key++)
        if (yaml_get(node, *key))
            return true;
    return false;
}

static void read_otherwise(struct loading *loading, const struct yaml_node *step_node,
                           struct lesson_step *step)
{
    const struct yaml_node *node = yaml_get(step_node, "otherwise");
    if (!node)
        return;
    if (!yaml_get(step_node, "needs"))
        loading_tell_at(loading, node, _("'otherwise' without 'needs'"));
    if (!is_step(node)) {
        loading_read_text_of(loading, node, room_of_text, &step->otherwise);
        return;
    }
    loading_check_keys(loading, node, "reason say ask do expect then mark shell notes");
    loading_read_text(loading, node, "reason", room_of_text, &step->otherwise);
    step->instead = xcalloc(1, sizeof *step->instead);
    read_common(loading, node, step->instead);
}

void loading_read_step(struct loading *loading, const struct yaml_node *node, struct lesson_step *step)
{
    if (!loading_expect(loading, node, YAML_MAPPING)) {
        step->acts = xstrdup("");
        step->expect = xstrdup("");
        return;
    }
    loading_check_keys(loading, node, "say ask do expect then mark shell needs otherwise notes");
    if (!yaml_get(node, "say"))
        loading_tell_at(loading, node, _("'%s' is missing"), "say");
    step->needs = loading_needs(loading, node);
    read_common(loading, node, step);
    read_otherwise(loading, node, step);
    loading_check_placeholders(loading);
}
