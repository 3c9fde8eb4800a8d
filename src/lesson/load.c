#include "lesson/load.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/loading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The name of the file without its folder and .yaml. */
static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".yaml") == 0)
        length -= 5;
    return xstrndup(name, length);
}

static void read_name(struct loading *loading, const struct yaml_node *root)
{
    const char *name = loading_text(loading, root, "name");
    if (name && strcmp(name, loading->lesson->name) != 0)
        loading_tell_at(loading, yaml_get(root, "name"), _("'name' is to be that of the file: %s"),
                        excerpt(loading->lesson->name).text);
}

static void read_steps(struct loading *loading, const struct yaml_node *root)
{
    const struct yaml_node *node = yaml_get(root, "steps");
    if (!node || !loading_expect(loading, node, YAML_LIST))
        return;
    if (node->item_count < 1 || node->item_count > LESSON_STEPS_MAX)
        loading_tell_at(loading, node, _("there are %zu steps; expected are %d to %d"), node->item_count, 1,
                        LESSON_STEPS_MAX);
    loading->lesson->steps = xcalloc(node->item_count + 1, sizeof *loading->lesson->steps);
    for (size_t i = 0; i < node->item_count; i++)
        loading_read_step(loading, &node->items[i], &loading->lesson->steps[loading->lesson->step_count++]);
}

static void read_lesson(struct loading *loading, const struct yaml_node *root)
{
    static const char *const needed[] = { "name", "title", "goal", "steps", NULL };
    struct lesson *lesson = loading->lesson;
    if (!loading_expect(loading, root, YAML_MAPPING))
        return;
    loading_check_keys(loading, root, "name number title goal code steps");
    for (const char *const *key = needed; *key; key++)
        if (!yaml_get(root, *key))
            loading_tell(loading, root->line, root->column, _("'%s' is missing"), *key);
    read_name(loading, root);
    lesson->number = loading_number(loading, root, "number", 0, 999, -1);
    loading_read_text(loading, root, "title", room_of_title, &lesson->title);
    loading_read_text(loading, root, "goal", room_of_line, &lesson->goal);
    loading_refuse_placeholders(loading);
    loading_read_listings(loading, root);
    read_steps(loading, root);
    if (!lesson->languages)
        lesson->languages = xcalloc(1, sizeof *lesson->languages);
    loading_read_translations(loading);
}

/* Problems are in `loading` then. 0 or -errno. */
static int load(struct loading *loading)
{
    struct yaml_document *document;
    struct yaml_fault fault;
    int error = yaml_document_load(&document, loading->path, &fault);
    if (error) {
        loading_tell(loading, fault.line, fault.column, "%s", fault.text);
        return error;
    }
    loading->lesson->path = xstrdup(loading->path);
    loading->lesson->name = name_of(loading->path);
    read_lesson(loading, &document->root);
    yaml_document_free(document);
    return loading->problem_count ? -EINVAL : 0;
}

int lesson_load(struct lesson **ret, const char *path, const struct lesson_problems *problems)
{
    struct loading loading;
    int error = loading_begin(&loading, path);
    if (error)
        return error;
    struct lesson *lesson = loading.lesson = xcalloc(1, sizeof *lesson);
    error = load(&loading);
    loading_end(&loading, problems);
    if (error)
        lesson_free(lesson);
    else
        *ret = lesson;
    return error;
}
