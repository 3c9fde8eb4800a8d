#include "app/lesson_check.h"

#include "app/check_report.h"
#include "app/environment.h"
#include "app/language.h"
#include "app/lesson_consent.h"
#include "app/lesson_needs.h"
#include "app/lesson_player.h"
#include "app/listing_check.h"
#include "app/output.h"
#include "app/signal_watch.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    EXIT_NOT_MET = 1,
    EXIT_BY_SIGNAL = 128,
    STEP_SECONDS = 60, /* a step that measures takes some, and more on a busy machine */
};

struct check {
    const struct lesson_selection *selection;
    const struct lesson_check_options *options;
    struct features features;
    struct lesson_needs *needs;
    struct check_report report;
    int signals;
    int signal; /* that wants an end; 0: none */
};

/* What the lesson's file, or a translation, has of mistakes; NULL: what no lesson's file has. */
static void report_problems(struct check *check, const struct chosen_lesson *lesson)
{
    const struct lesson_selection *selection = check->selection;
    check_report_begin(&check->report, lesson ? lesson->name : "course", NULL, 0, 0);
    for (size_t i = 0; i < selection->problem_count; i++) {
        const struct lesson_problem *problem = &selection->problems[i];
        bool mine = lesson && lesson_problem_is_of(problem, lesson), others = false;
        for (size_t j = 0; !lesson && j < selection->count; j++)
            others |= lesson_problem_is_of(problem, &selection->lessons[j]);
        if (lesson ? mine : !others)
            check_report_fail(&check->report, problem->path, problem->line, problem->text);
    }
    if (check->report.failure_count)
        check_report_end(&check->report, NULL, NULL);
}

/* Whether all are met; if not, why. */
static bool needs_are_met(struct check *check, char *const *needs, char *ret_reason, size_t size)
{
    for (; needs && *needs; needs++)
        if (!lesson_needs_met(check->needs, *needs, ret_reason, size))
            return false;
    return true;
}

static void check_listing(struct check *check, const struct lesson *lesson,
                          const struct lesson_listing *listing)
{
    char reason[256], *why = NULL;
    check_report_begin(&check->report, lesson->name, listing->file, 0, 0);
    if (!needs_are_met(check, listing->needs, reason, sizeof reason)) {
        check_report_end(&check->report, reason, NULL);
        return;
    }
    enum listing_verdict verdict = listing_check(lesson, listing, check->signals, &why);
    if ((check->signal = signal_watch_read(check->signals))) {
        free(why);
        return;
    }
    if (verdict == LISTING_FAILED)
        check_report_fail(&check->report, lesson->path, listing->line, why);
    check_report_end(&check->report, verdict == LISTING_SKIPPED ? why : NULL, NULL);
    free(why);
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    while (*text) {
        size_t length = strcspn(text, "\n"), blanks = strspn(text, " \t");
        count += blanks < length && text[blanks] != '#';
        text += length + (text[length] == '\n');
    }
    return count;
}

/* What the step was about, for the line that says it is good. */
static void describe(const struct play *play, char *ret, size_t size)
{
    char language[32];
    language_now(language, sizeof language);
    const struct lesson_step *step = play_step(play);
    int length = snprintf(ret, size, _("expectations: %zu"), count_lines(step->expect));
    if (step->ask && play_right(play) >= 0 && length > 0 && (size_t)length < size)
        length += snprintf(ret + length, size - (size_t)length, _(", the answer is %s"),
                           step->ask->choices[play_right(play)].is);
    if (play_is_instead(play) && length > 0 && (size_t)length < size)
        snprintf(ret + length, size - (size_t)length, _("; done another way: %s"),
                 play_reason(play, language));
}

static void report_step(struct check *check, const struct lesson_player *player, const char *reason)
{
    const struct play *play = player->play;
    char detail[400];
    int line;
    const char *failure;
    for (size_t i = 0; (failure = play_failure(play, i, &line)); i++)
        check_report_fail(&check->report, player->lesson->path, line, failure);
    describe(play, detail, sizeof detail);
    check_report_end(&check->report, reason, detail);
}

/* Waits until acts and expectations are over. False: they are not, or a signal came. */
static bool await_step(struct check *check, struct lesson_player *player)
{
    int64_t deadline = clock_now() + STEP_SECONDS * NS_PER_SECOND;
    while (play_phase(player->play) == PLAY_WATCH) {
        enum player_event event = lesson_player_wait(player, -1, deadline, &check->signal);
        if (event == PLAYER_SIGNALLED)
            return false;
        if (event == PLAYER_LATE) {
            char *text = xasprintf(_("acts and expectations were not over after %d s"), STEP_SECONDS);
            check_report_fail(&check->report, player->lesson->path, play_step(player->play)->line, text);
            free(text);
            report_step(check, player, NULL);
            return false;
        }
    }
    return true;
}

/* From the beginning of a step to that of the next. False: the lesson cannot go on. */
static bool check_step(struct check *check, struct lesson_player *player)
{
    struct play *play = player->play;
    char language[32];
    language_now(language, sizeof language);
    bool skipped = play_phase(play) == PLAY_SKIPPED;
    check_report_begin(&check->report, player->lesson->name, NULL, play_at(play) + 1,
                       player->lesson->step_count);
    if (play_phase(play) == PLAY_READ)
        play_next(play);
    play_predict(play, PLAY_NO_PREDICTION);
    if (!await_step(check, player))
        return false;
    bool acted = play_phase(play) == PLAY_RESULT;
    if (acted || skipped)
        report_step(check, player, skipped ? play_reason(play, language) : NULL);
    else /* it has nothing but text, and the next one has begun */
        check_report_end(&check->report, NULL, NULL);
    if (acted || skipped)
        play_next(play);
    return true;
}

static void play_lesson(struct check *check, const struct lesson *lesson, bool may_exec)
{
    struct lesson_player player = {
        .lesson = lesson,
        .features = &check->features,
        .needs = check->needs,
        .may_exec = may_exec,
        .sandbox = check->options->sandbox,
        .signals = check->signals,
    };
    int r = lesson_player_begin(&player);
    if (r < 0) {
        check_report_begin(&check->report, lesson->name, NULL, 0, 0);
        check_report_fail(&check->report, lesson->path, 1, error_words(r));
        check_report_end(&check->report, NULL, NULL);
        return;
    }
    while (play_phase(player.play) != PLAY_END && check_step(check, &player))
        ;
    lesson_player_end(&player);
}

static bool is_over(struct check *check)
{
    if (!check->signal)
        check->signal = signal_watch_read(check->signals);
    return check->signal || !output_flush();
}

static void check_lesson(struct check *check, const struct chosen_lesson *lesson, bool may_exec)
{
    report_problems(check, lesson);
    for (size_t i = 0; lesson->lesson && i < lesson->lesson->listing_count && !is_over(check); i++)
        check_listing(check, lesson->lesson, &lesson->lesson->listings[i]);
    if (lesson->lesson && !is_over(check))
        play_lesson(check, lesson->lesson, may_exec);
}

/* All are asked about before anything is done. 0 or an exit status. */
static int ask_for_all(const struct lesson_selection *selection, bool allowed, bool *may_exec)
{
    int status = 0;
    for (size_t i = 0; i < selection->count && status == 0; i++)
        if (selection->lessons[i].lesson)
            status = lesson_consent(&selection->lessons[i], true, allowed, &may_exec[i]);
    return status;
}

static int check_all(struct check *check, const bool *may_exec)
{
    const struct lesson_selection *selection = check->selection;
    if (selection->whole)
        report_problems(check, NULL);
    for (size_t i = 0; i < selection->count && !is_over(check); i++)
        check_lesson(check, &selection->lessons[i], may_exec[i]);
    if (check->signal)
        return EXIT_BY_SIGNAL + check->signal;
    check_report_summary(&check->report);
    int status = output_end();
    return status ? status : check->report.counts[CHECK_FAILED] ? EXIT_NOT_MET : 0;
}

int lesson_check(const struct lesson_selection *selection, const struct lesson_check_options *options)
{
    struct check check = { .selection = selection, .options = options, .report.json = options->json };
    bool *may_exec = xcalloc(selection->count + 1, sizeof *may_exec);
    int status = environment_features(&check.features);
    if (status == 0)
        status = ask_for_all(selection, options->allow_exec, may_exec);
    if (status == 0) {
        check.needs = lesson_needs_new();
        check.signals = signal_watch();
        status = check_all(&check, may_exec);
        close(check.signals);
    }
    lesson_needs_free(check.needs);
    check_report_release(&check.report);
    free(may_exec);
    return status;
}
