#include "app/live.h"

#include "app/replay.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool keep_of_lab(void *data, const struct process *process)
{
    return live_in_lab(data, process);
}

/* The users of a recording are not this machine's: they are named in it, or nowhere. */
static void learn(struct live *live, const struct sample *sample)
{
    redact_learn(live->redact, sample, live->users, !live->replay);
}

void live_redact_sample(struct live *live, struct sample *sample)
{
    if (!live->redact)
        return;
    struct sample redacted = { 0 };
    learn(live, sample);
    redact_sample(live->redact, &redacted, sample, keep_of_lab, live);
    sample_release(sample);
    *sample = redacted;
}

void live_redact_events(struct live *live, struct event *events, size_t count)
{
    for (size_t i = 0; live->redact && i < count; i++)
        redact_event(live->redact, &events[i]);
}

char *live_redact_text(const struct live *live, const char *text)
{
    if (!text || !live->redact)
        return text ? xstrdup(text) : NULL;
    size_t size = 2 * strlen(text) + 16; /* stand-ins are short */
    char *redacted = xmalloc(size);
    return redact_text(live->redact, redacted, size, text);
}

static void redact_line(struct live *live, struct event_log_line *line)
{
    char who[sizeof line->who];
    char *text = live_redact_text(live, line->text), *words = live_redact_text(live, line->words);
    free(line->text);
    free(line->words);
    line->text = text;
    line->words = words;
    memcpy(who, line->who, sizeof who);
    redact_text(live->redact, line->who, sizeof line->who, who);
}

/* Marks hold names too: they begin anew. */
static void redact_scene(struct live *live, struct sample *sample, struct sample *before,
                         struct marks **marks)
{
    marks_free(*marks);
    *marks = marks_new(LIVE_KEEP_MARKS);
    marks_keep_dead(*marks, live->keeps_dead ? 0 : LIVE_KEEP_MARKS, clock_now());
    live_redact_sample(live, sample);
    live_redact_sample(live, before);
}

/* What stands on the screen already, and what is kept while the past is on it. */
static void redact_screen(struct live *live)
{
    for (size_t i = 0; i < live->log.count; i++)
        redact_line(live, &live->log.lines[(live->log.first + i) % EVENT_LOG_LINES]);
    tree_release(&live->tree);
    redact_scene(live, &live->sample, &live->sample_before, &live->marks);
    if (live->rewind.past) {
        struct scene *present = &live->rewind.present;
        redact_scene(live, &present->sample, &present->before, &present->marks);
    }
}

void live_redact(struct live *live, bool hide)
{
    const char *host = live->computer.name;
    users_hide_people(live->users, hide);
    if (hide && !live->redact) {
        live->redact = redact_new(host, live->replay ? NULL : getenv("HOME"));
        learn(live, &live->sample);
        redact_screen(live);
    } else if (!hide) {
        redact_free(live->redact);
        live->redact = NULL;
    }
    if (live->rewind.past)
        rewind_show(live, history_find(live->rewind.history, live->rewind.time));
    live_rebuild(live);
    live_sample_soon(live);
}
