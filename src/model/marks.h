/* What recently happened to each process, kept for a while so that its row can show it: new, changed STAT, changed nice,
 * adopted; and the rows of processes that are gone: tombstones, and ghosts at the place an adopted process left. */
#pragma once

#include "machine/sample.h"
#include "model/event.h"

#include <stdint.h>

enum mark_flag {
    MARK_NEW = 1,
    MARK_STATE = 2,
    MARK_NICE = 4,
    MARK_EXEC = 8,
    MARK_ADOPTED = 16,
    MARK_ZOMBIE = 32, /* kept as long as it is a zombie */
};

/* A process with something to show. */
struct mark {
    struct process_id id;
    unsigned flags;        /* those not yet worn off */
    int64_t until;         /* when the short-lived flags wear off */
    struct event adopted;  /* kind EVENT_ADOPTED when it was adopted, kept as long as it lives: parent, parent_before */
    struct event reniced;  /* kind EVENT_RENICED while MARK_NICE */
    struct event state;    /* the last EVENT_STATE or EVENT_ZOMBIE: what ended it and since when; kept while it is in a
                              state other than R and S */
};

/* A row of a process that is gone. */
struct tombstone {
    struct process process; /* as last seen; texts owned by the marks */
    struct event gone;
    pid_t parent;           /* at its end */
    int64_t until;
};

/* The mark at the place a process was adopted away from. */
struct ghost {
    struct process_id id;   /* of the adopted process */
    struct event adopted;
    pid_t place;            /* the pid of its parent before, under which the ghost is shown */
    int64_t until;
};

struct marks;
struct marks *marks_new(int64_t keep_ns); /* how long short-lived marks, tombstones and ghosts are kept */
void marks_free(struct marks *marks);     /* takes NULL */
/* From now on tombstones and ghosts are kept so long; 0: until the marks are freed, those that stand there too. When that
 * ends, they wear off as if they had just come, at `now`. */
void marks_keep_dead(struct marks *marks, int64_t keep_ns, int64_t now);

/* Takes into account the events that lead away from `before`; routine ones (event_is_routine()) leave no mark. What wears
 * off does so `keep_ns` after `now`, the moment when they are shown. Tombstones need their rows in `before`; of very many
 * the newest are kept. */
void marks_apply(struct marks *marks, const struct sample *before, const struct event *events, size_t count,
                 int64_t now);
/* Drops what has worn off at `now`. Returns whether anything did. */
bool marks_expire(struct marks *marks, int64_t now);
/* NULL: nothing to show. Borrowed until the next marks_apply() or marks_expire(). */
const struct mark *marks_of(const struct marks *marks, struct process_id id);
const struct tombstone *marks_tombstones(const struct marks *marks, size_t *ret_count);
/* A ghost may outlive its process; a tree shows it only while the process lives. */
const struct ghost *marks_ghosts(const struct marks *marks, size_t *ret_count);
