/* What was seen, moment by moment: the live view rewinds in it, and a recording that is replayed is one.
 * Moments are kept as differences, with a whole sample now and then; the oldest give way when there are too
 * many. */
#pragma once

#include "model/event.h"
#include "model/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line of the event log that did not come from comparing samples: what the lab told. */
struct history_line {
    int64_t time;
    pid_t pid;  /* the actor's; 0: the lab's own */
    char *name; /* NULL: the lab's own */
    char *text;
    char *words; /* NULL: none */
    bool failed;
};

/* What is known at one moment besides its sample. */
struct moment {
    int64_t time;         /* clock_now() of the machine it was seen on */
    double load;          /* of the last minute */
    bool exact;           /* births and ends were reported by the kernel */
    bool lost;            /* reports of the kernel were lost since the moment before */
    struct event *events; /* that lead to it */
    size_t event_count;
    struct history_line *lines; /* that were told since the moment before */
    size_t line_count;
    struct process_id *actors; /* of the lab, at this moment; in a history by ascending pid */
    size_t actor_count;
};

struct history;

/* Keeps at most about so many bytes and nanoseconds; 0: no limit. */
struct history *history_new(size_t bytes, int64_t span);
/* Takes NULL. */
void history_free(struct history *history);

/* Appends a moment: what leads from the one before to this sample. The arrays and texts of `moment` are
 * copied; moment->time is taken from the sample. */
void history_add(struct history *history, const struct sample *sample, const struct moment *moment);
/* The same where the difference is known already: the frame is taken over and left empty. */
void history_add_frame(struct history *history, struct frame *frame, const struct moment *moment);

/* The sample of the newest moment; empty when there is none. Borrowed until the next addition. */
const struct sample *history_newest(const struct history *history);

/* Moments are numbered from 0, the oldest that is kept. */
size_t history_count(const struct history *history);
/* Borrowed until the next addition. */
const struct moment *history_moment(const struct history *history, size_t index);
/* Whether it was an actor at this moment, which is of a history. */
bool moment_has_actor(const struct moment *moment, struct process_id id);
/* The last moment at or before this time; 0 when all are later; history_count() must not be 0. */
size_t history_find(const struct history *history, int64_t time);
/* Makes in *ret the sample of that moment. Going on by one is cheap; a jump costs at most a whole sample and
 * the differences since. */
void history_sample(struct history *history, size_t index, struct sample *ret);
/* About the memory it holds, in bytes. */
size_t history_size(const struct history *history);
