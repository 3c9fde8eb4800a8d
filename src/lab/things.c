#include "lab/things.h"

#include "base/memory.h"
#include "lab/term.h"
#include "machine/descriptors.h"
#include "machine/memory.h"
#include "machine/procfile.h"

#include <limits.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool thing_is_name(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    size_t length = strlen(text);
    return length > 0 && length < THING_NAME_SIZE && strchr(letters, text[0]) &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz") == length;
}

static struct thing *find(const struct things *things, const char *name)
{
    for (size_t i = 0; i < things->count; i++)
        if (strcmp(things->all[i].name, name) == 0)
            return &things->all[i];
    return NULL;
}

const struct thing *things_find(const struct things *things, const char *name)
{
    return find(things, name);
}

void things_take(struct things *things, const struct thing *thing)
{
    struct thing *old = find(things, thing->name);
    if (thing->kind == PROTOCOL_THING_NONE) {
        if (old)
            *old = things->all[--things->count];
        return;
    }
    if (!old) {
        things->all = grow(things->all, &things->capacity, things->count + 1, sizeof *things->all);
        old = &things->all[things->count++];
    }
    *old = *thing;
}

void things_copy(struct things *to, const struct things *from)
{
    if (from->count == 0)
        return;
    to->all = grow(to->all, &to->capacity, from->count, sizeof *to->all);
    memcpy(to->all, from->all, from->count * sizeof *to->all);
    to->count = from->count;
}

void things_release(struct things *things)
{
    free(things->all);
    *things = (struct things){ 0 };
}

/* One element, as the type of shared memory says. 0 or -errno. */
static int read_element(const struct thing *thing, struct process_id owner, long index, double *ret)
{
    unsigned long address = (unsigned long)thing->number;
    union {
        int i;
        float f;
        unsigned char c;
        long n;
    } element;
    int r;
    switch (thing->kind) {
    case PROTOCOL_THING_INTS:
        r = memory_read(owner, address + (unsigned long)index * sizeof element.i, &element.i,
                        sizeof element.i);
        *ret = element.i;
        return r;
    case PROTOCOL_THING_FLOATS:
        r = memory_read(owner, address + (unsigned long)index * sizeof element.f, &element.f,
                        sizeof element.f);
        *ret = element.f;
        return r;
    case PROTOCOL_THING_BYTES:
    case PROTOCOL_THING_MEMORY:
        r = memory_read(owner, address + (unsigned long)index, &element.c, sizeof element.c);
        *ret = element.c;
        return r;
    default:
        r = memory_read(owner, address + (unsigned long)index * sizeof element.n, &element.n,
                        sizeof element.n);
        *ret = element.n;
        return r;
    }
}

/* "[1, 2, 3]", as far as it fits. */
static void read_all(const struct thing *thing, struct process_id owner, long count, struct term_value *ret)
{
    size_t used = (size_t)snprintf(ret->text, sizeof ret->text, "[");
    for (long i = 0; i < count && used < sizeof ret->text; i++) {
        double number;
        if (read_element(thing, owner, i, &number) < 0)
            return;
        used += (size_t)snprintf(ret->text + used, sizeof ret->text - used,
                                 thing->kind == PROTOCOL_THING_FLOATS ? "%s%.9g" : "%s%.0f", i ? ", " : "",
                                 number);
    }
    if (used < sizeof ret->text)
        snprintf(ret->text + used, sizeof ret->text - used, "]");
    ret->kind = TERM_VALUE_TEXT;
}

static void read_elements(const struct thing *thing, struct process_id owner, long count, int index,
                          struct term_value *ret)
{
    double number;
    ret->indexed = index >= 0;
    if (index < 0 && count != 1)
        read_all(thing, owner, count, ret);
    else if (index < count && read_element(thing, owner, index < 0 ? 0 : index, &number) == 0)
        term_set_number(ret, number);
    ret->single = thing->kind == PROTOCOL_THING_FLOATS;
}

/* A list is its length, then its numbers: struct list of actor/things.h. */
static void read_list(const struct thing *thing, struct process_id owner, int index, struct term_value *ret)
{
    long count;
    struct thing items = *thing;
    if (memory_read(owner, (unsigned long)thing->number, &count, sizeof count) < 0 || count < 0 ||
        count > thing->count)
        return;
    items.number += (long)sizeof count;
    ret->indexed = index >= 0;
    double number;
    if (index < 0)
        read_all(&items, owner, count, ret);
    else if (index < count && read_element(&items, owner, index, &number) == 0)
        term_set_number(ret, number);
}

/* A text ends at its NUL, or at its room's end. */
static void read_text(const struct thing *thing, struct process_id owner, struct term_value *ret)
{
    char text[sizeof ret->text] = "";
    size_t length = thing->count < (long)sizeof text - 1 ? (size_t)thing->count : sizeof text - 1;
    if (memory_read(owner, (unsigned long)thing->number, text, length) < 0)
        return;
    ret->kind = TERM_VALUE_TEXT;
    snprintf(ret->text, sizeof ret->text, "%s", text);
}

/* How glibc keeps a semaphore is its own business: a copy of it can be asked as well as itself. */
static void read_semaphore(const struct thing *thing, struct process_id owner, struct term_value *ret)
{
    sem_t copy;
    int value;
    if (memory_read(owner, (unsigned long)thing->number, &copy, sizeof copy) == 0 &&
        sem_getvalue(&copy, &value) == 0)
        term_set_number(ret, value);
}

static void read_pipe(const struct thing *thing, int index, struct term_value *ret)
{
    ret->indexed = index >= 0;
    if (index < 0) {
        ret->kind = TERM_VALUE_TEXT;
        snprintf(ret->text, sizeof ret->text, "[%ld, %ld]", thing->number, thing->count);
    } else if (index < 2) {
        term_set_number(ret, (double)(index ? thing->count : thing->number));
    }
}

/* The messages that wait in it, by the kernel's count. */
static void read_queue(const struct thing *thing, struct process_id owner, struct term_value *ret)
{
    long count;
    struct process_id now;
    if (descriptor_messages(owner.pid, (int)thing->number, &count) == 0 &&
        procfile_identity(owner.pid, &now) == 0 && process_id_equal(now, owner))
        term_set_number(ret, (double)count);
}

void thing_read(const struct thing *thing, struct process_id owner, int index, struct term_value *ret)
{
    switch (thing->kind) {
    case PROTOCOL_THING_NUMBER:
    case PROTOCOL_THING_INTS:
    case PROTOCOL_THING_FLOATS:
    case PROTOCOL_THING_BYTES: read_elements(thing, owner, thing->count, index, ret); break;
    case PROTOCOL_THING_MEMORY:
        if (index >= 0)
            read_elements(thing, owner, thing->count, index, ret);
        break;
    case PROTOCOL_THING_LIST: read_list(thing, owner, index, ret); break;
    case PROTOCOL_THING_TEXT: read_text(thing, owner, ret); break;
    case PROTOCOL_THING_SEMAPHORE: read_semaphore(thing, owner, ret); break;
    case PROTOCOL_THING_QUEUE: read_queue(thing, owner, ret); break;
    case PROTOCOL_THING_PIPE: read_pipe(thing, index, ret); break;
    case PROTOCOL_THING_DESCRIPTOR:
    case PROTOCOL_THING_STREAM: term_set_number(ret, (double)thing->number); break;
    case PROTOCOL_THING_SOCKET: term_set_number(ret, (double)thing->number); break;
    default: break;
    }
}

bool things_index(const struct things *things, struct process_id owner, const char *text, int *ret)
{
    char name[THING_NAME_SIZE];
    struct term_value value = { .kind = TERM_VALUE_UNKNOWN };
    size_t length = strcspn(text, "[");
    if (length >= sizeof name)
        return false;
    memcpy(name, text, length);
    name[length] = '\0';
    const struct thing *thing = find(things, name);
    if (thing)
        thing_read(thing, owner, text[length] ? (int)strtol(text + length + 1, NULL, 10) : -1, &value);
    if (value.kind != TERM_VALUE_NUMBER || value.number < 0 || value.number > INT_MAX)
        return false;
    *ret = (int)value.number;
    return true;
}
