/* A set of process identities: what is folded, tagged, or shown. Zero-initialised is empty. */
#pragma once

#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>

struct id_set {
    struct process_id *slots; /* open addressing; pid 0: free, pid -1: removed */
    size_t room, count, used;
};

void id_set_release(struct id_set *set);
bool id_set_has(const struct id_set *set, struct process_id id);
void id_set_add(struct id_set *set, struct process_id id);
void id_set_remove(struct id_set *set, struct process_id id);
void id_set_clear(struct id_set *set);
