#include "lab/members.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/foreign.h"
#include "lab/source.h"
#include "machine/procfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void forget_one_reaped(struct lab *lab)
{
    size_t reaped = lab->member_count - member_count_present(lab);
    for (size_t i = 0; reaped > LAB_REAPED_MAX && i < lab->member_count; i++) {
        if (lab->members[i]->actor.state != ACTOR_REAPED)
            continue;
        member_remove(lab, lab->members[i]);
        return;
    }
}

static void forget_name(struct lab *lab, const char *name)
{
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *old = lab->members[i];
        if (old->actor.state == ACTOR_REAPED && strcmp(old->actor.name, name) == 0) {
            member_remove(lab, old);
            return;
        }
    }
}

int member_add(struct lab *lab, const struct member *like, struct member **ret)
{
    struct member *member = xcalloc(1, sizeof *member);
    *member = *like;
    int r = source_watch(lab, like->pidfd, SOURCE_PIDFD, member);
    if (r == 0 && (r = source_watch(lab, like->control, SOURCE_CONTROL, member)) < 0)
        source_forget(lab, like->pidfd);
    if (r < 0) {
        free(member);
        return r;
    }
    forget_name(lab, like->actor.name);
    forget_one_reaped(lab);
    lab->members = grow(lab->members, &lab->member_capacity, lab->member_count + 1, sizeof *lab->members);
    lab->members[lab->member_count++] = member;
    member_set_state(member, like->actor.state);
    member->ordered = member->actor.since;
    *ret = member;
    return 0;
}

void member_close_control(struct lab *lab, struct member *member)
{
    if (member->control < 0)
        return;
    source_forget(lab, member->control);
    close(member->control);
    member->control = -1;
}

void member_close_pidfd(struct lab *lab, struct member *member)
{
    if (member->pidfd < 0)
        return;
    source_forget(lab, member->pidfd);
    close(member->pidfd);
    member->pidfd = -1;
}

void member_remove(struct lab *lab, struct member *member)
{
    member_close_control(lab, member);
    member_close_pidfd(lab, member);
    foreign_close(lab, member);
    size_t i = 0;
    while (i < lab->member_count && lab->members[i] != member)
        i++;
    if (i == lab->member_count)
        return;
    things_release(&member->things);
    lab->member_count--;
    memmove(&lab->members[i], &lab->members[i + 1], (lab->member_count - i) * sizeof *lab->members);
    free(member);
}

struct member *member_by_name(const struct lab *lab, const char *name)
{
    for (size_t i = lab->member_count; i-- > 0;) {
        struct member *member = lab->members[i];
        if (member->actor.state != ACTOR_REAPED && strcmp(member->actor.name, name) == 0)
            return member;
    }
    return NULL;
}

struct member *member_by_pid(const struct lab *lab, pid_t pid)
{
    for (size_t i = lab->member_count; i-- > 0;) {
        struct member *member = lab->members[i];
        if (member->actor.state != ACTOR_REAPED && member->actor.id.pid == pid)
            return member;
    }
    return NULL;
}

struct member *member_by_id(const struct lab *lab, struct process_id id)
{
    for (size_t i = lab->member_count; i-- > 0;)
        if (process_id_equal(lab->members[i]->actor.id, id))
            return lab->members[i];
    return NULL;
}

size_t member_count_present(const struct lab *lab)
{
    size_t count = 0;
    for (size_t i = 0; i < lab->member_count; i++)
        count += lab->members[i]->actor.state != ACTOR_REAPED;
    return count;
}

void member_set_state(struct member *member, enum actor_state state)
{
    member->actor.state = state;
    member->actor.since = clock_now();
}

bool member_is_living(const struct member *member)
{
    return member->actor.state < ACTOR_ENDED;
}

const char *member_name_of(const struct lab *lab, pid_t pid, char *text, size_t size)
{
    const struct member *member = member_by_pid(lab, pid);
    struct process_storage storage;
    struct process process;
    if (member) {
        snprintf(text, size, "%s", member->actor.name);
    } else if (pid > 0 && procfile_read(pid, &process, &storage) == 0) {
        char comm[sizeof storage.comm];
        snprintf(text, size, "%d %s", (int)pid, text_clean(comm, sizeof comm, process.comm));
    } else {
        snprintf(text, size, pid > 0 ? "%d ?" : "?", (int)pid);
    }
    return text;
}

size_t lab_actor_count(const struct lab *lab)
{
    return lab->member_count;
}

const struct actor *lab_actor(const struct lab *lab, size_t index)
{
    return &lab->members[index]->actor;
}

const struct actor *lab_actor_by_id(const struct lab *lab, struct process_id id)
{
    const struct member *member = member_by_id(lab, id);
    return member ? &member->actor : NULL;
}

const struct actor *lab_actor_by_name(const struct lab *lab, const char *name)
{
    for (size_t i = lab->member_count; i-- > 0;)
        if (strcmp(lab->members[i]->actor.name, name) == 0)
            return &lab->members[i]->actor;
    return NULL;
}

const char *lab_actor_thing(const struct lab *lab, const struct actor *actor, size_t index, char *ret_kind)
{
    const struct member *member = member_by_id(lab, actor->id);
    if (!member || index >= member->things.count)
        return NULL;
    *ret_kind = (char)member->things.all[index].kind;
    return member->things.all[index].name;
}

void lab_next_name(const struct lab *lab, unsigned skip, char *name)
{
    enum { NAME_SIZE = sizeof(((struct actor *)0)->name), LETTERS = 26 };
    for (unsigned number = 0;; number++) {
        char letter = (char)('a' + number % LETTERS);
        if (number < LETTERS)
            snprintf(name, NAME_SIZE, "%c", letter);
        else
            snprintf(name, NAME_SIZE, "%c%u", letter, number / LETTERS + 1);
        if (!lab_actor_by_name(lab, name) && skip-- == 0)
            return;
    }
}
