/* One step: whether it can be played here, its acts, its expectations, its answer. */
#include "lesson/play_state.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_WITHIN_MS = 2000 }; /* as an expectation */

void play_fail(struct play *play, int line, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    play->failures =
        grow(play->failures, &play->failure_room, play->failure_count + 1, sizeof *play->failures);
    play->failures[play->failure_count++] = (struct play_failure){ line, xstrdup(text) };
    play->changed = true;
}

static void free_call(struct play_call *call)
{
    free(call->text);
    free(call->ended);
    free(call->shown);
    free(call);
}

void play_forget_calls(struct play *play)
{
    for (size_t i = 0; i < play->call_count; i++)
        free_call(play->calls[i]);
    play->call_count = 0;
}

const char *play_call(const struct play *play, size_t index)
{
    struct play_call *call = index < play->call_count ? play->calls[index] : NULL;
    if (!call || !call->ended)
        return call ? call->text : NULL;
    free(call->shown);
    call->shown = xasprintf(_("%s: ended: %s"), call->ended, call->text);
    return call->shown;
}

static void forget_step(struct play *play, bool keep_failures)
{
    play_forget_calls(play);
    for (size_t i = 0; i < play->failure_count && !keep_failures; i++)
        free(play->failures[i].text);
    play->failure_count = keep_failures ? play->failure_count : 0;
    play->prediction = PLAY_NO_PREDICTION;
    play->right = -1;
    play->answer[0] = '\0';
    play->stage = STAGE_NONE;
    play->answer_since = 0;
    play->expectation_failed = false;
}

static bool needs_are_met(struct play *play, char **needs, char *ret_reason, size_t size)
{
    for (; needs && *needs; needs++)
        if (!play->host.need_met(play->host.data, *needs, ret_reason, size))
            return false;
    return true;
}

void play_enter_step(struct play *play, size_t index, bool keep_failures)
{
    forget_step(play, keep_failures);
    play->at = index;
    play->step = &play->lesson->steps[index];
    play->is_instead = false;
    play->reason = NULL;
    play->need_reason[0] = '\0';
    play->phase = PLAY_READ;
    play->changed = true;
    while (!needs_are_met(play, play->step->needs, play->need_reason, sizeof play->need_reason)) {
        play->reason = &play->step->otherwise;
        if (!play->step->instead) {
            play->phase = PLAY_SKIPPED;
            return;
        }
        play->step = play->step->instead;
        play->is_instead = true;
    }
}

void play_begin_acts(struct play *play)
{
    play->stage = STAGE_ACTS;
    play->rest = play->step->acts;
    play->rest_line = play->step->acts_line;
}

/* Takes the next line of the rest that is more than blanks and a comment; NULL: there is none. */
static char *next_line(struct play *play)
{
    while (play->rest && *play->rest) {
        size_t length = strcspn(play->rest, "\n");
        const char *line = play->rest;
        play->rest += length + (line[length] == '\n');
        play->line = play->rest_line++;
        size_t blanks = strspn(line, " \t");
        if (blanks < length && line[blanks] != '#')
            return xstrndup(line + blanks, length - blanks);
    }
    return NULL;
}

/* One line at a time, so that it is known where something went wrong, and so that one expectation that is not
 * met does not hide the others. False: there are no more. */
static bool submit_next(struct play *play, const char *before)
{
    struct lab_error error;
    char *line = next_line(play);
    if (!line)
        return false;
    char *script = xasprintf("%s%s", before, line);
    if (lab_submit(play->lab, script, &error) < 0)
        play_fail(play, play->line, "%s: %s", line, error.text);
    free(script);
    free(line);
    return true;
}

/* How many choices hold now, the first of them, and "Z, gone": the names of all. */
static size_t count_right(const struct play *play, int *ret_first, char *ret_names, size_t size)
{
    const struct lesson_question *ask = play->step->ask;
    size_t count = 0, length = 0;
    char seen[256];
    *ret_first = -1;
    *ret_names = '\0';
    for (size_t i = 0; i < ask->choice_count; i++) {
        bool holds = false;
        char *expectation = lesson_choice_expectation(ask, &ask->choices[i]);
        lab_holds(play->lab, expectation, &holds, seen, sizeof seen);
        free(expectation);
        if (!holds)
            continue;
        *ret_first = count++ ? *ret_first : (int)i;
        if (length < size)
            length += (size_t)snprintf(ret_names + length, size - length, "%s%s", length ? ", " : "",
                                       ask->choices[i].is);
    }
    return count;
}

static void keep_answer(struct play *play)
{
    struct play_kept *kept = &play->kept[play->at];
    if (!kept->predicted)
        kept->record = (struct play_record){ .time = clock_now(), .first = PLAY_NO_PREDICTION };
    kept->predicted = true;
    kept->step = play->step;
    kept->record.shown = true;
    kept->record.question = play->step->ask;
    kept->record.latest = play->prediction;
    kept->record.right = play->right;
    snprintf(kept->record.answer, sizeof kept->record.answer, "%s", play->answer);
    play_keep_values(play, kept);
}

/* False: not yet. What it depends on may be about to settle, so it is given the time an expectation has. */
static bool find_answer(struct play *play)
{
    struct lab_error error;
    const struct lesson_question *ask = play->step->ask;
    if (!ask)
        return true;
    if (!play->answer_since)
        play->answer_since = clock_now();
    char names[256];
    size_t count = count_right(play, &play->right, names, sizeof names);
    if (ask->answer)
        lab_value(play->lab, ask->answer, play->answer, sizeof play->answer);
    bool late = clock_now() - play->answer_since >= ANSWER_WITHIN_MS * NS_PER_MS;
    if (count != 1 && !late && lab_submit(play->lab, "settle 20", &error) == 0)
        return false;
    if (count == 0 && ask->answer)
        play_fail(play, ask->line, _("no choice is right: the kernel says %s"), play->answer);
    else if (count == 0)
        play_fail(play, ask->line, "%s", _("no choice is right"));
    else if (count > 1)
        play_fail(play, ask->line, _("more than one choice is right: %s"), names);
    play->right = count == 1 ? play->right : -1;
    if (play->phase == PLAY_WATCH)
        keep_answer(play);
    return true;
}

static void count_living(struct play *play)
{
    size_t living = 0;
    for (size_t i = 0; i < lab_actor_count(play->lab); i++) {
        enum actor_state state = lab_actor(play->lab, i)->state;
        living += state != ACTOR_ENDED && state != ACTOR_REAPED;
    }
    if (living > LESSON_ACTORS_MAX)
        play_fail(play, play->step->line, _("%zu actors are alive: %d is the most"), living,
                  LESSON_ACTORS_MAX);
}

bool play_go_on_step(struct play *play, bool *ret_done)
{
    *ret_done = false;
    if (!lab_idle(play->lab))
        return false;
    switch (play->stage) {
    case STAGE_ACTS:
        if (!play->expectation_failed && submit_next(play, ""))
            return true;
        play->stage = STAGE_EXPECTATIONS;
        play->rest = play->step->expect;
        play->rest_line = play->step->expect_line;
        return true;
    case STAGE_EXPECTATIONS:
        if (!submit_next(play, "expect "))
            play->stage = STAGE_ANSWER;
        return true;
    default:
        /* Of a step that is only caught up with, the answer is known already. */
        if (play->phase == PLAY_WATCH && !find_answer(play))
            return true;
        count_living(play);
        *ret_done = true;
        return true;
    }
}

static struct play_call *add_call(struct play *play, char *text)
{
    if (play->call_count == PLAY_CALLS_MAX) {
        free_call(play->calls[0]);
        memmove(play->calls, play->calls + 1, (PLAY_CALLS_MAX - 1) * sizeof *play->calls);
        play->call_count--;
    }
    struct play_call *call = xcalloc(1, sizeof *call);
    call->text = text;
    play->calls[play->call_count++] = call;
    play->changed = true;
    return call;
}

/* Several lines: a table. */
static void add_lines(struct play *play, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *line = xstrndup(text, length), *clean = xmalloc(length + 1);
        add_call(play, text_clean(clean, length + 1, line));
        free(line);
        text += length + (text[length] == '\n');
    }
}

static void add_report(struct play *play, const struct lab_report *report)
{
    const char *actor = report->actor ? report->actor : "forklore";
    switch (report->kind) {
    case LAB_REPORT_CALL: add_call(play, xasprintf("%s: %s", actor, report->text)); break;
    case LAB_REPORT_BLOCKED: add_call(play, xasprintf("%s: %s ...", actor, report->text)); break;
    case LAB_REPORT_ENDED: add_call(play, xstrdup(report->text))->ended = xstrdup(actor); break;
    case LAB_REPORT_OUTPUT: add_call(play, xasprintf("%s| %s", actor, report->text)); break;
    case LAB_REPORT_TEXT: add_lines(play, report->text); break;
    default: break;
    }
}

void play_report(struct play *play, const struct lab_report *report)
{
    bool under_way = play->phase == PLAY_WATCH || play->phase == PLAY_CATCH_UP;
    if (under_way && report->kind == LAB_REPORT_REFUSED)
        play_fail(play, play->line, _("%s: refused: %s"), report->text, report->words ? report->words : "");
    if (under_way && report->kind == LAB_REPORT_EXPECT && report->failed) {
        play_fail(play, play->line, "%s: %s", report->text, report->words ? report->words : "");
        play->expectation_failed = true;
    }
    if (play->phase != PLAY_CATCH_UP)
        add_report(play, report);
}
