#include "model/event.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "model/stat_code.h"

#include <stdio.h>
#include <stdlib.h>

void event_list_release(struct event_list *list)
{
    free(list->events);
    *list = (struct event_list){ 0 };
}

struct event *event_list_append(struct event_list *list)
{
    list->events = grow(list->events, &list->room, list->count + 1, sizeof *list->events);
    struct event *event = &list->events[list->count++];
    *event = (struct event){ 0 };
    return event;
}

static bool is_routine_state(char state)
{
    return state == 'R' || state == 'S' || state == 'I';
}

bool event_is_routine(const struct event *event)
{
    return event->kind == EVENT_STATE && is_routine_state(event->state) &&
           is_routine_state(event->state_before);
}

static const char *const kind_words[EVENT_KIND_COUNT] = {
    [EVENT_BORN] = "born",       [EVENT_EXEC] = "exec",       [EVENT_STATE] = "state",
    [EVENT_RENICED] = "reniced", [EVENT_ADOPTED] = "adopted", [EVENT_ZOMBIE] = "zombie",
    [EVENT_GONE] = "gone",
};

const char *event_kind_word(enum event_kind kind)
{
    return kind_words[kind];
}

enum { NAMED_SIZE = EVENT_COMM_SIZE + 16 };

/* "4312 a"; "?" for a process that is not visible. */
static const char *named(char *text, pid_t pid, const char *comm)
{
    if (pid > 0)
        snprintf(text, NAMED_SIZE, "%d %s", pid, *comm ? comm : "?");
    else
        snprintf(text, NAMED_SIZE, "?");
    return text;
}

static void write_exec(char *text, size_t size, const struct event *event)
{
    if (!event->exact) /* a process can rename itself without exec: prctl(PR_SET_NAME) */
        snprintf(text, size, _("now called %s, was %s"), event->comm, event->comm_before);
    else if (*event->comm_before)
        snprintf(text, size, _("exec: %s -> %s"), event->comm_before, *event->comm ? event->comm : "?");
    else
        snprintf(text, size, _("exec: %s"), *event->comm ? event->comm : "?");
}

static void write_zombie(char *text, size_t size, const struct event *event, const char *parent)
{
    char status[64];
    if (event->status_known)
        snprintf(text, size, _("ended: %s; its parent %s has not asked"),
                 wait_status_words(status, sizeof status, event->status), parent);
    else
        snprintf(text, size, _("ended; its parent %s has not asked"), parent);
}

static void write_gone(char *text, size_t size, const struct event *event, const char *parent)
{
    char status[64] = "?", lifetime[64];
    if (event->status_known)
        wait_status_words(status, sizeof status, event->status);
    /* who asked is not known without ptrace, only whose child it was */
    if (event->state_before == 'Z' && !event->status_known) {
        snprintf(text, size, _("reaped; parent at its end: %s"), parent);
        return;
    }
    if (event->state_before == 'Z') {
        snprintf(text, size, _("reaped: %s; parent at its end: %s"), status, parent);
        return;
    }
    if (event->lifetime < 0) {
        snprintf(text, size, _("gone: %s"), status);
        return;
    }
    clock_format_span(lifetime, sizeof lifetime, event->lifetime);
    snprintf(text, size, _("gone: %s; lived %s"), status, lifetime);
}

const char *event_words(char *text, size_t size, const struct event *event)
{
    char parent[NAMED_SIZE], parent_before[NAMED_SIZE];
    named(parent, event->parent, event->parent_comm);
    named(parent_before, event->parent_before, event->parent_comm_before);
    switch (event->kind) {
    case EVENT_BORN:
        snprintf(text, size, _("born, parent %s"), parent);
        break;
    case EVENT_EXEC:
        write_exec(text, size, event);
        break;
    case EVENT_STATE:
        snprintf(text, size, _("%c -> %c, %s"), event->state_before, event->state, stat_brief(event->state));
        break;
    case EVENT_RENICED:
        snprintf(text, size, _("nice %d -> %d"), event->nice_before, event->nice);
        break;
    case EVENT_ADOPTED:
        snprintf(text, size, _("adopted by %s, was %s"), parent, parent_before);
        break;
    case EVENT_ZOMBIE:
        write_zombie(text, size, event, parent);
        break;
    case EVENT_GONE:
        write_gone(text, size, event, parent);
        break;
    case EVENT_KIND_COUNT:
        break;
    }
    return text;
}
