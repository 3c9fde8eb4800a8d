#include "things.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Not on the stack of main: what a variable is copied from must not move about. */
void things_prepare(struct self *self)
{
    self->things = calloc(1, sizeof *self->things);
    if (!self->things)
        _exit(EXIT_FAILURE);
}

struct thing *things_find(const struct self *self, const char *name, int *ret_index)
{
    size_t length = strcspn(name, "[");
    if (ret_index)
        *ret_index = name[length] ? atoi(name + length + 1) : -1;
    for (int i = 0; i < THINGS_MAX; i++) {
        struct thing *thing = &self->things->all[i];
        if (thing->name[0] && strlen(thing->name) == length && memcmp(thing->name, name, length) == 0)
            return thing;
    }
    return NULL;
}

static bool is_mapped(const struct thing *thing)
{
    switch (thing->kind) {
    case PROTOCOL_THING_INTS:
    case PROTOCOL_THING_FLOATS:
    case PROTOCOL_THING_BYTES:
    case PROTOCOL_THING_SEMAPHORE:
    case PROTOCOL_THING_MEMORY: return true;
    default: return false;
    }
}

static void release(struct thing *thing)
{
    if (thing->kind == PROTOCOL_THING_STREAM && thing->extra) {
        fclose(thing->extra);
        thing->fds[0] = -1;
    }
    for (int i = 0; i < 2; i++)
        if (thing->fds[i] >= 0)
            close(thing->fds[i]);
    if (thing->memory && is_mapped(thing))
        munmap(thing->memory, thing->size);
    else
        free(thing->memory);
    memset(thing, 0, sizeof *thing);
}

struct thing *things_new(const struct self *self, const char *name, enum protocol_thing kind)
{
    struct thing *place = things_find(self, name, NULL);
    if (place)
        release(place);
    for (int i = 0; !place && i < THINGS_MAX; i++)
        if (!self->things->all[i].name[0])
            place = &self->things->all[i];
    if (!place) {
        report_call(self, -1, ENOMEM, "%s", name);
        return NULL;
    }
    *place = (struct thing){ .kind = kind, .fds = { -1, -1 } };
    snprintf(place->name, sizeof place->name, "%s", name);
    return place;
}

void things_tell(const struct thing *thing)
{
    unsigned long number = thing->memory ? (unsigned long)thing->memory : (unsigned long)(long)thing->fds[0];
    long count = thing->count;
    if (thing->kind == PROTOCOL_THING_SOCKET)
        number = (unsigned long)thing->port;
    if (thing->kind == PROTOCOL_THING_PIPE)
        count = thing->fds[1];
    report_thing(thing->name, thing->kind, number, count);
}

void things_remove(struct thing *thing)
{
    report_thing(thing->name, PROTOCOL_THING_NONE, 0, 0);
    release(thing);
}

struct thing *things_need(const struct self *self, const char *name, enum protocol_thing kind, int *ret_index)
{
    struct thing *thing = things_find(self, name, ret_index);
    if (thing && thing->kind == kind)
        return thing;
    report_call(self, -1, EBADF, "%s", name);
    return NULL;
}

const char *quote(char *text, size_t size, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t used = 0, room = size > 8 ? size - 8 : 0; /* for the quotes, the dots and one escape */
    text[used++] = '"';
    for (size_t i = 0; i < length; i++) {
        if (used >= room) {
            memcpy(text + used, "\"...", 5);
            return text;
        }
        if (at[i] == '\n' || at[i] == '\\' || at[i] == '"')
            used += (size_t)sprintf(text + used, "\\%c", at[i] == '\n' ? 'n' : at[i]);
        else if (at[i] < ' ' || at[i] == 0x7f)
            used += (size_t)sprintf(text + used, "\\x%02x", at[i]);
        else
            text[used++] = (char)at[i];
    }
    memcpy(text + used, "\"", 2);
    return text;
}
