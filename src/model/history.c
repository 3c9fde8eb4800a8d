#include "model/history.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_EVERY = 64 };

struct kept {
    struct moment moment;
    struct frame frame;
    size_t size;
};

struct history {
    size_t bytes_max;
    int64_t span_max;
    struct kept *kept; /* all from `first` on */
    size_t first, count, room;
    size_t bytes;
    size_t since_key;     /* moments since the last key frame */
    size_t changed;       /* processes that differences since then have set */
    size_t bytes_since;   /* the key frame and all after it */
    struct sample newest; /* the last one added */
    /* where the last reading stopped: */
    struct sample current, spare;
    size_t current_index; /* as index into `kept`, with current_is_known */
    bool current_is_known;
};

struct history *history_new(size_t bytes, int64_t span)
{
    struct history *history = xcalloc(1, sizeof *history);
    history->bytes_max = bytes;
    history->span_max = span;
    return history;
}

static void release_moment(struct moment *moment)
{
    for (size_t i = 0; i < moment->line_count; i++) {
        free(moment->lines[i].name);
        free(moment->lines[i].text);
        free(moment->lines[i].words);
    }
    free(moment->lines);
    free(moment->events);
    free(moment->actors);
}

static void release_kept(struct history *history, struct kept *kept)
{
    history->bytes -= kept->size;
    release_moment(&kept->moment);
    frame_release(&kept->frame);
}

void history_free(struct history *history)
{
    if (!history)
        return;
    for (size_t i = 0; i < history->count; i++)
        release_kept(history, &history->kept[history->first + i]);
    free(history->kept);
    sample_release(&history->newest);
    sample_release(&history->current);
    sample_release(&history->spare);
    free(history);
}

static void *copy_array(const void *array, size_t count, size_t size)
{
    if (!count)
        return NULL;
    void *copy = xcalloc(count, size);
    memcpy(copy, array, count * size);
    return copy;
}

static size_t text_size(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static int by_id(const void *a, const void *b)
{
    const struct process_id *left = a, *right = b;
    if (left->pid != right->pid)
        return left->pid < right->pid ? -1 : 1;
    return (left->start > right->start) - (left->start < right->start);
}

bool moment_has_actor(const struct moment *moment, struct process_id id)
{
    return moment->actor_count &&
           bsearch(&id, moment->actors, moment->actor_count, sizeof *moment->actors, by_id);
}

/* A copy that owns all it holds; its size is added to *size. */
static struct moment copy_moment(const struct moment *moment, size_t *size)
{
    struct moment copy = *moment;
    copy.events = copy_array(moment->events, moment->event_count, sizeof *moment->events);
    copy.lines = copy_array(moment->lines, moment->line_count, sizeof *moment->lines);
    copy.actors = copy_array(moment->actors, moment->actor_count, sizeof *moment->actors);
    if (copy.actor_count)
        qsort(copy.actors, copy.actor_count, sizeof *copy.actors, by_id);
    *size += moment->event_count * sizeof *copy.events + moment->line_count * sizeof *copy.lines +
             moment->actor_count * sizeof *copy.actors;
    for (size_t i = 0; i < copy.line_count; i++) {
        struct history_line *line = &copy.lines[i];
        *size += text_size(line->name) + text_size(line->text) + text_size(line->words);
        line->name = line->name ? xstrdup(line->name) : NULL;
        line->text = xstrdup(line->text);
        line->words = line->words ? xstrdup(line->words) : NULL;
    }
    return copy;
}

/* The number of moments before the second key frame, which can go together; 0: there is no second. */
static size_t oldest_group(const struct history *history)
{
    for (size_t i = 1; i < history->count; i++)
        if (history->kept[history->first + i].frame.key)
            return i;
    return 0;
}

static void forget(struct history *history, size_t count)
{
    for (size_t i = 0; i < count; i++)
        release_kept(history, &history->kept[history->first + i]);
    history->first += count;
    history->count -= count;
    if (history->current_is_known && history->current_index < history->first)
        history->current_is_known = false;
    if (history->first < history->count) /* moved seldom enough to cost nothing */
        return;
    memmove(history->kept, history->kept + history->first, history->count * sizeof *history->kept);
    history->current_index -= history->current_is_known ? history->first : 0;
    history->first = 0;
}

/* Whole groups go, from a key frame to the next, as soon as what is left is as much as is wanted. */
static void forget_oldest(struct history *history)
{
    for (size_t group; (group = oldest_group(history)) > 0; forget(history, group)) {
        const struct kept *kept = &history->kept[history->first];
        int64_t newest = kept[history->count - 1].moment.time;
        bool too_many = history->bytes_max && history->bytes > history->bytes_max;
        bool too_old = history->span_max && newest - kept[group].moment.time > history->span_max;
        if (!too_many && !too_old)
            return;
    }
}

static void append(struct history *history, struct frame *frame, const struct moment *moment)
{
    history->kept =
        grow(history->kept, &history->room, history->first + history->count + 1, sizeof *history->kept);
    struct kept *kept = &history->kept[history->first + history->count++];
    frame_pack(frame);
    *kept = (struct kept){ .frame = *frame, .size = sizeof *kept + frame_size(frame) };
    *frame = (struct frame){ 0 };
    kept->moment = copy_moment(moment, &kept->size);
    kept->moment.time = kept->frame.time;
    history->bytes += kept->size;
    history->bytes_since = kept->size + (kept->frame.key ? 0 : history->bytes_since);
    history->since_key = kept->frame.key ? 0 : history->since_key + 1;
    history->changed = kept->frame.key ? 0 : history->changed + kept->frame.set_count;
    forget_oldest(history);
}

/* A whole sample is due when the differences since the last are more than one; and in a storm of events, so
 * that what came before it can be forgotten. */
static bool key_is_due(const struct history *history, size_t processes)
{
    bool is_large = history->bytes_max && history->bytes_since > history->bytes_max / 4;
    return history->count == 0 || history->since_key + 1 >= KEY_EVERY || history->changed > processes ||
           is_large;
}

static void advance(struct sample *sample, struct sample *spare, const struct frame *frame)
{
    frame_apply(spare, sample, frame);
    struct sample before = *sample;
    *sample = *spare;
    *spare = before;
}

void history_add(struct history *history, const struct sample *sample, const struct moment *moment)
{
    struct frame frame = { 0 };
    frame_between(&frame, history->count ? &history->newest : NULL, sample);
    history_add_frame(history, &frame, moment);
}

/* A whole sample is made of what is known, so that what was known before stays known. */
void history_add_frame(struct history *history, struct frame *frame, const struct moment *moment)
{
    advance(&history->newest, &history->spare, frame);
    if (!frame->key && key_is_due(history, history->newest.count)) {
        frame_clear(frame);
        frame_between(frame, NULL, &history->newest);
    }
    append(history, frame, moment);
}

const struct sample *history_newest(const struct history *history)
{
    return &history->newest;
}

size_t history_count(const struct history *history)
{
    return history->count;
}

const struct moment *history_moment(const struct history *history, size_t index)
{
    return &history->kept[history->first + index].moment;
}

size_t history_find(const struct history *history, int64_t time)
{
    size_t low = 0, high = history->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (history_moment(history, middle)->time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

void history_sample(struct history *history, size_t index, struct sample *ret)
{
    size_t wanted = history->first + index, from = wanted;
    bool goes_on = history->current_is_known && history->current_index <= wanted;
    while (!history->kept[from].frame.key && !(goes_on && from == history->current_index))
        from--;
    if (!(goes_on && from == history->current_index))
        advance(&history->current, &history->spare, &history->kept[from].frame);
    while (from < wanted)
        advance(&history->current, &history->spare, &history->kept[++from].frame);
    history->current_index = wanted;
    history->current_is_known = true;

    sample_clear(ret);
    ret->time = history->current.time;
    ret->interval = history->current.interval;
    for (size_t i = 0; i < history->current.count; i++)
        sample_append(ret, &history->current.processes[i]);
}

size_t history_size(const struct history *history)
{
    return history->bytes;
}
