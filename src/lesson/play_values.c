/* The kernel's values in texts: read when the text is shown; in a review, as they were when the kernel
 * answered, since who they speak of may be gone by then. */
#include "lesson/play_state.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct play_value *find_value(const struct play_kept *kept, const char *term)
{
    for (size_t i = 0; i < kept->value_count; i++)
        if (strcmp(kept->values[i].term, term) == 0)
            return &kept->values[i];
    return NULL;
}

static void keep_value(const struct lab *lab, struct play_kept *kept, char *term)
{
    if (find_value(kept, term)) {
        free(term);
        return;
    }
    kept->values = xreallocarray(kept->values, kept->value_count + 1, sizeof *kept->values);
    struct play_value *value = &kept->values[kept->value_count++];
    value->term = term;
    lab_value(lab, term, value->value, sizeof value->value);
}

static void keep_text(const struct lab *lab, struct play_kept *kept, const struct lesson_text *text)
{
    size_t length;
    for (size_t i = 0; i < text->count; i++)
        for (const char *at = text->variants[i].text; (at = lesson_text_value(at, &length)); at += length)
            keep_value(lab, kept, xstrndup(at + 1, length - 2));
}

static void release_values(struct play_kept *kept)
{
    for (size_t i = 0; i < kept->value_count; i++)
        free(kept->values[i].term);
    free(kept->values);
    kept->values = NULL;
    kept->value_count = 0;
}

void play_keep_values(const struct play *play, struct play_kept *kept)
{
    const struct lesson_step *step = play->step;
    release_values(kept);
    keep_text(play->lab, kept, &step->say);
    keep_text(play->lab, kept, &step->ask->question);
    for (size_t i = 0; i < step->ask->choice_count; i++) {
        keep_text(play->lab, kept, &step->ask->choices[i].label);
        keep_text(play->lab, kept, &step->ask->choices[i].why);
    }
}

void play_release_kept(struct play_kept *kept)
{
    release_values(kept);
}

static void read_value(void *data, const char *term, char *ret, size_t size)
{
    const struct play *play = data;
    bool kept = play->phase == PLAY_REVIEW || play->phase == PLAY_REVIEWED;
    const struct play_value *value = kept ? find_value(&play->kept[play->at], term) : NULL;
    if (!kept && play->lab)
        lab_value(play->lab, term, ret, size);
    else
        snprintf(ret, size, "%s", value ? value->value : "?");
}

char *play_fill(const struct play *play, const struct lesson_text *text, const char *locale)
{
    return lesson_text_fill(lesson_text_in(text, locale), read_value, (void *)play);
}

/* In PLAY_RESULT and PLAY_REVIEWED. NULL: no choice says anything. */
static const struct lesson_text *find_why(const struct play *play)
{
    const struct lesson_question *ask = play->step->ask;
    int choice = play->prediction != PLAY_NO_PREDICTION ? play->prediction : play->right;
    return ask && choice >= 0 ? &ask->choices[choice].why : NULL;
}

char *play_text(const struct play *play, const char *locale)
{
    const struct lesson_step *step = play_step(play);
    bool answered = play->phase == PLAY_RESULT || play->phase == PLAY_REVIEWED;
    const struct lesson_text *why = answered ? find_why(play) : NULL;
    if (play->phase == PLAY_END)
        return xstrdup("");
    if (play->phase == PLAY_SKIPPED)
        return xstrdup(play_reason(play, locale));
    if (why)
        return play_fill(play, why, locale);
    bool after = play->phase == PLAY_RESULT && !step->ask && !lesson_text_is_empty(&step->then);
    return play_fill(play, after ? &step->then : &step->say, locale);
}

const char *play_reason(const struct play *play, const char *locale)
{
    bool in_words = *play->need_reason && play->reason && !lesson_text_is_empty(play->reason);
    return in_words ? lesson_text_in(play->reason, locale) : play->need_reason;
}
