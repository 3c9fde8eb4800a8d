#include "lesson/play.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/listing_files.h"
#include "lesson/play_state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The lab and the listings' files in its directory. False: it cannot be, and the step says why. */
static bool begin_lab(struct play *play)
{
    const struct lesson_listing *failed;
    play->lab = play->host.fresh_lab(play->host.data);
    if (!play->lab) {
        play_fail(play, play->step->line, _("there is no lab"));
        return false;
    }
    int r = listing_files_write(play->lesson, lab_directory(play->lab), &failed);
    if (r < 0)
        play_fail(play, failed ? failed->line : play->step->line, _("%s could not be written: %s"),
                  failed ? failed->file : lab_directory(play->lab), error_words(r));
    return r == 0;
}

/* In a fresh lab, with the acts of the steps before the goal. */
static void begin_anew(struct play *play, size_t goal)
{
    play_enter_step(play, goal, false);
    play->goal = goal;
    if (!begin_lab(play)) {
        play->phase = PLAY_RESULT;
        return;
    }
    if (goal == 0)
        return;
    play_enter_step(play, 0, false);
    if (play->phase != PLAY_SKIPPED)
        play_begin_acts(play);
    play->phase = PLAY_CATCH_UP;
}

int play_new(struct play **ret, const struct lesson *lesson, const struct play_host *host)
{
    if (lesson->step_count == 0)
        return -EINVAL;
    struct play *play = xcalloc(1, sizeof *play);
    play->lesson = lesson;
    play->host = *host;
    play->kept = xcalloc(lesson->step_count, sizeof *play->kept);
    begin_anew(play, 0);
    *ret = play;
    return 0;
}

void play_free(struct play *play)
{
    if (!play)
        return;
    play_forget_calls(play);
    for (size_t i = 0; i < play->failure_count; i++)
        free(play->failures[i].text);
    for (size_t i = 0; i < play->lesson->step_count; i++)
        play_release_kept(&play->kept[i]);
    free(play->failures);
    free(play->kept);
    free(play);
}

/* The first missed question from the step `from` on, or the end. */
static void review(struct play *play, size_t from)
{
    play->phase = PLAY_END;
    play->changed = true;
    for (size_t i = from; i < play->lesson->step_count; i++) {
        const struct play_record *record = &play->kept[i].record;
        if (!record->shown || record->latest == PLAY_NO_PREDICTION || record->right < 0 ||
            record->latest == record->right)
            continue;
        play_enter_step(play, i, false);
        play->step = play->kept[i].step;
        play->phase = PLAY_REVIEW;
        return;
    }
}

static void go_past(struct play *play)
{
    if (play->at + 1 < play->lesson->step_count)
        play_enter_step(play, play->at + 1, false);
    else
        review(play, 0);
}

static void watch(struct play *play)
{
    play->phase = PLAY_WATCH;
    play->changed = true;
    play_begin_acts(play);
}

static bool has_nothing_to_watch(const struct lesson_step *step)
{
    return !*step->acts && !*step->expect && lesson_text_is_empty(&step->then);
}

void play_next(struct play *play)
{
    switch (play->phase) {
    case PLAY_READ:
        play->changed = true;
        if (play->step->ask)
            play->phase = PLAY_PREDICT;
        else if (has_nothing_to_watch(play->step))
            go_past(play);
        else
            watch(play);
        break;
    case PLAY_RESULT:
    case PLAY_SKIPPED: go_past(play); break;
    case PLAY_REVIEWED: review(play, play->at + 1); break;
    default: break;
    }
}

static bool is_choice(const struct play *play, int choice)
{
    return choice == PLAY_NO_PREDICTION || (choice >= 0 && (size_t)choice < play->step->ask->choice_count);
}

void play_predict(struct play *play, int choice)
{
    struct play_kept *kept = &play->kept[play->at];
    bool asked = play->phase == PLAY_PREDICT || play->phase == PLAY_REVIEW;
    if (!asked || !is_choice(play, choice))
        return;
    play->prediction = choice;
    play->changed = true;
    if (play->phase == PLAY_PREDICT) {
        if (!kept->predicted)
            kept->record = (struct play_record){ .time = clock_now(), .first = choice };
        kept->predicted = true;
        watch(play);
        return;
    }
    play->phase = PLAY_REVIEWED;
    play->right = kept->record.right;
    memcpy(play->answer, kept->record.answer, sizeof play->answer);
    kept->record.latest = choice;
}

void play_go_to(struct play *play, size_t step)
{
    if (step < play->lesson->step_count)
        begin_anew(play, step);
}

void play_again(struct play *play)
{
    play_go_to(play, play_at(play));
}

void play_back(struct play *play)
{
    bool begun = play->phase == PLAY_WATCH || play->phase == PLAY_RESULT;
    bool after = play->phase == PLAY_REVIEW || play->phase == PLAY_REVIEWED || play->phase == PLAY_END;
    size_t at = play_at(play);
    if (after)
        play_go_to(play, play->lesson->step_count - 1);
    else if (begun || at > 0)
        play_go_to(play, begun ? at : at - 1);
    else if (play->phase == PLAY_PREDICT) {
        play->phase = PLAY_READ;
        play->changed = true;
    }
}

/* A step of the past is over. */
static void catch_up(struct play *play)
{
    play_enter_step(play, play->at + 1, true);
    if (play->at == play->goal)
        return;
    if (play->phase != PLAY_SKIPPED)
        play_begin_acts(play);
    play->phase = PLAY_CATCH_UP;
}

/* Whether something was done. */
static bool advance(struct play *play)
{
    bool done = play->stage == STAGE_NONE; /* skipped */
    if (play->phase != PLAY_WATCH && play->phase != PLAY_CATCH_UP)
        return false;
    if (!done && !play_go_on_step(play, &done))
        return false;
    if (done && play->phase == PLAY_CATCH_UP) {
        catch_up(play);
    } else if (done) {
        play->phase = PLAY_RESULT;
        play->changed = true;
    }
    return true;
}

bool play_go_on(struct play *play)
{
    while (advance(play))
        ;
    bool changed = play->changed;
    play->changed = false;
    return changed;
}

enum play_phase play_phase(const struct play *play)
{
    return play->phase;
}

size_t play_at(const struct play *play)
{
    return play->phase == PLAY_CATCH_UP ? play->goal : play->at;
}

const struct lesson_step *play_step(const struct play *play)
{
    return play->phase == PLAY_CATCH_UP ? &play->lesson->steps[play->goal] : play->step;
}

bool play_is_instead(const struct play *play)
{
    return play->is_instead && play->phase != PLAY_CATCH_UP;
}

int play_prediction(const struct play *play)
{
    return play->prediction;
}

int play_right(const struct play *play)
{
    return play->right;
}

const char *play_answer(const struct play *play)
{
    return play->answer;
}

const char *play_failure(const struct play *play, size_t index, int *ret_line)
{
    if (index >= play->failure_count)
        return NULL;
    if (ret_line)
        *ret_line = play->failures[index].line;
    return play->failures[index].text;
}

const struct play_record *play_record(const struct play *play, size_t step)
{
    return &play->kept[step].record;
}

void play_score(const struct play *play, size_t *ret_right, size_t *ret_made)
{
    *ret_right = *ret_made = 0;
    for (size_t i = 0; i < play->lesson->step_count; i++) {
        const struct play_record *record = &play->kept[i].record;
        if (!record->shown || record->first == PLAY_NO_PREDICTION || record->right < 0)
            continue;
        *ret_made += 1;
        *ret_right += record->first == record->right;
    }
}
