#include "app/event_lines.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"

#include <jansson.h>

enum { WORDS_SIZE = 512, NAME_WIDTH = 15, TIME_DIGITS = 13 };

void event_line_text(const struct event *event, FILE *to)
{
    char time[16], words[WORDS_SIZE];
    int blanks = NAME_WIDTH - text_width(event->comm);
    fprintf(to, "%s %7d %s%*s %s\n", clock_format_time(time, sizeof time, event->time), event->id.pid,
            event->comm, blanks > 0 ? blanks : 0, "", event_words(words, sizeof words, event));
}

/* Words may be in any language and encoding; jansson takes UTF-8 alone. */
static void set_text(json_t *object, const char *key, const char *text)
{
    char ascii[WORDS_SIZE];
    json_t *string = text_locale_is_utf8() ? json_string(text) : NULL;
    if (!string) {
        snprintf(ascii, sizeof ascii, "%s", text);
        for (char *at = ascii; *at; at++)
            if ((unsigned char)*at >= 0x80)
                *at = '?';
        string = json_string(ascii);
    }
    json_object_set_new(object, key, string);
}

static void set_state(json_t *object, const char *key, char state)
{
    if (state)
        set_text(object, key, (char[]){ state, '\0' });
}

static void set_status(json_t *object, const struct event *event)
{
    char words[64];
    json_object_set_new(object, "status", event->status_known ? json_integer(event->status) : json_null());
    if (event->status_known)
        set_text(object, "ended", wait_status_words(words, sizeof words, event->status));
    if (event->lifetime >= 0)
        json_object_set_new(object, "lifetime", json_real((double)event->lifetime / NS_PER_SECOND));
}

static void set_details(json_t *object, const struct event *event)
{
    switch (event->kind) {
    case EVENT_EXEC: set_text(object, "comm_before", event->comm_before); break;
    case EVENT_STATE:
        set_state(object, "state", event->state);
        set_state(object, "state_before", event->state_before);
        break;
    case EVENT_RENICED:
        json_object_set_new(object, "nice", json_integer(event->nice));
        json_object_set_new(object, "nice_before", json_integer(event->nice_before));
        break;
    case EVENT_ADOPTED:
        json_object_set_new(object, "parent_before", json_integer(event->parent_before));
        set_text(object, "parent_comm_before", event->parent_comm_before);
        break;
    case EVENT_ZOMBIE:
    case EVENT_GONE:
        set_state(object, "state_before", event->state_before);
        set_status(object, event);
        break;
    case EVENT_BORN:
    case EVENT_KIND_COUNT: break;
    }
}

void event_line_json(const struct event *event, FILE *to)
{
    char words[WORDS_SIZE];
    json_t *object = json_object();
    int64_t milliseconds = (clock_to_unix(event->time) + NS_PER_MS / 2) / NS_PER_MS;
    json_object_set_new(object, "time", json_real((double)milliseconds / 1000));
    json_object_set_new(object, "exact", json_boolean(event->exact));
    json_object_set_new(object, "event", json_string(event_kind_word(event->kind)));
    json_object_set_new(object, "pid", json_integer(event->id.pid));
    set_text(object, "comm", event->comm);
    json_object_set_new(object, "parent", json_integer(event->parent));
    set_text(object, "parent_comm", event->parent_comm);
    set_details(object, event);
    set_text(object, "words", event_words(words, sizeof words, event));
    json_dumpf(object, to, JSON_REAL_PRECISION(TIME_DIGITS));
    fputc('\n', to);
    json_decref(object);
}
