/* Events: what happened to a process. They come from comparing two samples, from the kernel's proc connector, and from
 * the lab's own calls. */
#pragma once

#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum event_kind {
    EVENT_BORN,
    EVENT_EXEC,    /* another program in the same process: comm_before -> comm */
    EVENT_STATE,   /* state_before -> state */
    EVENT_RENICED, /* nice_before -> nice */
    EVENT_ADOPTED, /* parent_before -> parent */
    EVENT_ZOMBIE,  /* has ended; its parent has not asked */
    EVENT_GONE,    /* was reaped, or ended and was reaped between two samples */
    EVENT_KIND_COUNT
};

enum { EVENT_COMM_SIZE = 64 };

struct event {
    enum event_kind kind;
    int64_t time; /* clock_now() scale: the kernel's own moment when exact, else that of the sample that showed it */
    bool exact;   /* the kernel told it; otherwise it was seen by comparing samples */
    struct process_id id; /* start is 0 when it is not known: it was gone at once */
    char comm[EVENT_COMM_SIZE], comm_before[EVENT_COMM_SIZE]; /* clean: text_clean() */
    pid_t parent, parent_before;                              /* 0: none or not visible */
    char parent_comm[EVENT_COMM_SIZE], parent_comm_before[EVENT_COMM_SIZE];
    char state, state_before; /* of GONE, state_before alone: as last seen */
    int nice, nice_before;
    bool status_known; /* ZOMBIE, GONE: how it ended */
    int status;        /* wait status */
    int64_t lifetime;  /* GONE: ns from its birth; -1 unknown */
};

struct event_list {
    struct event *events;
    size_t count, room;
};

void event_list_release(struct event_list *list);
/* Appends a zeroed event and returns it; valid until the next append. */
struct event *event_list_append(struct event_list *list);

/* Whether it is a change that happens all the time and tells nothing: between running and sleeping or idle. */
bool event_is_routine(const struct event *event);

/* The word of a kind, for filters and output, never translated: "born", "exec", "state", "reniced", "adopted", "zombie",
 * "gone". */
const char *event_kind_word(enum event_kind kind);
/* One clause about the event in the user's language, without time and name: "born, parent 4312 a", "nice 0 -> 5",
 * "adopted by 1 systemd, was 4312 a", "ended: exit 7; a has not asked". Returns text. */
const char *event_words(char *text, size_t size, const struct event *event);
