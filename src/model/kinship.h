/* The family of one process over time: who was born of whom, who adopted whom, who has ended. Made of a
 * history, so that the dead keep their place. */
#pragma once

#include "model/history.h"

#include <stdbool.h>
#include <stddef.h>

#define KIN_NONE ((size_t)-1)

struct kin {
    struct process_id id; /* start is 0 when it was gone at once */
    char comm[EVENT_COMM_SIZE];
    char stat[16];  /* as ps has it, at the moment; "": it is gone */
    size_t parent;  /* whose child it was born as: an index; KIN_NONE: the root, or a stranger */
    size_t adopter; /* whose child it is now, another than its parent; KIN_NONE: it was not adopted */
    int depth;      /* 0: the root */
    bool stranger;  /* it belongs to the family as an adopter alone */
    bool zombie, gone;
    bool status_known;
    int status;    /* wait status */
    size_t before; /* the member that had the pid before it; KIN_NONE: none */
};

/* In order of birth, the root first; strangers stand where they first adopted. */
struct kinship {
    struct kin *all;
    size_t count, room;
    bool only_actors;
    /* indices and 1, by identity and by pid: open addressing; 0: free */
    size_t *by_id, *by_pid, slots;
};

/* A birth that somebody knows of who need not look: the lab. */
struct kin_birth {
    struct process_id id, parent;
    const char *comm;
};

struct kinship_options {
    struct process_id root;
    const struct kin_birth *births; /* in their order; what no sample has shown is known all the same */
    size_t birth_count;
    bool only_actors; /* of the root's children those alone that are the lab's: the family of Forklore itself
                       */
    /* How a zombie, or one that is gone, ended, where the history does not know; NULL: nobody else does. */
    bool (*status)(void *data, struct process_id id, int *ret_status);
    void *data;
};

/* The family as it is at the moment `index` of the history, with all that were in it before. To be released.
 */
void kinship_read(struct kinship *ret, struct history *history, size_t index,
                  const struct kinship_options *options);
void kinship_release(struct kinship *kinship);
