/* Time on the live screen: what was seen is kept, and may be shown again instead of what is now. Sampling
 * goes on meanwhile, so that nothing is missed. A recording that is replayed is a history without a now. */
#pragma once

#include "lab/lab.h"
#include "model/history.h"
#include "model/marks.h"
#include "screen/event_log.h"
#include "screen/layout.h"

#include <stdbool.h>

struct live;

/* What a screen shows of one moment. */
struct scene {
    struct sample sample, before;
    struct marks *marks;
};

struct rewind {
    struct history *history;
    bool past;            /* a moment of the history is shown; all that follows is about it: */
    int64_t time;         /* its time: indices move when the oldest give way */
    struct scene present; /* what is now, kept up to date meanwhile; empty in a replay */
    struct event_log log; /* up to that moment */
    bool compared;        /* what is shown is compared with the moment `mark` */
    int64_t mark;
    /* gathered for the next moment */
    struct history_line *lines;
    size_t line_count, line_room;
};

/* `all`: nothing is ever forgotten: it is a recording. */
void rewind_begin(struct rewind *rewind, bool all);
void rewind_release(struct rewind *rewind);

/* The history takes in the sample that has just come, with the events that lead to it. */
void rewind_note_sample(struct live *live, const struct sample *sample, const struct event *events,
                        size_t count);
/* And a report of the lab, for the next sample. */
void rewind_note_report(struct live *live, const struct lab_report *report);

/* The time of what is shown, on the scale of clock_now(). */
int64_t rewind_now(const struct live *live);
/* When the machine that is shown was booted, ns since 1970. */
int64_t rewind_boot(const struct live *live);
/* What is known of the moment shown; NULL: it is now. */
const struct moment *rewind_moment(const struct live *live);

/* Whether the log shows anything of it. */
bool rewind_has_event(const struct live *live, const struct moment *moment);
/* Shows the moment `index`. */
void rewind_show(struct live *live, size_t index);
/* Shows the newest moment, and stays there: pausing. */
void rewind_pause(struct live *live);
/* Back to what is now. Nothing in a replay. */
void rewind_return(struct live *live);
/* To the next moment with an event that the log shows (direction 1), or the one before (-1). */
void rewind_step(struct live *live, int direction);
/* "2m ago", "90s ago", "14:03:10", "now". False: it is none of these, or lies before what is kept, with one
 * line about it in `why`. */
bool rewind_to(struct live *live, const char *when, char *why, size_t size);
/* Marks the moment shown: from then on every other is compared with it; or no longer. */
void rewind_mark(struct live *live);
/* The events that lead from the marked moment to the one shown; to be released. */
struct event_list rewind_differences(struct live *live);

/* Draws the bar over the log's rule: where events lie, and where we are. */
void rewind_draw_bar(const struct live *live, struct area area);
/* What the banner says: "PAUSED 14:03:07, 12 s ago". "" when it is now. Returns text. */
const char *rewind_banner(const struct live *live, char *text, size_t size);
