/* Pools of workers: commands that are made of others. An actor has two queues, one for tasks and one for
 * results, and forks workers; each step is a command of its own, put behind the one under way, and reports
 * its own calls. What the lab keeps of a pool is what multiprocessing.Pool's object would: how many workers,
 * whether it is closed. */
#pragma once

#include "lab/verbs.h"
#include "machine/process.h"

enum { POOL_WORKERS_MAX = 16 };

struct pool {
    char name[16];
    struct process_id owner;
    long workers;
    long tasks; /* that were put so far: the number of the next */
    bool closed;
};

/* Zero-initialised is empty. */
struct pools {
    struct pool *all;
    size_t count, capacity;
};

void pools_release(struct pools *pools);
/* Notes the names of the things that a pool of this name will bring. */
void pools_declare(struct queue *queue, const char *name);

verb_function verb_pool, verb_apply, verb_apply_async, verb_map, verb_result, verb_pool_close, verb_pool_join;
