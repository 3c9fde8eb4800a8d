#include "model/redact.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHORTEST_NAME = 2,
    COMM_LENGTH = 15,     /* the kernel cuts names of processes there */
    SHORTEST_REMNANT = 3, /* of a secret that was cut */
};

const char redact_host[] = "host";

static const char home_folders[] = "/home/";

struct secret {
    char *text;
    const char *stand_in;
};

struct redact {
    struct secret *secrets; /* by their bytes, so that those that begin alike stand together */
    size_t count, room;
    size_t people; /* whose names have been learnt */
};

/* A part of the secrets, from `first` on: those that begin with the same bytes. */
struct range {
    size_t first, end;
};

/* The place in the range of the first secret whose byte at `depth` is at least `byte`. */
static size_t lower_bound(const struct redact *redact, struct range range, size_t depth, int byte)
{
    while (range.first < range.end) {
        size_t middle = range.first + (range.end - range.first) / 2;
        if ((unsigned char)redact->secrets[middle].text[depth] < byte)
            range.first = middle + 1;
        else
            range.end = middle;
    }
    return range.first;
}

/* Of a range that is alike up to `depth`, the secrets that go on with this byte. */
static struct range narrow(const struct redact *redact, struct range range, size_t depth, char byte)
{
    int value = (unsigned char)byte;
    return (struct range){ lower_bound(redact, range, depth, value),
                           lower_bound(redact, range, depth, value + 1) };
}

static void add(struct redact *redact, const char *text, const char *stand_in)
{
    size_t place = 0, end = redact->count;
    if (strlen(text) < SHORTEST_NAME)
        return;
    while (place < end) {
        size_t middle = place + (end - place) / 2;
        int order = strcmp(redact->secrets[middle].text, text);
        if (order == 0)
            return;
        if (order < 0)
            place = middle + 1;
        else
            end = middle;
    }
    redact->secrets = grow(redact->secrets, &redact->room, redact->count + 1, sizeof *redact->secrets);
    memmove(&redact->secrets[place + 1], &redact->secrets[place],
            (redact->count++ - place) * sizeof *redact->secrets);
    redact->secrets[place] = (struct secret){ xstrdup(text), stand_in };
}

struct redact *redact_new(const char *host, const char *home)
{
    struct redact *redact = xcalloc(1, sizeof *redact);
    if (strcmp(host, "localhost") != 0)
        add(redact, host, redact_host);
    if (home && strcmp(home, "/") != 0 && strcmp(home, "/root") != 0)
        add(redact, home, "~");
    return redact;
}

void redact_free(struct redact *redact)
{
    if (!redact)
        return;
    for (size_t i = 0; i < redact->count; i++)
        free(redact->secrets[i].text);
    free(redact->secrets);
    free(redact);
}

static bool is_looked_up(const struct sample *sample, struct users *users)
{
    bool known = true;
    for (size_t i = 0; i < sample->count; i++)
        known &=
            !users_is_person(sample->processes[i].euid) || users_is_known(users, sample->processes[i].euid);
    return known;
}

static void add_person(void *data, const char *name)
{
    add(data, name, "user");
}

void redact_learn(struct redact *redact, const struct sample *sample, struct users *users, bool look_up)
{
    if (look_up && !is_looked_up(sample, users))
        users_resolve(users);
    for (size_t i = 0; i < sample->count; i++)
        users_real_name(users, sample->processes[i].euid); /* asks for those that are new */
    if (redact->people == users_people_named(users))
        return;
    redact->people = users_people_named(users);
    users_each_person(users, add_person, redact);
}

/* What stands for the longest secret that begins here, and that one's length; NULL: none does. */
static const char *find(const struct redact *redact, const char *at, size_t *ret_length)
{
    struct range range = { 0, redact->count };
    const char *found = NULL;
    for (size_t depth = 0; at[depth]; depth++) {
        range = narrow(redact, range, depth, at[depth]);
        if (range.first == range.end)
            break;
        if (redact->secrets[range.first].text[depth + 1])
            continue;
        found = redact->secrets[range.first].stand_in;
        *ret_length = depth + 1;
    }
    if (found)
        return found;
    size_t folder = strlen(home_folders);
    if (strncmp(at, home_folders, folder) == 0 && at[folder] && at[folder] != '/') {
        *ret_length = folder + strcspn(at + folder, "/ :\"'");
        return "~";
    }
    return NULL;
}

char *redact_text(const struct redact *redact, char *to, size_t size, const char *text)
{
    size_t used = 0, length;
    while (*text) {
        const char *stand_in = find(redact, text, &length);
        int width;
        if (!stand_in)
            length = text_step(text, strlen(text), &width);
        size_t more = stand_in ? strlen(stand_in) : length;
        if (used + more >= size)
            break;
        memcpy(to + used, stand_in ? stand_in : text, more);
        used += more;
        text += length;
    }
    to[used] = '\0';
    return to;
}

/* Whether a secret begins with these bytes: what stands for it; NULL: none does. */
static const char *find_begun(const struct redact *redact, const char *text, size_t length)
{
    struct range range = { 0, redact->count };
    for (size_t depth = 0; depth < length; depth++)
        range = narrow(redact, range, depth, text[depth]);
    return range.first < range.end ? redact->secrets[range.first].stand_in : NULL;
}

/* The longest end of a name that was cut which begins a secret; NULL: none does. */
static const char *find_remnant(const struct redact *redact, char *comm, char **ret_place)
{
    for (size_t length = COMM_LENGTH; length >= SHORTEST_REMNANT; length--) {
        *ret_place = comm + COMM_LENGTH - length;
        const char *stand_in = find_begun(redact, *ret_place, length);
        if (stand_in)
            return stand_in;
    }
    return NULL;
}

static char *redact_comm(const struct redact *redact, char *to, size_t size, const char *comm)
{
    char cut[COMM_LENGTH + 1], *place;
    if (strlen(comm) != COMM_LENGTH)
        return redact_text(redact, to, size, comm);
    memcpy(cut, comm, sizeof cut);
    const char *stand_in = find_remnant(redact, cut, &place);
    if (!stand_in)
        return redact_text(redact, to, size, comm);
    *place = '\0';
    redact_text(redact, to, size, cut);
    size_t used = strlen(to);
    snprintf(to + used, size - used, "%s", stand_in);
    return to;
}

void redact_sample(const struct redact *redact, struct sample *ret, const struct sample *from,
                   bool (*keep)(void *data, const struct process *process), void *data)
{
    char comm[256], cmdline[4096];
    sample_clear(ret);
    ret->time = from->time;
    ret->interval = from->interval;
    ret->with_threads = from->with_threads;
    for (size_t i = 0; i < from->count; i++) {
        struct process process = from->processes[i];
        process.comm = redact_comm(redact, comm, sizeof comm, process.comm);
        if (process.cmdline && !keep(data, &from->processes[i]))
            process.cmdline = NULL;
        if (process.cmdline)
            process.cmdline = redact_text(redact, cmdline, sizeof cmdline, process.cmdline);
        sample_append(ret, &process);
    }
}

static void redact_name(const struct redact *redact, char name[EVENT_COMM_SIZE])
{
    char before[EVENT_COMM_SIZE];
    memcpy(before, name, sizeof before);
    redact_comm(redact, name, EVENT_COMM_SIZE, before);
}

void redact_event(const struct redact *redact, struct event *event)
{
    redact_name(redact, event->comm);
    redact_name(redact, event->comm_before);
    redact_name(redact, event->parent_comm);
    redact_name(redact, event->parent_comm_before);
}
