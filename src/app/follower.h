/* The machine followed without a screen: samples and the kernel's reports come in, one moment after another.
 */
#pragma once

#include "machine/sampler.h"
#include "machine/users.h"
#include "model/event.h"

#include <stdbool.h>
#include <stddef.h>

struct follower_options {
    double delay;    /* seconds between two readings; more when reading is dear */
    double duration; /* seconds until it ends by itself; 0: never */
};

/* One moment. All of it is borrowed for the call. */
struct followed {
    const struct sample *before, *after; /* before the first, `before` is empty */
    const struct event *events;          /* that lead from one to the other */
    size_t event_count;
    size_t lost; /* messages of the kernel that were lost since the moment before */
    bool exact;  /* births and ends are told by the kernel */
    struct users *users;
};

enum { FOLLOWER_ENOUGH = -1 };

struct follower_client {
    /* What is to be read next; NULL: the least. What it points to is copied. */
    void (*ask)(void *data, struct sample_request *request);
    /* Takes a moment, the first one too. 0: go on; FOLLOWER_ENOUGH: end well; above: end with that exit
     * status. */
    int (*take)(void *data, const struct followed *moment);
    void *data;
};

/* Follows until SIGINT, SIGTERM, the end of the duration (what has happened until then is told), the client
 * has had enough, or nobody reads `output` any more (a pipe's descriptor, -1: none). Returns the exit status;
 * what failed was told on stderr. */
int follower_run(const struct follower_options *options, const struct follower_client *client, int output);
