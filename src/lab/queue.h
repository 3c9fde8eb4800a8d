/* Commands that wait to be carried out, in order, each after the one before it is done. */
#pragma once

#include "lab/expectation.h"
#include "lab/script.h"

#include <stdbool.h>
#include <stdint.h>

struct lab;
struct command;
struct cpushare;

/* One command on its way. What its function notes between calls is kept here. */
struct run {
    struct script *script; /* whose last run frees it */
    const struct script_command *command;
    const struct command *row;
    struct expectation *expectation; /* of `expect` */
    struct cpushare *cpushare;       /* of `cpushare` */
    bool inner;                      /* another command has put it there */
    bool started;
    int64_t since; /* clock_now() when it came to the head of the queue */
    int64_t next;  /* clock_now() from which it looks again, or sends again */
    unsigned looks;
    struct process_id target; /* the actor it is about, once started */
    unsigned sequence;        /* of the order it sent */
    char seen[512];           /* by `expect`, last */
    int64_t seen_since;
};

enum progress { RUN_DONE, RUN_AGAIN };

/* Names, each once. */
struct queue_names {
    char (*names)[24];
    size_t count, capacity;
};

/* Zero-initialised is empty. */
struct queue {
    struct run *runs;
    size_t count, capacity;
    /* what scripts have named, and may be asked for: */
    struct queue_names things; /* of actors */
    struct queue_names values; /* that the lab remembers */
    char **done;               /* commands that were carried out, as they were written */
    size_t done_count, done_capacity;
};

/* Parses and checks `source` and puts its commands at the end, or right after the one under way if `next`. 0,
 * or -EINVAL with *ret_error filled and the queue as it was. */
int queue_add(struct queue *queue, const char *source, bool next, struct lab_error *ret_error);
/* Carries on as far as it goes now. */
void queue_run(struct lab *lab);
/* Forgets the commands of the script under way that come after this one. */
void queue_drop_rest(struct queue *queue, const struct run *run);
/* Notes that actors may have a thing of this name from now on. */
void queue_declare(struct queue *queue, const char *name);
bool queue_is_declared(const struct queue_names *names, const char *name);
void queue_release(struct queue *queue);
