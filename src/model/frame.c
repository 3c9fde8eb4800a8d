#include "model/frame.h"

#include <stdlib.h>
#include <string.h>

void frame_clear(struct frame *frame)
{
    frame->key = false;
    frame->time = frame->interval = 0;
    frame->set_count = frame->gone_count = 0;
    arena_reset(&frame->texts);
}

void frame_release(struct frame *frame)
{
    free(frame->set);
    free(frame->gone);
    arena_release(&frame->texts);
    *frame = (struct frame){ 0 };
}

static const char *copy_text(struct arena *texts, const char *text)
{
    return text ? arena_copy(texts, text, strlen(text)) : NULL;
}

void frame_set(struct frame *frame, const struct process *process)
{
    frame->set = grow(frame->set, &frame->set_room, frame->set_count + 1, sizeof *frame->set);
    struct process *copy = &frame->set[frame->set_count++];
    *copy = *process;
    copy->comm = copy_text(&frame->texts, process->comm);
    copy->cmdline = copy_text(&frame->texts, process->cmdline);
    copy->tty_name = copy_text(&frame->texts, process->tty_name);
}

void frame_gone(struct frame *frame, pid_t pid)
{
    frame->gone = grow(frame->gone, &frame->gone_room, frame->gone_count + 1, sizeof *frame->gone);
    frame->gone[frame->gone_count++] = pid;
}

static size_t text_size(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static size_t texts_size(const struct frame *frame)
{
    size_t size = 0;
    for (size_t i = 0; i < frame->set_count; i++)
        size += text_size(frame->set[i].comm) + text_size(frame->set[i].cmdline) +
                text_size(frame->set[i].tty_name);
    return size;
}

/* An array that grow() takes for full when it has so many elements. */
static void *exact(size_t count, size_t *ret_room, size_t size)
{
    *ret_room = count;
    return count ? xcalloc(count, size) : NULL;
}

void frame_pack(struct frame *frame)
{
    struct frame packed = { .key = frame->key, .time = frame->time, .interval = frame->interval };
    arena_reserve(&packed.texts, texts_size(frame));
    packed.set = exact(frame->set_count, &packed.set_room, sizeof *packed.set);
    packed.gone = exact(frame->gone_count, &packed.gone_room, sizeof *packed.gone);
    for (size_t i = 0; i < frame->set_count; i++)
        frame_set(&packed, &frame->set[i]);
    for (size_t i = 0; i < frame->gone_count; i++)
        frame_gone(&packed, frame->gone[i]);
    frame_release(frame);
    *frame = packed;
}

size_t frame_size(const struct frame *frame)
{
    return sizeof *frame + frame->set_count * sizeof *frame->set + frame->gone_count * sizeof(pid_t) +
           texts_size(frame);
}

/* What was not read now is no change. */
static bool text_differs(const char *before, const char *after)
{
    return after && (!before || strcmp(before, after) != 0);
}

static bool differs(const struct process *a, const struct process *b)
{
    return a->id.start != b->id.start || a->ppid != b->ppid || a->pgrp != b->pgrp ||
           a->session != b->session || a->tty != b->tty || a->tpgid != b->tpgid || a->flags != b->flags ||
           a->ticks != b->ticks || a->priority != b->priority || a->nice != b->nice ||
           a->threads != b->threads || a->rss_kib != b->rss_kib || a->processor != b->processor ||
           a->policy != b->policy || a->state != b->state || a->euid != b->euid ||
           (b->locked_known && (!a->locked_known || a->locked != b->locked)) ||
           strcmp(a->comm, b->comm) != 0 || text_differs(a->cmdline, b->cmdline) ||
           text_differs(a->tty_name, b->tty_name);
}

/* The next process at or after `at`, threads passed over; sample->count: there is none. */
static size_t skip_threads(const struct sample *sample, size_t at)
{
    while (at < sample->count && process_is_thread(&sample->processes[at]))
        at++;
    return at;
}

void frame_between(struct frame *ret, const struct sample *before, const struct sample *after)
{
    static const struct sample nothing;
    ret->key = !before;
    ret->time = after->time;
    ret->interval = after->interval;
    if (!before)
        before = &nothing;
    size_t old = skip_threads(before, 0), new = skip_threads(after, 0);
    while (old < before->count || new < after->count) {
        const struct process *a = old < before->count ? &before->processes[old] : NULL;
        const struct process *b = new < after->count ? &after->processes[new] : NULL;
        if (a && (!b || a->id.pid < b->id.pid)) {
            frame_gone(ret, a->id.pid);
            old = skip_threads(before, old + 1);
            continue;
        }
        bool same = a && a->id.pid == b->id.pid;
        if (!same || differs(a, b))
            frame_set(ret, b);
        if (same)
            old = skip_threads(before, old + 1);
        new = skip_threads(after, new + 1);
    }
}

/* What of `before` holds on for a process that has changed; `before` may be another process that had the pid.
 */
static void inherit(struct process *process, const struct process *before)
{
    if (!process_id_equal(process->id, before->id))
        return;
    process->ticks_spent = process->ticks > before->ticks ? (unsigned)(process->ticks - before->ticks) : 0;
    if (strcmp(process->comm, before->comm) != 0)
        return;
    if (!process->cmdline)
        process->cmdline = before->cmdline;
    if (!process->tty_name && process->tty == before->tty)
        process->tty_name = before->tty_name;
    if (!process->locked_known) {
        process->locked_known = before->locked_known;
        process->locked = before->locked;
    }
}

void frame_apply(struct sample *ret, const struct sample *before, const struct frame *frame)
{
    static const struct sample nothing;
    if (frame->key)
        before = &nothing;
    sample_clear(ret);
    ret->time = frame->time;
    ret->interval = frame->interval;
    size_t old = 0, set = 0, gone = 0;
    while (old < before->count || set < frame->set_count) {
        const struct process *a = old < before->count ? &before->processes[old] : NULL;
        const struct process *b = set < frame->set_count ? &frame->set[set] : NULL;
        if (b && (!a || b->id.pid <= a->id.pid)) {
            struct process process = *b;
            bool same = a && a->id.pid == b->id.pid;
            if (same)
                inherit(&process, a);
            sample_append(ret, &process);
            set++;
            old += same;
            continue;
        }
        while (gone < frame->gone_count && frame->gone[gone] < a->id.pid)
            gone++;
        if (gone == frame->gone_count || frame->gone[gone] != a->id.pid)
            sample_append(ret, a)->ticks_spent = 0;
        old++;
    }
}
