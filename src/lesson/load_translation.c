/* The translations of a lesson. */

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/translation.h"

#include <stdlib.h>
#include <string.h>

static const struct lesson_choice *choice_of(const struct lesson_question *question, const char *is)
{
    for (size_t i = 0; i < question->choice_count; i++)
        if (strcmp(question->choices[i].is, is) == 0)
            return &question->choices[i];
    return NULL;
}

static void overlay_choices(struct loading *loading, const struct translation_place *place,
                            struct lesson_question *question)
{
    for (size_t i = 0; place->mapping && i < place->mapping->item_count; i++)
        if (!choice_of(question, place->mapping->items[i].key))
            loading_tell_at(loading, &place->mapping->items[i], _("the lesson has no choice '%s' here"),
                            excerpt(place->mapping->items[i].key).text);
    for (size_t i = 0; i < question->choice_count; i++) {
        struct lesson_choice *choice = &question->choices[i];
        struct translation_place at = translation_place_of(loading, place, choice->is);
        translation_check_keys(loading, &at, "why say");
        translation_overlay(loading, &at, "say", room_of_line, &choice->label);
        translation_overlay(loading, &at, "why", room_of_text, &choice->why);
    }
}

static void overlay_question(struct loading *loading, const struct translation_place *place,
                             struct lesson_question *question)
{
    struct translation_place choices = translation_place_of(loading, place, "choices");
    translation_check_keys(loading, place, "question choices");
    translation_overlay(loading, place, "question", room_of_line, &question->question);
    overlay_choices(loading, &choices, question);
    loading_check_choices(loading, question, choices.near);
}

static void overlay_step(struct loading *loading, const struct translation_place *place,
                         struct lesson_step *step)
{
    const struct yaml_node *ask = place->mapping ? yaml_get(place->mapping, "ask") : NULL;
    translation_overlay(loading, place, "say", room_of_text, &step->say);
    translation_overlay(loading, place, "then", room_of_text, &step->then);
    translation_overlay(loading, place, "notes", room_of_notes, &step->notes);
    if (step->ask) {
        struct translation_place question = translation_place_of(loading, place, "ask");
        overlay_question(loading, &question, step->ask);
    } else if (ask) {
        loading_tell_at(loading, ask, _("the lesson has no '%s' here"), "ask");
    }
    if (step->instead) {
        struct translation_place instead = translation_place_of(loading, place, "otherwise");
        translation_check_keys(loading, &instead, "reason say ask then notes");
        translation_overlay(loading, &instead, "reason", room_of_text, &step->otherwise);
        overlay_step(loading, &instead, step->instead);
    } else {
        translation_overlay(loading, place, "otherwise", room_of_text, &step->otherwise);
    }
}

static void overlay_steps(struct loading *loading, const struct translation_place *root)
{
    struct lesson *lesson = loading->lesson;
    const struct yaml_node *steps = yaml_get(root->mapping, "steps");
    if (!steps)
        loading_tell_at(loading, root->near, _("'%s' is missing"), "steps");
    if (!steps || !loading_expect(loading, steps, YAML_LIST))
        return;
    if (steps->item_count != lesson->step_count) {
        loading_tell_at(loading, steps, _("there are %zu steps; the lesson has %zu"), steps->item_count,
                        lesson->step_count);
        return;
    }
    for (size_t i = 0; i < lesson->step_count; i++) {
        if (!loading_expect(loading, &steps->items[i], YAML_MAPPING))
            continue;
        struct translation_place place = { .mapping = &steps->items[i], .near = &steps->items[i] };
        translation_check_keys(loading, &place, "say then notes ask otherwise");
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

static void overlay_lesson(void *data, struct loading *loading, const struct translation_place *root)
{
    struct lesson *lesson = data;
    translation_check_keys(loading, root, "title goal comments steps");
    translation_overlay(loading, root, "title", room_of_title, &lesson->title);
    translation_overlay(loading, root, "goal", room_of_line, &lesson->goal);
    loading_translate_comments(loading, root);
    overlay_steps(loading, root);
    add_language(lesson, loading->locale);
}

void loading_read_translations(struct loading *loading)
{
    translation_read_all(loading, loading->lesson->name, overlay_lesson, loading->lesson);
}
