#include "app/rewind.h"

#include "app/live.h"
#include "app/recorder.h"
#include "app/replay.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "model/changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LOG_LINES = 64,    /* of the past: more than any screen has room for */
    LOG_MOMENTS = 600, /* that are looked through for them */
};
#define HISTORY_BYTES ((size_t)96 << 20)
#define HISTORY_SPAN  (15 * 60 * NS_PER_SECOND)

void rewind_begin(struct rewind *rewind, bool all)
{
    rewind->history = all ? history_new(0, 0) : history_new(HISTORY_BYTES, HISTORY_SPAN);
}

static void drop_lines(struct rewind *rewind)
{
    for (size_t i = 0; i < rewind->line_count; i++) {
        free(rewind->lines[i].name);
        free(rewind->lines[i].text);
        free(rewind->lines[i].words);
    }
    rewind->line_count = 0;
}

static void release_scene(struct scene *scene)
{
    sample_release(&scene->sample);
    sample_release(&scene->before);
    marks_free(scene->marks);
    *scene = (struct scene){ 0 };
}

void rewind_release(struct rewind *rewind)
{
    drop_lines(rewind);
    free(rewind->lines);
    event_log_release(&rewind->log);
    release_scene(&rewind->present);
    history_free(rewind->history);
}

/* ---- taking in ---- */

void rewind_note_report(struct live *live, const struct lab_report *report)
{
    struct rewind *rewind = &live->rewind;
    rewind->lines = grow(rewind->lines, &rewind->line_room, rewind->line_count + 1, sizeof *rewind->lines);
    rewind->lines[rewind->line_count++] = (struct history_line){
        .time = report->time,
        .pid = report->actor ? report->id.pid : 0,
        .name = report->actor ? xstrdup(report->actor) : NULL,
        .text = xstrdup(report->text),
        .words = report->words ? xstrdup(report->words) : NULL,
        .failed = report->failed,
    };
}

void rewind_note_sample(struct live *live, const struct sample *sample, const struct event *events,
                        size_t count)
{
    struct rewind *rewind = &live->rewind;
    struct process_id actors[LAB_ACTORS_MAX];
    struct moment moment = {
        .load = live->computer.load[0],
        .exact = live->connector != NULL,
        .lost = live->events_lost,
        .events = (struct event *)events,
        .event_count = count,
        .lines = rewind->lines,
        .line_count = rewind->line_count,
        .actors = actors,
    };
    for (size_t i = 0; live->lab && i < lab_actor_count(live->lab) && moment.actor_count < LAB_ACTORS_MAX;
         i++)
        if (lab_actor(live->lab, i)->state != ACTOR_REAPED)
            actors[moment.actor_count++] = lab_actor(live->lab, i)->id;
    history_add(rewind->history, sample, &moment);
    recorder_note(live, sample, &moment);
    drop_lines(rewind);
}

/* ---- where we are ---- */

static size_t index_shown(const struct rewind *rewind)
{
    return history_find(rewind->history, rewind->time);
}

const struct moment *rewind_moment(const struct live *live)
{
    const struct rewind *rewind = &live->rewind;
    return rewind->past && history_count(rewind->history)
               ? history_moment(rewind->history, index_shown(rewind))
               : NULL;
}

int64_t rewind_now(const struct live *live)
{
    return live->rewind.past ? live->rewind.time : clock_now();
}

int64_t rewind_boot(const struct live *live)
{
    const struct recording_header *header = replay_header(live);
    return header ? header->computer.boot : clock_to_unix(0);
}

/* ---- showing ---- */

static void log_event(struct live *live, struct event event)
{
    live_redact_events(live, &event, 1);
    live_log_event(&live->rewind.log, &event);
}

static void log_line(struct live *live, const struct history_line *line)
{
    struct history_line shown = *line;
    shown.name = live_redact_text(live, line->name);
    shown.text = live_redact_text(live, line->text);
    shown.words = live_redact_text(live, line->words);
    live_log_line(&live->rewind.log, &shown);
    free(shown.name);
    free(shown.text);
    free(shown.words);
}

/* The last lines of the log as it was then. */
static void fill_log(struct live *live, size_t index)
{
    struct rewind *rewind = &live->rewind;
    event_log_release(&rewind->log);
    rewind->log.boot = rewind_boot(live);
    size_t from = index + 1;
    for (size_t lines = 0; from > 0 && index + 1 - from < LOG_MOMENTS && lines < LOG_LINES; from--) {
        const struct moment *moment = history_moment(rewind->history, from - 1);
        lines += moment->line_count;
        for (size_t i = 0; i < moment->event_count; i++)
            lines += live_is_worth_logging(live, &moment->events[i]);
    }
    for (; from <= index; from++) {
        const struct moment *moment = history_moment(rewind->history, from);
        for (size_t i = 0; i < moment->line_count; i++)
            log_line(live, &moment->lines[i]);
        for (size_t i = 0; i < moment->event_count; i++)
            if (live_is_worth_logging(live, &moment->events[i]))
                log_event(live, moment->events[i]);
    }
}

static void apply_events(struct live *live, struct sample *before, const struct moment *moment)
{
    struct event *events = xcalloc(moment->event_count, sizeof *events);
    memcpy(events, moment->events, moment->event_count * sizeof *events);
    live_redact_events(live, events, moment->event_count);
    live_redact_sample(live, before);
    marks_apply(live->marks, before, events, moment->event_count, moment->time);
    free(events);
}

/* The marks that stood at that moment: what has not worn off, and what lasts as long as its process lives. */
static void make_marks(struct live *live, size_t index)
{
    struct rewind *rewind = &live->rewind;
    struct sample before = { 0 };
    int64_t now = history_moment(rewind->history, index)->time;
    marks_free(live->marks);
    live->marks = marks_new(LIVE_KEEP_MARKS);
    marks_keep_dead(live->marks, live->keeps_dead ? 0 : LIVE_KEEP_MARKS, now);
    for (size_t i = 0; i <= index; i++) {
        const struct moment *moment = history_moment(rewind->history, i);
        if (!moment->event_count)
            continue;
        /* rows of the dead are needed only as long as their tombstones stand */
        bool recent = now - moment->time < LIVE_KEEP_MARKS;
        if (i > 0 && (recent || live->keeps_dead))
            history_sample(rewind->history, i - 1, &before);
        else
            sample_clear(&before);
        apply_events(live, &before, moment);
    }
    marks_expire(live->marks, now);
    sample_release(&before);
}

/* How and when a process ended was told between the two moments, or was not. */
static void find_end(const struct history *history, size_t from, size_t to, struct event *event)
{
    for (size_t i = from + 1; i <= to; i++) {
        const struct moment *moment = history_moment(history, i);
        for (size_t e = 0; e < moment->event_count; e++)
            if (moment->events[e].status_known && process_id_equal(moment->events[e].id, event->id)) {
                event->status_known = true;
                event->status = moment->events[e].status;
                event->time = moment->events[e].kind == event->kind ? moment->events[e].time : event->time;
            }
    }
}

/* What leads from the marked moment, whose sample is made in *ret_marked, to the one shown. */
static struct event_list compare(struct live *live, struct sample *ret_marked)
{
    struct rewind *rewind = &live->rewind;
    struct event_list list = { 0 };
    size_t none = 0, here = index_shown(rewind), there = history_find(rewind->history, rewind->mark);
    bool backwards = rewind->mark > live->sample.time;
    history_sample(rewind->history, there, ret_marked);
    live_redact_sample(live, ret_marked);
    changes_between(&list, backwards ? &live->sample : ret_marked, backwards ? ret_marked : &live->sample,
                    NULL, &none);
    live_redact_events(live, list.events, list.count);
    for (size_t i = 0; i < list.count; i++)
        if (!list.events[i].status_known &&
            (list.events[i].kind == EVENT_ZOMBIE || list.events[i].kind == EVENT_GONE))
            find_end(rewind->history, backwards ? here : there, backwards ? there : here, &list.events[i]);
    return list;
}

struct event_list rewind_differences(struct live *live)
{
    struct sample marked = { 0 };
    struct event_list list = compare(live, &marked);
    sample_release(&marked);
    return list;
}

/* All that differs from the marked moment, as marks that do not wear off here. */
static void make_marks_of_differences(struct live *live)
{
    struct sample marked = { 0 };
    struct event_list list = compare(live, &marked);
    marks_free(live->marks);
    live->marks = marks_new(INT64_MAX / 4);
    marks_apply(live->marks, live->rewind.mark > live->sample.time ? &live->sample : &marked, list.events,
                list.count, live->sample.time);
    event_list_release(&list);
    sample_release(&marked);
}

static void leave_present(struct live *live)
{
    struct rewind *rewind = &live->rewind;
    rewind->present = (struct scene){ live->sample, live->sample_before, live->marks };
    live->sample = live->sample_before = (struct sample){ 0 };
    live->marks = NULL;
    rewind->past = true;
}

void rewind_show(struct live *live, size_t index)
{
    struct rewind *rewind = &live->rewind;
    if (!history_count(rewind->history))
        return;
    if (!rewind->past)
        leave_present(live);
    if (rewind->compared) /* as long as it is kept; then the oldest that is takes its place */
        rewind->mark = history_moment(rewind->history, history_find(rewind->history, rewind->mark))->time;
    /* rows point into the sample and the marks that are about to go */
    tree_release(&live->tree);
    rewind->time = history_moment(rewind->history, index)->time;
    history_sample(rewind->history, index, &live->sample);
    live_redact_sample(live, &live->sample);
    if (rewind->compared)
        make_marks_of_differences(live);
    else
        make_marks(live, index);
    live_rebuild(live);
    fill_log(live, index);
}

void rewind_pause(struct live *live)
{
    size_t count = history_count(live->rewind.history);
    if (count)
        rewind_show(live, count - 1);
}

void rewind_return(struct live *live)
{
    struct rewind *rewind = &live->rewind;
    if (!rewind->past || replay_header(live))
        return;
    struct scene shown = { live->sample, live->sample_before, live->marks };
    rewind->past = rewind->compared = false;
    live->sample = rewind->present.sample;
    live->sample_before = rewind->present.before;
    live->marks = rewind->present.marks;
    rewind->present = (struct scene){ 0 };
    tree_release(&live->tree);
    release_scene(&shown);
    marks_expire(live->marks, clock_now());
    live_rebuild(live);
    live_sample_soon(live);
}

bool rewind_has_event(const struct live *live, const struct moment *moment)
{
    if (moment->line_count)
        return true;
    for (size_t i = 0; i < moment->event_count; i++)
        if (live_is_worth_logging(live, &moment->events[i]))
            return true;
    return false;
}

void rewind_step(struct live *live, int direction)
{
    struct rewind *rewind = &live->rewind;
    size_t count = history_count(rewind->history);
    replay_stand_still(live);
    if (!count)
        return;
    size_t at = rewind->past ? index_shown(rewind) : count - 1, last = direction > 0 ? count - 1 : 0,
           found = at;
    while (found != last && (found == at || !rewind_has_event(live, history_moment(rewind->history, found))))
        found += (size_t)direction;
    bool is_event = found != at && rewind_has_event(live, history_moment(rewind->history, found));
    rewind_show(live, found);
    if (!is_event)
        live_say(live, "%s",
                 direction > 0 ? _("no later event: this is the newest moment")
                               : _("no earlier event: this is the oldest moment that is kept"));
}

void rewind_mark(struct live *live)
{
    struct rewind *rewind = &live->rewind;
    replay_stand_still(live);
    if (!rewind->past)
        rewind_pause(live);
    if (!rewind->past)
        return;
    rewind->compared = !rewind->compared;
    rewind->mark = rewind->time;
    rewind_show(live, index_shown(rewind));
}
