/* Shared memory and semaphores: what a parent maps before it forks, its children have too. */
#include "acts.h"
#include "deadline.h"
#include "elements.h"
#include "mapping.h"

#include <semaphore.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Its lock lies behind the elements, in the same mapping: whoever shares the one shares the other. */
static size_t lock_offset(enum protocol_thing kind, long count)
{
    size_t length = (size_t)count * element_size(kind);
    return (length + alignof(sem_t) - 1) / alignof(sem_t) * alignof(sem_t);
}

/* NAME TYPE, perhaps [N] behind the type, [VALUE] */
void act_mmap(struct self *self, int count, char **args)
{
    char value[40];
    struct element element;
    const char *bracket = strchr(args[1], '[');
    enum protocol_thing kind = (enum protocol_thing)args[1][0];
    long length = bracket ? atol(bracket + 1) : 1;
    size_t offset = lock_offset(kind, length);
    struct thing *thing = mapping_new(self, args[0], kind, offset + sizeof(sem_t), length);
    if (!thing)
        return;
    thing->extra = (char *)thing->memory + offset;
    int r = sem_init(thing->extra, 1, 1);
    report_call(self, r, failure(r), "sem_init(&%s_lock, 1, 1)", thing->name);
    things_tell(thing);
    if (count < 3)
        return;
    element_find(thing, bracket ? 0 : -1, &element);
    element_set(&element, args[2]);
    report_says(self, "", "%s = %s;  %s", element.text, element_value(value, sizeof value, &element),
                element.where);
}

/* NAME N */
void act_sem(struct self *self, int count, char **args)
{
    (void)count;
    unsigned value = (unsigned)strtoul(args[1], NULL, 10);
    struct thing *thing = mapping_new(self, args[0], PROTOCOL_THING_SEMAPHORE, sizeof(sem_t), 1);
    if (!thing)
        return;
    int r = sem_init(thing->memory, 1, value);
    report_call(self, r, failure(r), "sem_init(&%s, 1, %u)", args[0], value);
    if (r < 0)
        things_remove(thing);
    else
        things_tell(thing);
}

/* A semaphore, or the lock of shared memory: what it is called in C is written to `name`. NULL: reported. */
static sem_t *find_semaphore(const struct self *self, const char *given, char *name, size_t size)
{
    const struct thing *thing = things_find(self, given, NULL);
    bool is_lock = thing && elements_are_in(thing);
    if (!is_lock && !things_need(self, given, PROTOCOL_THING_SEMAPHORE, NULL))
        return NULL;
    snprintf(name, size, "%s%s", thing->name, is_lock ? "_lock" : "");
    return is_lock ? thing->extra : thing->memory;
}

static void acquire_within(const struct self *self, sem_t *semaphore, const char *name, long ms)
{
    struct timespec until = deadline_after(ms);
    report_enter(self, PROTOCOL_SLEEPS, ms, "sem_timedwait(&%s, now + %ld ms)", name, ms);
    int r = sem_timedwait(semaphore, &until);
    report_call(self, r, failure(r), "sem_timedwait(&%s, now + %ld ms)", name, ms);
}

/* NAME MILLISECONDS (0: for ever), yes or no: whether it waits */
void act_acquire(struct self *self, int count, char **args)
{
    (void)count;
    int r;
    char name[24];
    sem_t *semaphore = find_semaphore(self, args[0], name, sizeof name);
    if (!semaphore)
        return;
    if (strcmp(args[2], "no") == 0) {
        r = sem_trywait(semaphore);
        report_call(self, r, failure(r), "sem_trywait(&%s)", name);
    } else if (atol(args[1]) > 0) {
        acquire_within(self, semaphore, name, atol(args[1]));
    } else {
        report_enter(self, PROTOCOL_SLEEPS, 0, "sem_wait(&%s)", name);
        r = sem_wait(semaphore);
        report_call(self, r, failure(r), "sem_wait(&%s)", name);
    }
}

/* NAME */
void act_release(struct self *self, int count, char **args)
{
    (void)count;
    char name[24];
    sem_t *semaphore = find_semaphore(self, args[0], name, sizeof name);
    if (!semaphore)
        return;
    int r = sem_post(semaphore);
    report_call(self, r, failure(r), "sem_post(&%s)", name);
}

/* NAME */
void act_getvalue(struct self *self, int count, char **args)
{
    (void)count;
    int value = 0;
    char name[24];
    sem_t *semaphore = find_semaphore(self, args[0], name, sizeof name);
    if (!semaphore)
        return;
    int r = sem_getvalue(semaphore, &value);
    report_call(self, r, failure(r), "sem_getvalue(&%s, {%d})", name, value);
}
