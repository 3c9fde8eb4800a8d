#include "model/id_set.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FREE = 0, REMOVED = -1, FEWEST_SLOTS = 16 };

static size_t first_slot(const struct id_set *set, struct process_id id)
{
    uint64_t hash = ((uint64_t)id.pid << 32 ^ id.start) * 0x9e3779b97f4a7c15u;
    return (size_t)(hash >> 32) & (set->room - 1);
}

/* The slot that holds the id, or the one where it would be put. A quarter of the slots is always free, so the
 * search ends. */
static size_t slot_of(const struct id_set *set, struct process_id id)
{
    size_t reusable = set->room;
    for (size_t slot = first_slot(set, id);; slot = (slot + 1) & (set->room - 1)) {
        pid_t pid = set->slots[slot].pid;
        if (pid == FREE)
            return reusable < set->room ? reusable : slot;
        if (pid == REMOVED) {
            if (reusable == set->room)
                reusable = slot;
        } else if (process_id_equal(set->slots[slot], id)) {
            return slot;
        }
    }
}

static bool holds(const struct id_set *set, size_t slot, struct process_id id)
{
    return process_id_equal(set->slots[slot], id);
}

static void rehash(struct id_set *set, size_t room)
{
    struct id_set old = *set;
    set->slots = xcalloc(room, sizeof *set->slots);
    set->room = room;
    set->used = set->count;
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].pid > 0)
            set->slots[slot_of(set, old.slots[i])] = old.slots[i];
    free(old.slots);
}

static void make_room(struct id_set *set)
{
    if (!set->room) {
        rehash(set, FEWEST_SLOTS);
    } else if (set->used + 1 > set->room - set->room / 4) {
        bool crowded = set->count + 1 > set->room / 2;
        rehash(set, crowded ? set->room * 2 : set->room);
    }
}

void id_set_release(struct id_set *set)
{
    free(set->slots);
    *set = (struct id_set){ 0 };
}

bool id_set_has(const struct id_set *set, struct process_id id)
{
    return set->count && id.pid > 0 && holds(set, slot_of(set, id), id);
}

void id_set_add(struct id_set *set, struct process_id id)
{
    if (id.pid <= 0 || id_set_has(set, id))
        return;
    make_room(set);
    size_t slot = slot_of(set, id);
    if (set->slots[slot].pid == FREE)
        set->used++;
    set->slots[slot] = id;
    set->count++;
}

void id_set_remove(struct id_set *set, struct process_id id)
{
    if (!id_set_has(set, id))
        return;
    set->slots[slot_of(set, id)] = (struct process_id){ .pid = REMOVED };
    set->count--;
}

void id_set_clear(struct id_set *set)
{
    if (set->room)
        memset(set->slots, 0, set->room * sizeof *set->slots);
    set->count = set->used = 0;
}
