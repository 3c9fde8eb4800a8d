#include "lesson/lesson.h"

#include "base/memory.h"

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
    for (size_t i = 0; i < listing->comment_count; i++) {
        free(listing->comments[i].words);
        lesson_text_release(&listing->comments[i].text);
    }
    free(listing->comments);
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

/* A word of the command language that needs no quotes; it may be a term as well as a text. */
static bool is_bare(const char *word)
{
    return *word &&
           word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-[]<")] ==
               '\0';
}

static char *quoted(const char *text)
{
    char *word = xmalloc(2 * strlen(text) + 3), *out = word;
    *out++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            *out++ = '\\';
        *out++ = *text;
    }
    *out++ = '"';
    *out = '\0';
    return word;
}

char *lesson_choice_expectation(const struct lesson_question *question, const struct lesson_choice *choice)
{
    if (choice->when)
        return xstrdup(choice->when);
    char *value = is_bare(choice->is) ? xstrdup(choice->is) : quoted(choice->is);
    char *expectation = xasprintf("%s = %s", question->answer, value);
    free(value);
    return expectation;
}
