/* What an actor has by name: variables, shared memory, files, pipes, queues, semaphores, sockets. They lie in
 * its memory like any program's data, so a forked child finds them there: copies of what was private, the
 * same of what is shared. */
#pragma once

#include "self.h"

#include <stdbool.h>
#include <stddef.h>

enum { THINGS_MAX = 32, LIST_ITEMS_MAX = 32, TEXT_ROOM = 200 };

struct list {
    long count;
    long items[LIST_ITEMS_MAX];
};

struct thing {
    char name[16]; /* "": this place is free */
    enum protocol_thing kind;
    void *memory; /* what is there by name, if it lies in memory */
    size_t size;  /* bytes of it, those of a lock behind it too */
    long count;   /* elements */
    int fds[2];   /* descriptors: of a pipe both ends, [0] to read from; else [0] alone; -1: none. All are
                     close-on-exec: a program that is exec'd holds nobody's pipe open */
    int port;     /* of a socket: what it is bound to */
    void *extra;  /* what its acts keep besides: a lock, a FILE */
};

struct things {
    struct thing all[THINGS_MAX];
};

/* Once, before the first order. */
void things_prepare(struct self *self);
/* NULL: there is none. A name may have an index behind it, "p[1]", which is written to *ret_index: -1 when
 * there is none. */
struct thing *things_find(const struct self *self, const char *name, int *ret_index);
/* A new thing of that name, zeroed but for kind and fds; one that had the name is closed and freed. The lab
 * is not told: things_tell() does that when it is complete. NULL, reported, when there are too many. */
struct thing *things_new(const struct self *self, const char *name, enum protocol_thing kind);
void things_tell(const struct thing *thing);
/* Closes, unmaps and frees what it has, and tells the lab that it is gone. */
void things_remove(struct thing *thing);
/* The thing of that name if it is of this kind; else NULL, reported as EBADF. The lab checks both before it
 * sends an order, so that this happens only when they disagree. */
struct thing *things_need(const struct self *self, const char *name, enum protocol_thing kind,
                          int *ret_index);

/* Writes bytes as they would stand in C, in quotes: "a\n\x1b". Cut to size, with ... behind. Returns text. */
const char *quote(char *text, size_t size, const void *bytes, size_t length);
