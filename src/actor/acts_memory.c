#include "acts.h"
#include "attention.h"
#include "elements.h"
#include "in_thread.h"

#include <semaphore.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONG_ADDITION = 100000, /* so many are announced */
    /* At the least, on a machine where many want the CPU: */
    PLAIN_PER_MS = 10000,
    LOCKED_PER_MS = 50,
};

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

static void set_element(const struct self *self, const struct thing *thing, int index, const char *value)
{
    char text[40];
    struct element element;
    element_find(thing, index, &element);
    element_set(&element, value);
    report_says(self, "", "%s = %s;  %s", element.text, element_value(text, sizeof text, &element),
                element.where);
}

/* NAME VALUE, with 'n' or 't' before it: shared memory is written to, else it is a variable of its own */
void act_let(struct self *self, int count, char **args)
{
    (void)count;
    char text[2 * TEXT_ROOM];
    int index;
    struct thing *thing = things_find(self, args[0], &index);
    if (thing && elements_are_in(thing)) {
        set_element(self, thing, index, args[1]);
        return;
    }
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

/* "for (i = 0; i < 1000; i++) { sem_wait(&v_lock); *v += 1; sem_post(&v_lock); }" */
static const char *addition_text(char *text, size_t size, const char *name, const struct element *element,
                                 long step, long times, const sem_t *lock)
{
    char once[120], loop[48] = "";
    bool braces = lock && times > 1;
    if (lock)
        snprintf(once, sizeof once, "sem_wait(&%.15s_lock); %s += %ld; sem_post(&%.15s_lock)", name,
                 element->text, step, name);
    else
        snprintf(once, sizeof once, "%s += %ld", element->text, step);
    if (times > 1)
        snprintf(loop, sizeof loop, "for (i = 0; i < %ld; i++) ", times);
    snprintf(text, size, "%s%s%s%s", loop, braces ? "{ " : "", once, braces ? "; }" : "");
    return text;
}

struct addition {
    struct element element;
    long step, times;
    sem_t *lock; /* NULL: none is taken */
    long done;   /* fewer when the lab, or another signal, interrupts */
};

static void add_times(void *data)
{
    struct addition *addition = data;
    for (; addition->done < addition->times && !attention_wanted(); addition->done++) {
        if (addition->lock && sem_wait(addition->lock) < 0)
            break;
        element_add(&addition->element, addition->step);
        if (addition->lock)
            sem_post(addition->lock);
    }
}

/* At the most, where many want the CPU. */
static long addition_ms(const struct addition *addition)
{
    return 1000 + addition->times / (addition->lock ? LOCKED_PER_MS : PLAIN_PER_MS);
}

static bool carry_out(const struct self *self, struct addition *addition, const char *text, bool by_thread)
{
    if (by_thread)
        return in_thread(self, "add", add_times, addition, PROTOCOL_SLEEPS, addition_ms(addition));
    if (addition->lock || addition->times >= LONG_ADDITION)
        report_enter(self, PROTOCOL_RUNS, addition_ms(addition), "%s", text);
    add_times(addition);
    return true;
}

/* NAME N TIMES, yes or no: whether it takes the lock for each, yes or no: whether another thread does it */
void act_add(struct self *self, int count, char **args)
{
    (void)count;
    char text[240], value[40];
    int index;
    const struct thing *thing = things_find(self, args[0], &index);
    if (!thing)
        return;
    struct addition addition = {
        .step = atol(args[1]),
        .times = atol(args[2]),
        .lock = strcmp(args[3], "yes") == 0 ? thing->extra : NULL,
    };
    const struct element *element = &addition.element;
    element_find(thing, index, &addition.element);
    addition_text(text, sizeof text, thing->name, element, addition.step, addition.times, addition.lock);
    if (!carry_out(self, &addition, text, strcmp(args[4], "yes") == 0))
        return;
    element_value(value, sizeof value, element);
    if (addition.done == addition.times) {
        report_says(self, "", "%s%s  %s = %s", text, addition.lock && addition.times > 1 ? "" : ";",
                    element->text, value);
    } else {
        report_call(self, -1, EINTR, "%s", text);
        report_says(self, N_("so many additions were done"), "i = %ld;  %s = %s", addition.done,
                    element->text, value);
    }
}

/* One element, or all of an array. */
static void show_elements(const struct self *self, const struct thing *thing, int index)
{
    char text[900]; /* a line of the lab is 1200 bytes */
    struct element element;
    if (index < 0 && thing->count > 1) {
        report_says(self, "", "%s %s[%ld] = %s;  %s = %p", element_type(thing->kind), thing->name,
                    thing->count, elements_text(text, sizeof text, thing), thing->name, thing->memory);
        return;
    }
    element_find(thing, index, &element);
    report_says(self, "", "%s = %s;  %s", element.text, element_value(text, sizeof text, &element),
                element.where);
}

/* NAME */
void act_show(struct self *self, int count, char **args)
{
    (void)count;
    char text[1024];
    int index;
    const struct thing *thing = things_find(self, args[0], &index);
    if (!thing)
        return;
    switch (thing->kind) {
    case PROTOCOL_THING_NUMBER:
    case PROTOCOL_THING_INTS:
    case PROTOCOL_THING_FLOATS:
    case PROTOCOL_THING_BYTES: show_elements(self, thing, index); break;
    case PROTOCOL_THING_MEMORY:
        report_says(self, "", "unsigned char %s[%zu];  %s = %p", thing->name, thing->size, thing->name,
                    thing->memory);
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
