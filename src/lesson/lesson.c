#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

static void free_words(char **words)
{
    for (char **word = words; word && *word; word++)
        free(*word);
    free(words);
}

static void free_question(struct lesson_question *question)
{
    if (!question)
        return;
    for (size_t i = 0; i < question->choice_count; i++) {
        struct lesson_choice *choice = &question->choices[i];
        free(choice->is);
        free(choice->when);
        lesson_text_release(&choice->label);
        lesson_text_release(&choice->why);
    }
    free(question->choices);
    free(question->answer);
    lesson_text_release(&question->question);
    free(question);
}

static void release_step(struct lesson_step *step)
{
    lesson_text_release(&step->say);
    lesson_text_release(&step->then);
    lesson_text_release(&step->otherwise);
    lesson_text_release(&step->notes);
    free_question(step->ask);
    free(step->acts);
    free(step->expect);
    for (size_t i = 0; i < step->mark_count; i++)
        free(step->marks[i].file);
    free(step->marks);
    free_words(step->shell);
    free_words(step->needs);
    if (step->instead)
        release_step(step->instead);
    free(step->instead);
}

static void release_listing(struct lesson_listing *listing)
{
    free(listing->file);
    free(listing->text);
    free(listing->prints);
    free(listing->input);
    free_words(listing->needs);
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    for (size_t i = 0; i < lesson->step_count; i++)
        release_step(&lesson->steps[i]);
    for (size_t i = 0; i < lesson->listing_count; i++)
        release_listing(&lesson->listings[i]);
    free(lesson->steps);
    free(lesson->listings);
    free_words(lesson->languages);
    lesson_text_release(&lesson->title);
    lesson_text_release(&lesson->goal);
    free(lesson->name);
    free(lesson->path);
    free(lesson);
}

const struct lesson_listing *lesson_listing(const struct lesson *lesson, const char *file)
{
    for (size_t i = 0; i < lesson->listing_count; i++)
        if (strcmp(lesson->listings[i].file, file) == 0)
            return &lesson->listings[i];
    return NULL;
}
