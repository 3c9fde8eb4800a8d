#include "acts.h"
#include "things.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reserves `size` bytes for a new thing. NULL: reported. */
static struct thing *new_memory(struct self *self, const char *name, enum protocol_thing kind, size_t size,
                                long count)
{
    struct thing *thing = things_new(self, name, kind);
    if (!thing)
        return NULL;
    thing->memory = calloc(1, size);
    thing->size = size;
    thing->count = count;
    if (thing->memory)
        return thing;
    report_call(self, -1, errno, "calloc(1, %zu)", size);
    things_remove(thing);
    return NULL;
}

/* A variable that has the right kind already stays where it is: assigning does not move it. */
static struct thing *variable(struct self *self, const char *name, enum protocol_thing kind, size_t size,
                              long count)
{
    struct thing *thing = things_find(self, name, NULL);
    return thing && thing->kind == kind ? thing : new_memory(self, name, kind, size, count);
}

static const char *list_text(char *text, size_t size, const struct list *list)
{
    size_t used = (size_t)snprintf(text, size, "{");
    for (long i = 0; i < list->count && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%ld", i ? ", " : "", list->items[i]);
    if (used < size)
        snprintf(text + used, size - used, "}");
    return text;
}

/* NAME VALUE, with 'n' or 't' before it */
void act_let(struct self *self, int count, char **args)
{
    (void)count;
    char text[2 * TEXT_ROOM];
    struct thing *thing;
    if (args[1][0] == 'n') {
        if (!(thing = variable(self, args[0], PROTOCOL_THING_NUMBER, sizeof(long), 1)))
            return;
        long *variable = thing->memory;
        *variable = atol(args[1] + 1);
        report_says(self, "", "long %s = %ld;  &%s = %p", args[0], *variable, args[0], (void *)variable);
    } else {
        if (!(thing = variable(self, args[0], PROTOCOL_THING_TEXT, TEXT_ROOM, TEXT_ROOM)))
            return;
        snprintf(thing->memory, TEXT_ROOM, "%s", args[1] + 1);
        report_says(self, "", "char %s[] = %s;  %s = %p", args[0],
                    quote(text, sizeof text, thing->memory, strlen(thing->memory)), args[0], thing->memory);
    }
    things_tell(thing);
}

/* NAME N TIMES */
void act_add(struct self *self, int count, char **args)
{
    (void)count;
    struct thing *thing = things_need(self, args[0], PROTOCOL_THING_NUMBER, NULL);
    if (!thing)
        return;
    volatile long *variable = thing->memory;
    long step = atol(args[1]), times = atol(args[2]);
    for (long i = 0; i < times; i++)
        *variable += step;
    if (times == 1)
        report_says(self, "", "%s += %ld;  %s = %ld", args[0], step, args[0], *variable);
    else
        report_says(self, "", "for (i = 0; i < %ld; i++) %s += %ld;  %s = %ld", times, args[0], step, args[0],
                    *variable);
}

/* NAME */
void act_show(struct self *self, int count, char **args)
{
    (void)count;
    char text[1024];
    const struct thing *thing = things_find(self, args[0], NULL);
    if (!thing)
        return;
    switch (thing->kind) {
    case PROTOCOL_THING_NUMBER:
        report_says(self, "", "%s = %ld;  &%s = %p", args[0], *(long *)thing->memory, args[0], thing->memory);
        break;
    case PROTOCOL_THING_TEXT:
        report_says(self, "", "%s = %s;  %s = %p", args[0],
                    quote(text, sizeof text, thing->memory, strlen(thing->memory)), args[0], thing->memory);
        break;
    case PROTOCOL_THING_LIST:
        report_says(self, "", "%s = %s;  &%s = %p", args[0], list_text(text, sizeof text, thing->memory),
                    args[0], thing->memory);
        break;
    default: report_call(self, -1, EBADF, "%s", args[0]);
    }
}

/* NAME NUMBERS, parted by blanks */
void act_list(struct self *self, int count, char **args)
{
    (void)count;
    char text[1024];
    struct thing *thing = variable(self, args[0], PROTOCOL_THING_LIST, sizeof(struct list), LIST_ITEMS_MAX);
    if (!thing)
        return;
    struct list *list = thing->memory;
    list->count = 0;
    for (char *end, *at = args[1]; strtol(at, &end, 10), end != at && list->count < LIST_ITEMS_MAX; at = end)
        list->items[list->count++] = strtol(at, NULL, 10);
    report_says(self, "", "struct list %s = %s;  &%s = %p", args[0], list_text(text, sizeof text, list),
                args[0], (void *)list);
    things_tell(thing);
}

/* Changes what its parameter points to: the caller sees it. */
static void append(struct list *list, long value)
{
    if (list->count < LIST_ITEMS_MAX)
        list->items[list->count++] = value;
}

/* Changes its parameter, which is its own: the caller does not see it. */
static void rebind(struct list *list, long value, char *text, size_t size)
{
    struct list another = { .count = 1, .items = { value } };
    list = &another;
    list_text(text, size, list);
}

/* append or rebind, LIST, N */
void act_call(struct self *self, int count, char **args)
{
    (void)count;
    char inside[1024], after[1024];
    struct thing *thing = things_need(self, args[1], PROTOCOL_THING_LIST, NULL);
    if (!thing)
        return;
    struct list *list = thing->memory;
    long value = atol(args[2]);
    if (strcmp(args[0], "append") == 0) {
        append(list, value);
        list_text(inside, sizeof inside, list);
    } else {
        rebind(list, value, inside, sizeof inside);
    }
    report_says(self, "", "%s(&%s, %ld): *list = %s in it;  %s = %s after it", args[0], args[1], value,
                inside, args[1], list_text(after, sizeof after, list));
}
