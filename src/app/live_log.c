/* What the event log tells: events that matter, and what the lab reports. */
#include "app/live.h"

#include "app/lessons.h"
#include "app/newcomer.h"
#include "app/replay.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool live_is_actor(const struct live *live, struct process_id id)
{
    if (live->lab && lab_actor_by_id(live->lab, id))
        return true;
    const struct moment *moment = rewind_moment(live);
    return moment && moment_has_actor(moment, id);
}

pid_t live_self(const struct live *live)
{
    const struct recording_header *header = replay_header(live);
    return header ? header->self : getpid();
}

/* A child of an actor that is no actor itself (an exec'd shell's) belongs to the lab too. */
bool live_in_lab(void *data, const struct process *process)
{
    const struct live *live = data;
    for (int depth = 0; process && depth < 64; depth++) {
        if (live_is_actor(live, process->id) || process->id.pid == live_self(live))
            return true;
        process = sample_find(&live->sample, process->ppid);
    }
    return false;
}

static bool in_subtree(const struct live *live, pid_t root, pid_t pid, pid_t parent)
{
    for (int depth = 0; depth < 1000; depth++) {
        if (pid == root)
            return true;
        if (depth == 0) {
            pid = parent;
            continue;
        }
        const struct process *process = sample_find(&live->sample, pid);
        if (!process || process->ppid == 0)
            return false;
        pid = process->ppid;
    }
    return false;
}

/* The warden, and whatever else this program starts for its own use. */
static bool is_helper(const struct live *live, struct process_id id)
{
    const struct process *process = sample_find_id(&live->sample, id);
    if (!process)
        process = sample_find_id(&live->sample_before, id);
    return process && process->ppid == live_self(live);
}

bool live_is_worth_logging(const struct live *live, const struct event *event)
{
    if (event_is_routine(event))
        return false;
    if (live->replay) /* whoever looks at a recording looks for what happened; names of kernel threads change
                         all the time */
        return event->kind != EVENT_EXEC || event->exact;
    if (live_is_actor(live, event->id))
        return event->kind == EVENT_STATE || event->kind == EVENT_RENICED;
    return !is_helper(live, event->id) &&
           in_subtree(live, live->view.selected.pid, event->id.pid, event->parent);
}

bool live_is_in_view(const struct live *live, const struct event *event)
{
    pid_t root = live->view.only_subtree.pid;
    return !root || in_subtree(live, root, event->id.pid, event->parent);
}

static enum style event_style(const struct event *event)
{
    switch (event->kind) {
    case EVENT_BORN: return STYLE_NEW;
    case EVENT_ZOMBIE: return STYLE_ZOMBIE;
    case EVENT_GONE: return STYLE_GONE;
    case EVENT_ADOPTED: return STYLE_CHANGED;
    default: return STYLE_PLAIN;
    }
}

void live_log_event(struct event_log *log, const struct event *event)
{
    char words[256];
    struct event_log_line line = {
        .time = event->time,
        .text = (char *)event_words(words, sizeof words, event),
        .style = event_style(event),
    };
    event_log_name(&line, event->comm, event->id.pid);
    event_log_add(log, &line);
}

void live_log_line(struct event_log *log, const struct history_line *told)
{
    struct event_log_line line = {
        .time = told->time,
        .text = told->text,
        .words = told->words,
        .style = told->failed ? STYLE_ERROR : STYLE_PLAIN,
    };
    if (told->name)
        event_log_name(&line, told->name, told->pid);
    event_log_add(log, &line);
}

/* What a command prints has several lines: to be read over the tree, unless something else is open there. */
static void take_text(struct live *live, const struct lab_report *report)
{
    struct pager *pager = live->overlay.kind == OVERLAY_NONE && !lesson_is_shown(live)
                              ? live_show(live, _("Printed by the lab (any other key closes)"))
                              : NULL;
    char *text = xstrdup(report->text), *rest = text;
    for (const char *line; (line = strsep(&rest, "\n")) && (*line || rest);) {
        if (pager)
            pager_add(pager, line, false);
        else
            event_log_add(&live->log, &(struct event_log_line){ .time = report->time, .text = (char *)line });
    }
    free(text);
    live_redraw(live);
}

static void take_report(struct live *live, const struct lab_report *report)
{
    lessons_take_report(live, report);
    rewind_note_report(live, report);
    newcomer_take_report(live, report);
    if (report->kind == LAB_REPORT_TEXT) {
        take_text(live, report);
        return;
    }
    char *text = xasprintf("%s%s", report->kind == LAB_REPORT_OUTPUT ? "| " : "", report->text);
    struct event_log_line line = {
        .time = report->time,
        .text = text,
        .words = (char *)report->words,
        .style = report->failed ? STYLE_ERROR : STYLE_PLAIN,
    };
    if (report->actor)
        event_log_name(&line, report->actor, report->id.pid);
    event_log_add(&live->log, &line);
    free(text);
    if (report->kind != LAB_REPORT_OUTPUT) /* what is printed changes no process, and may come often */
        live_sample_soon(live);
    live_redraw(live);
}

void live_take_report(void *data, const struct lab_report *report)
{
    struct live *live = data;
    struct lab_report shown = *report;
    char *text = live_redact_text(live, report->text), *words = live_redact_text(live, report->words);
    shown.text = text;
    shown.words = words;
    take_report(live, &shown);
    free(text);
    free(words);
}
