#include "model/kinship.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/stat_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PID_TRIES = 64 }; /* a pid that has come back more often is a hostile recording's */

void kinship_release(struct kinship *kinship)
{
    free(kinship->all);
    free(kinship->by_id);
    free(kinship->by_pid);
    *kinship = (struct kinship){ 0 };
}

static size_t hash(unsigned long long number, size_t slots)
{
    return (size_t)(number * 0x9E3779B97F4A7C15ULL >> 32) & (slots - 1);
}

/* The slot of the newest member with this identity, or the free one where it belongs. */
static size_t *slot_of_id(const struct kinship *kinship, struct process_id id)
{
    size_t at = hash(id.start * 31 + (unsigned)id.pid, kinship->slots);
    while (kinship->by_id[at] && !process_id_equal(kinship->all[kinship->by_id[at] - 1].id, id))
        at = (at + 1) & (kinship->slots - 1);
    return &kinship->by_id[at];
}

/* The same by the pid alone. */
static size_t *slot_of_pid(const struct kinship *kinship, pid_t pid)
{
    size_t at = hash((unsigned)pid, kinship->slots);
    while (kinship->by_pid[at] && kinship->all[kinship->by_pid[at] - 1].id.pid != pid)
        at = (at + 1) & (kinship->slots - 1);
    return &kinship->by_pid[at];
}

static void enter(struct kinship *kinship, size_t index)
{
    struct kin *kin = &kinship->all[index];
    size_t *newest = slot_of_pid(kinship, kin->id.pid);
    kin->before = *newest ? *newest - 1 : KIN_NONE;
    *newest = *slot_of_id(kinship, kin->id) = index + 1;
}

/* Both tables are half full at most. */
static void make_slots(struct kinship *kinship)
{
    if (2 * kinship->count <= kinship->slots)
        return;
    free(kinship->by_id);
    free(kinship->by_pid);
    kinship->slots = kinship->slots ? 2 * kinship->slots : 64;
    kinship->by_id = xcalloc(kinship->slots, sizeof *kinship->by_id);
    kinship->by_pid = xcalloc(kinship->slots, sizeof *kinship->by_pid);
    for (size_t i = 0; i + 1 < kinship->count; i++)
        enter(kinship, i);
}

static struct kin *add(struct kinship *kinship, struct process_id id, const char *comm, size_t parent)
{
    kinship->all = grow(kinship->all, &kinship->room, kinship->count + 1, sizeof *kinship->all);
    struct kin *kin = &kinship->all[kinship->count++];
    *kin = (struct kin){ .id = id, .parent = parent, .adopter = KIN_NONE };
    kin->depth = parent == KIN_NONE ? 0 : kinship->all[parent].depth + 1;
    text_clean(kin->comm, sizeof kin->comm, comm);
    make_slots(kinship);
    enter(kinship, kinship->count - 1);
    return kin;
}

/* A start of 0 is not known: such a one was gone at once. */
static size_t find(const struct kinship *kinship, struct process_id id)
{
    return kinship->count ? *slot_of_id(kinship, id) - 1 : KIN_NONE;
}

/* The living one that has this pid, or had it last. */
static size_t find_pid(const struct kinship *kinship, pid_t pid)
{
    size_t found = pid > 0 && kinship->count ? *slot_of_pid(kinship, pid) - 1 : KIN_NONE;
    for (int tries = 0; found != KIN_NONE && kinship->all[found].gone; tries++)
        found = tries < PID_TRIES ? kinship->all[found].before : KIN_NONE;
    return found;
}

/* Whether a child of this member belongs to the family; KIN_NONE: it is nobody's of it. */
static bool belongs(const struct kinship *kinship, size_t parent, struct process_id id,
                    const struct moment *moment)
{
    if (parent == KIN_NONE || kinship->all[parent].stranger)
        return false;
    return parent != 0 || !kinship->only_actors || moment_has_actor(moment, id);
}

static void take_birth(struct kinship *kinship, const struct event *event, const struct moment *moment)
{
    size_t parent = find_pid(kinship, event->parent);
    if (belongs(kinship, parent, event->id, moment) && find(kinship, event->id) == KIN_NONE)
        add(kinship, event->id, event->comm, parent);
}

static void take_end(struct kinship *kinship, const struct event *event)
{
    size_t found = event->id.start ? find(kinship, event->id) : find_pid(kinship, event->id.pid);
    if (found == KIN_NONE)
        return;
    struct kin *kin = &kinship->all[found];
    kin->zombie = event->kind == EVENT_ZOMBIE;
    kin->gone = event->kind == EVENT_GONE;
    if (event->status_known) {
        kin->status_known = true;
        kin->status = event->status;
    }
}

static void take_events(struct kinship *kinship, const struct moment *moment)
{
    for (size_t i = 0; i < moment->event_count; i++) {
        const struct event *event = &moment->events[i];
        size_t found = find(kinship, event->id);
        if (event->kind == EVENT_BORN)
            take_birth(kinship, event, moment);
        else if (event->kind == EVENT_EXEC && found != KIN_NONE)
            snprintf(kinship->all[found].comm, sizeof kinship->all[found].comm, "%s", event->comm);
        else if (event->kind == EVENT_ZOMBIE || event->kind == EVENT_GONE)
            take_end(kinship, event);
    }
}

/* Who has adopted it: a member, or a stranger who becomes one. */
static size_t adopter_of(struct kinship *kinship, const struct sample *sample, pid_t ppid)
{
    size_t found = find_pid(kinship, ppid);
    const struct process *stranger = found == KIN_NONE ? sample_find(sample, ppid) : NULL;
    if (!stranger)
        return found;
    add(kinship, stranger->id, stranger->comm, KIN_NONE)->stranger = true;
    return kinship->count - 1;
}

static void take_process(struct kinship *kinship, const struct sample *sample, const struct process *process,
                         const struct moment *moment)
{
    size_t found = find(kinship, process->id);
    if (found == KIN_NONE) {
        size_t parent = find_pid(kinship, process->ppid);
        if (!belongs(kinship, parent, process->id, moment))
            return;
        add(kinship, process->id, process->comm, parent);
        found = kinship->count - 1;
    }
    size_t parent = kinship->all[found].parent;
    bool adopted = parent != KIN_NONE && process->ppid != kinship->all[parent].id.pid;
    size_t adopter = adopted ? adopter_of(kinship, sample, process->ppid) : KIN_NONE;
    kinship->all[found].adopter = adopter;
}

/* Their places come first, in the order of their births. */
static void take_births(struct kinship *kinship, const struct kinship_options *options)
{
    for (size_t i = 0; i < options->birth_count; i++) {
        const struct kin_birth *birth = &options->births[i];
        size_t parent = find(kinship, birth->parent);
        if (parent != KIN_NONE && find(kinship, birth->id) == KIN_NONE)
            add(kinship, birth->id, birth->comm, parent);
    }
}

/* Parents stand before their children only as long as pids ascend; two rounds find the others. */
static void take_sample(struct kinship *kinship, const struct sample *sample, const struct moment *moment)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sample->count; i++)
            take_process(kinship, sample, &sample->processes[i], moment);
    for (size_t i = 0; i < kinship->count; i++) {
        struct kin *kin = &kinship->all[i];
        const struct process *process = sample_find_id(sample, kin->id);
        kin->stat[0] = '\0';
        if (process) {
            kin->gone = false;
            kin->zombie = process->state == 'Z';
            stat_code(kin->stat, process);
            text_clean(kin->comm, sizeof kin->comm, process->comm);
        } else if (!kin->stranger) {
            kin->gone = true;
            kin->zombie = false;
        }
    }
}

void kinship_read(struct kinship *ret, struct history *history, size_t index,
                  const struct kinship_options *options)
{
    struct sample sample = { 0 };
    *ret = (struct kinship){ .only_actors = options->only_actors };
    for (size_t i = 0; i <= index; i++) {
        const struct moment *moment = history_moment(history, i);
        history_sample(history, i, &sample);
        const struct process *process = sample_find_id(&sample, options->root);
        if (!ret->count && process) {
            add(ret, options->root, process->comm, KIN_NONE);
            take_births(ret, options);
        }
        if (!ret->count)
            continue;
        take_events(ret, moment);
        take_sample(ret, &sample, moment);
    }
    for (size_t i = 0; options->status && i < ret->count; i++) {
        struct kin *kin = &ret->all[i];
        if ((kin->zombie || kin->gone) && !kin->status_known)
            kin->status_known = options->status(options->data, kin->id, &kin->status);
    }
    sample_release(&sample);
}
