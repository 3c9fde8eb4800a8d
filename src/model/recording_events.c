#include "model/recording_events.h"

#include "base/memory.h"
#include "base/text.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* As long as anything that is shown, cut between characters. */
enum { TEXT_MOST = 4096 };

static size_t kept_length(const char *text)
{
    size_t length = 0, left = strlen(text);
    for (size_t taken; left && length < TEXT_MOST; length += taken, left -= taken) {
        int width;
        taken = text_step(text + length, left, &width);
    }
    return length;
}

json_t *recording_text(const char *text)
{
    json_t *json = json_stringn(text, kept_length(text));
    if (json)
        return json;
    char clean[TEXT_MOST];
    text_clean(clean, sizeof clean, text);
    for (char *at = clean; !text_locale_is_utf8() && *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    return json_string(clean);
}

/* Members that are left out are 0, "" and false. */
enum member_type { MEMBER_INT, MEMBER_TEXT, MEMBER_STATE };

static const struct member {
    const char *name;
    enum member_type type;
    size_t offset;
    json_int_t min, max;
} members[] = {
#define MEMBER(name, type, member, min, max)                                                                 \
    {                                                                                                        \
        name, type, offsetof(struct event, member), min, max                                                 \
    }
    MEMBER("pid", MEMBER_INT, id.pid, 1, INT_MAX),
    MEMBER("comm", MEMBER_TEXT, comm, 0, 0),
    MEMBER("comm_before", MEMBER_TEXT, comm_before, 0, 0),
    MEMBER("parent", MEMBER_INT, parent, 0, INT_MAX),
    MEMBER("parent_before", MEMBER_INT, parent_before, 0, INT_MAX),
    MEMBER("parent_comm", MEMBER_TEXT, parent_comm, 0, 0),
    MEMBER("parent_comm_before", MEMBER_TEXT, parent_comm_before, 0, 0),
    MEMBER("state", MEMBER_STATE, state, 0, 0),
    MEMBER("state_before", MEMBER_STATE, state_before, 0, 0),
    MEMBER("nice", MEMBER_INT, nice, -20, 19),
    MEMBER("nice_before", MEMBER_INT, nice_before, -20, 19),
};

enum { MEMBER_COUNT = sizeof members / sizeof *members };

static void write_member(json_t *json, const struct event *event, const struct member *member)
{
    const char *place = (const char *)event + member->offset;
    if (member->type == MEMBER_INT && *(const int *)(const void *)place)
        json_object_set_new(json, member->name, json_integer(*(const int *)(const void *)place));
    else if (member->type == MEMBER_STATE && *place)
        json_object_set_new(json, member->name, json_stringn(place, 1));
    else if (member->type == MEMBER_TEXT && *place)
        json_object_set_new(json, member->name, recording_text(place));
}

static json_t *event_json(const struct event *event)
{
    json_t *json = json_object();
    json_object_set_new(json, "t", json_integer(event->time / RECORDING_NS));
    json_object_set_new(json, "event", json_string(event_kind_word(event->kind)));
    json_object_set_new(json, "exact", json_boolean(event->exact));
    json_object_set_new(json, "start", json_integer((json_int_t)event->id.start));
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        write_member(json, event, &members[i]);
    if (event->status_known)
        json_object_set_new(json, "status", json_integer(event->status));
    if (event->kind == EVENT_GONE && event->lifetime >= 0)
        json_object_set_new(json, "lifetime", json_integer(event->lifetime / RECORDING_NS));
    return json;
}

static json_t *line_json(const struct history_line *line)
{
    json_t *json = json_object();
    json_object_set_new(json, "t", json_integer(line->time / RECORDING_NS));
    if (line->name) {
        json_object_set_new(json, "pid", json_integer(line->pid));
        json_object_set_new(json, "name", recording_text(line->name));
    }
    json_object_set_new(json, "text", recording_text(line->text));
    if (line->words)
        json_object_set_new(json, "words", recording_text(line->words));
    if (line->failed)
        json_object_set_new(json, "failed", json_true());
    return json;
}

void recording_events_write(json_t *object, const struct moment *moment)
{
    json_t *events = json_array(), *lines = json_array();
    for (size_t i = 0; i < moment->event_count; i++)
        if (!event_is_routine(&moment->events[i])) /* the states themselves are recorded */
            json_array_append_new(events, event_json(&moment->events[i]));
    for (size_t i = 0; i < moment->line_count; i++)
        json_array_append_new(lines, line_json(&moment->lines[i]));
    if (json_array_size(events))
        json_object_set(object, "events", events);
    if (json_array_size(lines))
        json_object_set(object, "lines", lines);
    json_decref(events);
    json_decref(lines);
}

static bool read_integer(const json_t *value, json_int_t min, json_int_t max, json_int_t *ret)
{
    *ret = json_integer_value(value);
    return json_is_integer(value) && *ret >= min && *ret <= max;
}

static bool read_time(const json_t *object, const char *name, int64_t *ret)
{
    json_int_t time;
    const json_t *value = json_object_get(object, name);
    if (!read_integer(value, 0, RECORDING_TIME_MAX / RECORDING_NS, &time))
        return false;
    *ret = time * RECORDING_NS;
    return true;
}

static bool read_member(const json_t *value, struct event *event, const struct member *member)
{
    char *place = (char *)event + member->offset;
    const char *text = json_string_value(value);
    json_int_t number;
    switch (member->type) {
    case MEMBER_INT:
        if (!read_integer(value, member->min, member->max, &number))
            return false;
        *(int *)(void *)place = (int)number;
        return true;
    case MEMBER_STATE:
        if (!text || strlen(text) != 1)
            return false;
        *place = *text;
        return true;
    case MEMBER_TEXT:
        if (text)
            text_clean(place, EVENT_COMM_SIZE, text);
        return text != NULL;
    }
    return false;
}

static bool read_kind(const json_t *value, enum event_kind *ret)
{
    const char *word = json_string_value(value);
    for (int kind = 0; word && kind < EVENT_KIND_COUNT; kind++)
        if (strcmp(word, event_kind_word((enum event_kind)kind)) == 0) {
            *ret = (enum event_kind)kind;
            return true;
        }
    return false;
}

static const char *read_event(const json_t *json, struct event *event)
{
    json_int_t number;
    event->lifetime = -1;
    if (!read_kind(json_object_get(json, "event"), &event->kind))
        return "event";
    if (!read_time(json, "t", &event->time))
        return "t";
    event->exact = json_is_true(json_object_get(json, "exact"));
    if (!read_integer(json_object_get(json, "start"), 0, RECORDING_START_MAX, &number))
        return "start";
    event->id.start = (unsigned long long)number;
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const json_t *value = json_object_get(json, members[i].name);
        if (value && !read_member(value, event, &members[i]))
            return members[i].name;
    }
    const json_t *status = json_object_get(json, "status");
    if (status && !read_integer(status, 0, INT_MAX, &number))
        return "status";
    event->status_known = status != NULL;
    event->status = status ? (int)number : 0;
    if (json_object_get(json, "lifetime") && !read_time(json, "lifetime", &event->lifetime))
        return "lifetime";
    return event->id.pid ? NULL : "pid";
}

static const char *read_line(const json_t *json, struct history_line *line)
{
    json_int_t pid = 0;
    const json_t *value = json_object_get(json, "pid");
    if (!read_time(json, "t", &line->time))
        return "t";
    if (value && !read_integer(value, 0, INT_MAX, &pid))
        return "pid";
    line->pid = (pid_t)pid;
    line->name = (char *)json_string_value(json_object_get(json, "name"));
    line->text = (char *)json_string_value(json_object_get(json, "text"));
    line->words = (char *)json_string_value(json_object_get(json, "words"));
    line->failed = json_is_true(json_object_get(json, "failed"));
    return line->text ? NULL : "text";
}

const char *recording_events_read(const json_t *object, struct moment *moment)
{
    const json_t *events = json_object_get(object, "events"), *lines = json_object_get(object, "lines");
    if (events && !json_is_array(events))
        return "events";
    if (lines && !json_is_array(lines))
        return "lines";
    moment->events = xcalloc(json_array_size(events) + 1, sizeof *moment->events);
    moment->lines = xcalloc(json_array_size(lines) + 1, sizeof *moment->lines);
    const char *wrong = NULL;
    for (size_t i = 0; !wrong && i < json_array_size(events); i++)
        wrong = read_event(json_array_get(events, i), &moment->events[moment->event_count++]);
    for (size_t i = 0; !wrong && i < json_array_size(lines); i++)
        wrong = read_line(json_array_get(lines, i), &moment->lines[moment->line_count++]);
    return wrong;
}
