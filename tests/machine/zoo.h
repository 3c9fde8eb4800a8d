/* A zoo: real processes in every state, with every flag, of every scheduling class and with every kind of
 * name that this user may produce. All of them end with the process that opened the zoo. */
#pragma once

#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>

struct zoo_animal {
    const char *kind;     /* what it is, in words */
    const char *stat;     /* the letter and the flags that ps must show; others may stand between */
    struct process_id id; /* pid 0: this user or this kernel does not allow it */
    pid_t child;          /* the child of ours that it comes from, often itself */
};

struct zoo;

/* Fills the zoo and waits until every animal is in its state. Fails the test when one that everybody may
 * produce cannot be had. */
struct zoo *zoo_open(void);
/* Ends all of them and waits for that. Takes NULL. */
void zoo_close(struct zoo *zoo);
const struct zoo_animal *zoo_animals(const struct zoo *zoo, size_t *ret_count);
/* The animal with this pid; NULL: none. */
const struct zoo_animal *zoo_find(const struct zoo *zoo, pid_t pid);
/* Whether a STAT code shows what the animal must show. */
bool zoo_animal_shows(const struct zoo_animal *animal, const char *stat);
