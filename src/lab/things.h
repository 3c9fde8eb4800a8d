/* The things that actors have by name: variables, shared memory, files, pipes, queues. An actor tells where
 * in its own memory a thing is, or which descriptor; what it is worth is then read from the kernel, not
 * asked. A forked child finds its parent's things in its copy of the memory, at the same addresses. */
#pragma once

#include "lab/expectation.h"
#include "lab/protocol.h"
#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>

enum { THING_NAME_SIZE = 16 };

struct thing {
    char name[THING_NAME_SIZE];
    enum protocol_thing kind;
    long number; /* an address, a descriptor or a port, as the kind says */
    long count;  /* elements, or bytes */
};

/* Zero-initialised is empty. */
struct things {
    struct thing *all;
    size_t count, capacity;
};

/* Whether the text may name one: as a variable of C is named, at most 15 characters. */
bool thing_is_name(const char *text);

/* Takes PROTOCOL_THING's fields: the thing is new, is another now, or (PROTOCOL_THING_NONE) is there no
 * longer. */
void things_take(struct things *things, const struct thing *thing);
/* What a forked child has of its parent. */
void things_copy(struct things *to, const struct things *from);
void things_release(struct things *things);
/* NULL: there is none. Borrowed until the next call that changes it. */
const struct thing *things_find(const struct things *things, const char *name);

/* Reads what it is worth now from the memory of the process: a number, a text, an element of shared memory or
 * of a list (index; -1: all of it, as text), a byte of other memory (index), a semaphore's value, how many
 * messages are in a queue; or gives what the actor has told: the number of a descriptor, those of a pipe, a
 * port. TERM_VALUE_UNKNOWN stays when it cannot be read, or is nothing that has a value. Source:
 * process_vm_readv(2). */
void thing_read(const struct thing *thing, struct process_id owner, int index, struct term_value *ret);
/* The number that stands for a thing's name in an index, "f" or "p[1]". False: it is worth none. */
bool things_index(const struct things *things, struct process_id owner, const char *text, int *ret);
