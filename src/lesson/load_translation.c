/* A translation NAME.LOCALE.yaml beside the lesson: the same structure, with a plain text in the place of
 * each text. It adds a language to all of them. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/loading.h"
#include "lesson/text_rules.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that is the same in all languages needs no translation. */
static bool needs_translation(const struct lesson_text *text)
{
    return text->count > 0 && text->variants[0].locale[0];
}

/* A mapping of the translation; where it is missing, what is nearest to it stands for its place. */
struct place {
    const struct yaml_node *mapping; /* NULL: there is none */
    const struct yaml_node *near;
};

/* The mapping of `key` in the place. */
static struct place place_of(struct loading *loading, const struct place *place, const char *key)
{
    const struct yaml_node *node = place->mapping ? yaml_get(place->mapping, key) : NULL;
    bool is_there = node && loading_expect(loading, node, YAML_MAPPING);
    return (struct place){ .mapping = is_there ? node : NULL, .near = node ? node : place->near };
}

static void check_keys(struct loading *loading, const struct place *place, const char *known)
{
    if (place->mapping)
        loading_check_keys(loading, place->mapping, known);
}

/* The text of `key`, which belongs into `text`. */
static void overlay(struct loading *loading, const struct place *place, const char *key,
                    struct text_room room, struct lesson_text *text)
{
    const struct yaml_node *node = place->mapping ? yaml_get(place->mapping, key) : NULL;
    if (node && text->count > 0)
        loading_read_text_of(loading, node, room, text);
    else if (node)
        loading_tell_at(loading, node, _("the lesson has no '%s' here"), key);
    else if (needs_translation(text))
        loading_tell_at(loading, place->near, _("'%s' is missing: see line %d of the lesson"), key,
                        text->line);
}

static const struct lesson_choice *choice_of(const struct lesson_question *question, const char *is)
{
    for (size_t i = 0; i < question->choice_count; i++)
        if (strcmp(question->choices[i].is, is) == 0)
            return &question->choices[i];
    return NULL;
}

static void overlay_choices(struct loading *loading, const struct place *place,
                            struct lesson_question *question)
{
    for (size_t i = 0; place->mapping && i < place->mapping->item_count; i++)
        if (!choice_of(question, place->mapping->items[i].key))
            loading_tell_at(loading, &place->mapping->items[i], _("the lesson has no choice '%s' here"),
                            excerpt(place->mapping->items[i].key).text);
    for (size_t i = 0; i < question->choice_count; i++) {
        struct lesson_choice *choice = &question->choices[i];
        struct place at = place_of(loading, place, choice->is);
        check_keys(loading, &at, "why say");
        overlay(loading, &at, "say", room_of_line, &choice->label);
        overlay(loading, &at, "why", room_of_text, &choice->why);
    }
}

static void overlay_question(struct loading *loading, const struct place *place,
                             struct lesson_question *question)
{
    struct place choices = place_of(loading, place, "choices");
    check_keys(loading, place, "question choices");
    overlay(loading, place, "question", room_of_line, &question->question);
    overlay_choices(loading, &choices, question);
    loading_check_choices(loading, question, choices.near->key_line);
}

static void overlay_step(struct loading *loading, const struct place *place, struct lesson_step *step)
{
    const struct yaml_node *ask = place->mapping ? yaml_get(place->mapping, "ask") : NULL;
    overlay(loading, place, "say", room_of_text, &step->say);
    overlay(loading, place, "then", room_of_text, &step->then);
    overlay(loading, place, "notes", room_of_notes, &step->notes);
    if (step->ask) {
        struct place question = place_of(loading, place, "ask");
        overlay_question(loading, &question, step->ask);
    } else if (ask) {
        loading_tell_at(loading, ask, _("the lesson has no '%s' here"), "ask");
    }
    if (step->instead) {
        struct place instead = place_of(loading, place, "otherwise");
        check_keys(loading, &instead, "reason say ask then notes");
        overlay(loading, &instead, "reason", room_of_text, &step->otherwise);
        overlay_step(loading, &instead, step->instead);
    } else {
        overlay(loading, place, "otherwise", room_of_text, &step->otherwise);
    }
}

static void overlay_steps(struct loading *loading, const struct yaml_node *root)
{
    struct lesson *lesson = loading->lesson;
    const struct yaml_node *steps = yaml_get(root, "steps");
    if (!steps || !loading_expect(loading, steps, YAML_LIST)) {
        if (!steps)
            loading_tell(loading, root->line, root->column, _("'%s' is missing"), "steps");
        return;
    }
    if (steps->item_count != lesson->step_count) {
        loading_tell_at(loading, steps, _("there are %zu steps; the lesson has %zu"), steps->item_count,
                        lesson->step_count);
        return;
    }
    for (size_t i = 0; i < lesson->step_count; i++) {
        if (!loading_expect(loading, &steps->items[i], YAML_MAPPING))
            continue;
        struct place place = { .mapping = &steps->items[i], .near = &steps->items[i] };
        check_keys(loading, &place, "say then notes ask otherwise");
        overlay_step(loading, &place, &lesson->steps[i]);
    }
}

static void add_language(struct lesson *lesson, const char *locale)
{
    size_t count = 0;
    while (lesson->languages[count])
        if (strcmp(lesson->languages[count++], locale) == 0)
            return;
    lesson->languages = xreallocarray(lesson->languages, count + 2, sizeof *lesson->languages);
    lesson->languages[count] = xstrdup(locale);
    lesson->languages[count + 1] = NULL;
}

static void read_translation(struct loading *loading, const char *path, const char *locale)
{
    struct yaml_document *document;
    struct yaml_fault fault;
    struct lesson *lesson = loading->lesson;
    const char *before = loading->path;
    loading->path = path;
    loading->locale = locale;
    if (yaml_document_load(&document, path, &fault) < 0) {
        loading_tell(loading, fault.line, fault.column, "%s", fault.text);
    } else {
        const struct yaml_node *root = &document->root;
        if (loading_expect(loading, root, YAML_MAPPING)) {
            struct place place = { .mapping = root, .near = root };
            check_keys(loading, &place, "title goal steps");
            overlay(loading, &place, "title", room_of_title, &lesson->title);
            overlay(loading, &place, "goal", room_of_line, &lesson->goal);
            overlay_steps(loading, root);
        }
        yaml_document_free(document);
    }
    loading_check_placeholders(loading);
    add_language(lesson, locale);
    loading->path = before;
    loading->locale = NULL;
}

/* The locale in NAME.LOCALE.yaml, to be freed; NULL: the file is none of the lesson's. */
static char *locale_of(const char *file, const char *name)
{
    size_t length = strlen(file), prefix = strlen(name);
    if (length <= prefix + 6 || strncmp(file, name, prefix) != 0 || file[prefix] != '.' ||
        strcmp(file + length - 5, ".yaml") != 0)
        return NULL;
    char *locale = xstrndup(file + prefix + 1, length - prefix - 6);
    if (loading_is_locale(locale))
        return locale;
    free(locale);
    return NULL;
}

void loading_read_translations(struct loading *loading)
{
    const char *path = loading->lesson->path, *slash = strrchr(path, '/');
    char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup("./");
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char *locale = locale_of(entries[i]->d_name, loading->lesson->name);
        if (locale) {
            char *file = xasprintf("%s%s", slash ? folder : "", entries[i]->d_name);
            read_translation(loading, file, locale);
            free(file);
        }
        free(locale);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(folder);
}
