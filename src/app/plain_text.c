#include "app/plain_text.h"

#include "app/language.h"
#include "app/output.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/paragraph.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_WIDTH = 79, LEAST_WIDTH = 20 };

void plain_text_begin(struct plain_text *text, const struct lesson *lesson)
{
    int width = output_width();
    text->lesson = lesson;
    text->width = !width ? DEFAULT_WIDTH : width < LEAST_WIDTH ? LEAST_WIDTH : width;
    language_now(text->language, sizeof text->language);
}

static void print_wrapped(const struct plain_text *text, const char *words)
{
    for (size_t next, length; *words; words += next) {
        next = paragraph_next(words, text->width, &length);
        printf("%.*s\n", (int)length, words);
    }
}

/* One message, in as many lines as it takes. The format is translated already. */
__attribute__((format(printf, 2, 3))) static void say(const struct plain_text *text, const char *format, ...)
{
    char words[1400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    print_wrapped(text, words);
}

void plain_text_keys(const struct plain_text *text)
{
    say(text, "%s",
        _("Enter: go on. 1 to 4: predict; 0: be shown without predicting. b: back. r: this step again.\n"
          "v: the listing. l: another language. q: quit."));
}

void plain_text_heading(const struct plain_text *text, const struct play *play)
{
    char number[16] = "";
    char *title = play_fill(play, &text->lesson->title, text->language);
    if (text->lesson->number >= 0)
        snprintf(number, sizeof number, "%02d ", text->lesson->number);
    printf("\n");
    if (play_phase(play) == PLAY_REVIEW)
        say(text, _("%s%s, step %zu of %zu, once more:"), number, title, play_at(play) + 1,
            text->lesson->step_count);
    else
        say(text, _("%s%s, step %zu of %zu"), number, title, play_at(play) + 1, text->lesson->step_count);
    free(title);
}

void plain_text_body(const struct plain_text *text, const struct play *play)
{
    char *words = play_text(play, text->language);
    if (play_phase(play) == PLAY_SKIPPED)
        printf("%s ", _("This step is left out here:"));
    else if (play_is_instead(play) && play_phase(play) == PLAY_READ)
        print_wrapped(text, play_reason(play, text->language));
    print_wrapped(text, words);
    free(words);
}

static void name_listings(const struct plain_text *text, const struct lesson_step *step)
{
    char *names = NULL;
    size_t size;
    FILE *out = step->mark_count ? open_memstream(&names, &size) : NULL;
    if (!out)
        return;
    fputs(_("Listing (v shows it): "), out);
    for (size_t i = 0; i < step->mark_count; i++) {
        const struct lesson_mark *mark = &step->marks[i];
        fprintf(out, "%s%s:%d", i ? ", " : "", mark->file, mark->from);
        if (mark->to > mark->from)
            fprintf(out, "-%d", mark->to);
    }
    fclose(out);
    print_wrapped(text, names);
    free(names);
}

static char *fill(const struct play *play, const char *words)
{
    struct lesson_variant variant = { .locale = "", .text = (char *)words };
    struct lesson_text text = { .variants = &variant, .count = 1 };
    return play_fill(play, &text, "");
}

void plain_text_hints(const struct plain_text *text, const struct play *play)
{
    const struct lesson_step *step = play_step(play);
    bool acts = *step->acts || *step->expect;
    if (play_phase(play) == PLAY_READ)
        name_listings(text, step);
    if (play_phase(play) == PLAY_READ && acts)
        return; /* they speak of processes that are not there yet */
    for (char **command = step->shell; command && *command; command++) {
        char *words = fill(play, *command);
        say(text, _("To try in another terminal: %s\n"), words);
        free(words);
    }
}

/* What a choice is called, to be freed. */
static char *label_of(const struct plain_text *text, const struct play *play, int choice)
{
    const struct lesson_choice *chosen = &play_step(play)->ask->choices[choice];
    return lesson_text_is_empty(&chosen->label) ? xstrdup(chosen->is)
                                                : play_fill(play, &chosen->label, text->language);
}

void plain_text_question(const struct plain_text *text, const struct play *play)
{
    const struct lesson_question *ask = play_step(play)->ask;
    char *question = play_fill(play, &ask->question, text->language);
    print_wrapped(text, question);
    free(question);
    for (size_t i = 0; i < ask->choice_count; i++) {
        char *label = label_of(text, play, (int)i);
        printf("  %zu  %s\n", i + 1, label);
        free(label);
    }
}

static void print_answer(const struct plain_text *text, const struct play *play)
{
    int said = play_prediction(play), right = play_right(play);
    char *said_label = said >= 0 ? label_of(text, play, said) : NULL;
    char *right_label = right >= 0 ? label_of(text, play, right) : xstrdup("?");
    if (said < 0)
        say(text, _("The kernel says: %s.\n"), right_label);
    else if (said == right)
        say(text, _("You said: %s. So does the kernel.\n"), said_label);
    else
        say(text, _("You said: %s. The kernel says: %s.\n"), said_label, right_label);
    free(said_label);
    free(right_label);
}

void plain_text_result(const struct plain_text *text, const struct play *play)
{
    const char *failure;
    int line;
    for (size_t i = 0; (failure = play_failure(play, i, &line)); i++)
        say(text, _("This is not what the lesson expects (its line %d): %s\n"), line, failure);
    printf("\n");
    if (play_step(play)->ask)
        print_answer(text, play);
}

static bool is_marked(const struct lesson_step *step, const char *file, int line)
{
    for (size_t i = 0; i < step->mark_count; i++)
        if (strcmp(step->marks[i].file, file) == 0 &&
            (!line || (line >= step->marks[i].from && line <= step->marks[i].to)))
            return true;
    return false;
}

static void print_listing(const struct plain_text *text, const struct lesson_step *step,
                          const struct lesson_listing *listing)
{
    char *whole = lesson_listing_text(listing, text->language);
    int line = 0;
    printf("\n%s\n", listing->file);
    for (const char *at = whole; *at;) {
        size_t length = strcspn(at, "\n");
        bool marked = is_marked(step, listing->file, ++line);
        printf("%s%2d  %.*s\n", marked ? "-> " : "   ", line, (int)length, at);
        at += length + (at[length] == '\n');
    }
    free(whole);
}

void plain_text_listings(const struct plain_text *text, const struct play *play, const struct lesson *lesson)
{
    const struct lesson_step *step = play_step(play);
    if (!lesson->listing_count)
        puts(_("This lesson has no listing."));
    for (size_t i = 0; i < lesson->listing_count; i++)
        if (!step->mark_count || is_marked(step, lesson->listings[i].file, 0))
            print_listing(text, step, &lesson->listings[i]);
}

void plain_text_prompt(const struct play *play)
{
    switch (play_phase(play)) {
    case PLAY_READ:
        printf("%s", play_step(play)->ask ? _("[Enter: the question] ") : _("[Enter: go on] "));
        break;
    case PLAY_PREDICT:
    case PLAY_REVIEW: printf(_("[1 to %zu, or 0] "), play_step(play)->ask->choice_count); break;
    default: printf("%s", _("[Enter: next] ")); break;
    }
}

void plain_text_end(const struct play *play)
{
    size_t right, made;
    play_score(play, &right, &made);
    printf("\n%s\n", _("The end of the lesson."));
    if (made)
        printf(_("Predictions: %zu, right at first: %zu.\n"), made, right);
}
