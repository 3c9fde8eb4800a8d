#include "lesson/course_file.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/translation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void read_names(struct loading *loading, const struct yaml_node *node, struct course_part *part)
{
    size_t room = node ? node->item_count : 0, count = 0;
    part->lessons = xcalloc(room + 1, sizeof *part->lessons);
    part->lines = xcalloc(room + 1, sizeof *part->lines);
    if (!node || !loading_expect(loading, node, YAML_LIST))
        return;
    for (size_t i = 0; i < room; i++) {
        if (!loading_expect(loading, &node->items[i], YAML_TEXT))
            continue;
        part->lines[count] = node->items[i].line;
        part->lessons[count++] = xstrdup(node->items[i].text);
    }
}

static void read_part(struct loading *loading, const struct yaml_node *node, struct course_part *part)
{
    loading_check_keys(loading, node, "title lessons");
    for (const char *const *key = (const char *const[]){ "title", "lessons", NULL }; *key; key++)
        if (!yaml_get(node, *key))
            loading_tell_at(loading, node, _("'%s' is missing"), *key);
    loading_read_text(loading, node, "title", room_of_line, &part->title);
    read_names(loading, yaml_get(node, "lessons"), part);
}

static void read_parts(struct loading *loading, const struct yaml_node *node, struct course *course)
{
    course->parts = xcalloc(node->item_count + 1, sizeof *course->parts);
    for (size_t i = 0; i < node->item_count; i++)
        if (loading_expect(loading, &node->items[i], YAML_MAPPING))
            read_part(loading, &node->items[i], &course->parts[course->part_count++]);
}

static void read_course(struct loading *loading, const struct yaml_node *root, struct course *course)
{
    const struct yaml_node *parts = yaml_get(root, "parts");
    if (!loading_expect(loading, root, YAML_MAPPING))
        return;
    loading_check_keys(loading, root, "title parts");
    for (const char *const *key = (const char *const[]){ "title", "parts", NULL }; *key; key++)
        if (!yaml_get(root, *key))
            loading_tell(loading, root->line, root->column, _("'%s' is missing"), *key);
    loading_read_text(loading, root, "title", room_of_line, &course->title);
    if (parts && loading_expect(loading, parts, YAML_LIST))
        read_parts(loading, parts, course);
    loading_refuse_placeholders(loading);
}

static void overlay_course(void *data, struct loading *loading, const struct translation_place *root)
{
    struct course *course = data;
    const struct yaml_node *parts = yaml_get(root->mapping, "parts");
    translation_check_keys(loading, root, "title parts");
    translation_overlay(loading, root, "title", room_of_line, &course->title);
    if (!parts || !loading_expect(loading, parts, YAML_LIST) || parts->item_count != course->part_count) {
        loading_tell_at(loading, parts ? parts : root->near, _("the course has %zu parts"),
                        course->part_count);
        return;
    }
    for (size_t i = 0; i < course->part_count; i++) {
        struct translation_place place = { .mapping = &parts->items[i], .near = &parts->items[i] };
        if (!loading_expect(loading, place.mapping, YAML_MAPPING))
            continue;
        translation_check_keys(loading, &place, "title");
        translation_overlay(loading, &place, "title", room_of_line, &course->parts[i].title);
    }
}

/* Problems are in `loading` then. 0 or -errno. */
static int load(struct loading *loading, struct course *course)
{
    struct yaml_document *document;
    struct yaml_fault fault;
    int error = yaml_document_load(&document, loading->path, &fault);
    if (error) {
        loading_tell(loading, fault.line, fault.column, "%s", fault.text);
        return error;
    }
    read_course(loading, &document->root, course);
    yaml_document_free(document);
    translation_read_all(loading, "course", overlay_course, course);
    return loading->problem_count ? -EINVAL : 0;
}

int course_file_load(struct course *course, const char *path, const struct lesson_problems *problems)
{
    struct loading loading;
    if (access(path, F_OK) < 0)
        return -errno;
    int error = loading_begin(&loading, path);
    if (error)
        return error;
    loading.lesson = xcalloc(1, sizeof *loading.lesson); /* it keeps the languages */
    error = load(&loading, course);
    loading_end(&loading, problems);
    lesson_free(loading.lesson);
    if (error)
        course_file_release(course);
    else
        course->path = xstrdup(path);
    return error;
}

void course_file_release(struct course *course)
{
    for (size_t i = 0; i < course->part_count; i++) {
        for (char **name = course->parts[i].lessons; *name; name++)
            free(*name);
        free(course->parts[i].lessons);
        free(course->parts[i].lines);
        lesson_text_release(&course->parts[i].title);
    }
    free(course->parts);
    free(course->path);
    course->path = NULL;
    lesson_text_release(&course->title);
    course->parts = NULL;
    course->part_count = 0;
}
