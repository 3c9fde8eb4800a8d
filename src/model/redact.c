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
    struct secret *secrets; /* the longest first: one may hold another */
    size_t count, room;
};

static int longer_first(const void *a, const void *b)
{
    const struct secret *left = a, *right = b;
    size_t length_left = strlen(left->text), length_right = strlen(right->text);
    return (length_left < length_right) - (length_left > length_right);
}

static void add(struct redact *redact, const char *text, const char *stand_in)
{
    if (strlen(text) < SHORTEST_NAME)
        return;
    for (size_t i = 0; i < redact->count; i++)
        if (strcmp(redact->secrets[i].text, text) == 0)
            return;
    redact->secrets = grow(redact->secrets, &redact->room, redact->count + 1, sizeof *redact->secrets);
    redact->secrets[redact->count++] = (struct secret){ xstrdup(text), stand_in };
    qsort(redact->secrets, redact->count, sizeof *redact->secrets, longer_first);
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

void redact_learn(struct redact *redact, const struct sample *sample, struct users *users, bool look_up)
{
    uid_t before = 0;
    if (look_up && !is_looked_up(sample, users))
        users_resolve(users);
    for (size_t i = 0; i < sample->count; i++) {
        uid_t uid = sample->processes[i].euid;
        if (!users_is_person(uid) || uid == before)
            continue;
        const char *name = users_real_name(users, uid);
        if (name)
            add(redact, name, "user");
        before = name ? uid : before;
    }
}

/* The secret that begins here, and its length; NULL: none does. */
static const char *find(const struct redact *redact, const char *at, size_t *ret_length)
{
    for (size_t i = 0; i < redact->count; i++) {
        *ret_length = strlen(redact->secrets[i].text);
        if (strncmp(at, redact->secrets[i].text, *ret_length) == 0)
            return redact->secrets[i].stand_in;
    }
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

/* The longest end of a name that was cut which begins a secret; NULL: none does. */
static const char *find_remnant(const struct redact *redact, char *comm, char **ret_place)
{
    for (size_t length = COMM_LENGTH; length >= SHORTEST_REMNANT; length--)
        for (size_t i = 0; i < redact->count; i++) {
            *ret_place = comm + COMM_LENGTH - length;
            if (strncmp(*ret_place, redact->secrets[i].text, length) == 0)
                return redact->secrets[i].stand_in;
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
