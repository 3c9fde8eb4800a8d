#include "model/redact.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEST_NAME = 2 };

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

void redact_learn(struct redact *redact, const struct sample *sample, struct users *users)
{
    uid_t before = 0;
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
        process.comm = redact_text(redact, comm, sizeof comm, process.comm);
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
    redact_text(redact, name, EVENT_COMM_SIZE, before);
}

void redact_event(const struct redact *redact, struct event *event)
{
    redact_name(redact, event->comm);
    redact_name(redact, event->comm_before);
    redact_name(redact, event->parent_comm);
    redact_name(redact, event->parent_comm_before);
}
