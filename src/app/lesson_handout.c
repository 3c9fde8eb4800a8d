#include "app/lesson_handout.h"

#include "app/environment.h"
#include "app/language.h"
#include "app/lesson_consent.h"
#include "app/lesson_needs.h"
#include "app/lesson_player.h"
#include "app/signal_watch.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/handout.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_WRONG = 1, EXIT_BY_SIGNAL = 128, STEP_SECONDS = 60 };

/* The answers of one lesson: the right choice of each step. */
struct answers {
    int right[LESSON_STEPS_MAX];
};

static int await_step(struct lesson_player *player)
{
    int64_t deadline = clock_now() + STEP_SECONDS * NS_PER_SECOND;
    int signal = 0;
    while (play_phase(player->play) == PLAY_WATCH)
        if (lesson_player_wait(player, -1, deadline, &signal) != PLAYER_CHANGED)
            break;
    return signal;
}

/* Plays the lesson for what the kernel answers. A step that cannot be played has no known answer. 0, or the
 * number of a signal that wants an end. */
static int play_lesson(struct lesson_player *player, struct answers *answers)
{
    int signal = 0;
    for (size_t i = 0; i < LESSON_STEPS_MAX; i++)
        answers->right[i] = HANDOUT_UNKNOWN;
    if (lesson_player_begin(player) < 0)
        return 0;
    const struct play *play = player->play;
    while (play_phase(play) != PLAY_END && !signal) {
        if (play_phase(play) == PLAY_READ)
            play_next(player->play);
        play_predict(player->play, PLAY_NO_PREDICTION);
        signal = await_step(player);
        if (play_phase(play) == PLAY_WATCH) /* it does not come to an end */
            break;
        if (play_phase(play) == PLAY_RESULT && !play_is_instead(play) && play_at(play) < LESSON_STEPS_MAX)
            answers->right[play_at(play)] = play_right(play);
        if (play_phase(play) == PLAY_RESULT || play_phase(play) == PLAY_SKIPPED)
            play_next(player->play);
    }
    lesson_player_end(player);
    return signal;
}

/* Fills answers[] for all. 0 or an exit status. */
static int find_answers(const struct lesson_selection *selection, bool allow_exec, struct answers *answers)
{
    struct features features;
    int status = environment_features(&features), signal = 0;
    struct lesson_needs *needs = lesson_needs_new();
    int signals = signal_watch();
    for (size_t i = 0; i < selection->count && status == 0 && signal == 0; i++) {
        struct lesson_player player = {
            .lesson = selection->lessons[i].lesson,
            .features = &features,
            .needs = needs,
            .signals = signals,
        };
        status = lesson_consent(&selection->lessons[i], false, allow_exec, &player.may_exec);
        if (status == 0)
            signal = play_lesson(&player, &answers[i]);
    }
    close(signals);
    lesson_needs_free(needs);
    return signal ? EXIT_BY_SIGNAL + signal : status;
}

static int complain(const char *path, int error)
{
    char shown[200];
    text_clean(shown, sizeof shown, path);
    fprintf(stderr, "forklore lesson: %s: %s\n", shown, error_words(error));
    return EXIT_WRONG;
}

static int write_file(const struct lesson_selection *selection, const struct lesson_handout_options *options,
                      const struct answers *answers)
{
    char language[32];
    language_now(language, sizeof language);
    struct handout handout = {
        .format = handout_format_of(options->path),
        .language = language,
        .with_answers = options->with_answers,
    };
    const struct lesson_text *title = selection->count == 1 || !selection->course
                                          ? &selection->lessons[0].lesson->title
                                          : &selection->course->title;
    FILE *out = fopen(options->path, "we");
    if (!out)
        return complain(options->path, -errno);
    handout_begin(&handout, out, lesson_text_in(title, language));
    for (size_t i = 0; i < selection->count; i++)
        handout_lesson(&handout, out, selection->lessons[i].lesson, answers ? answers[i].right : NULL);
    handout_end(&handout, out);
    int error = ferror(out) ? -EIO : 0;
    if (fclose(out) != 0 && !error)
        error = -errno;
    return error ? complain(options->path, error) : 0;
}

int lesson_handout(const struct lesson_selection *selection, const struct lesson_handout_options *options)
{
    int status = 0;
    for (size_t i = 0; i < selection->count; i++)
        if (!selection->lessons[i].lesson) {
            lesson_selection_complain(selection, &selection->lessons[i]);
            return EXIT_WRONG;
        }
    struct answers *answers = options->with_answers ? xcalloc(selection->count + 1, sizeof *answers) : NULL;
    if (answers)
        status = find_answers(selection, options->allow_exec, answers);
    if (status == 0)
        status = write_file(selection, options, answers);
    free(answers);
    return status;
}
