/* How each animal of the zoo becomes what it is. See zoo.h. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What a child tells while it becomes an animal. */
struct zoo_news {
    pid_t pid; /* who the animal is: the child or one of its descendants; 0: this is not allowed */
    int error; /* why not */
};

/* What the child has at hand. */
struct zoo_birth {
    int ready; /* takes one struct zoo_news */
    int leash; /* reads as ended when the zoo's owner is gone */
};

struct zoo_kind {
    const char *words;
    const char *stat;                              /* as zoo_animal's */
    void (*become)(const struct zoo_birth *birth); /* prepares itself, tells, enters its state and stays */
    const char *comm;                              /* NULL: the test's own */
    bool privileged;                               /* not everybody may, nor does every kernel */
};

extern const struct zoo_kind zoo_kinds[];
extern const size_t zoo_kind_count;
