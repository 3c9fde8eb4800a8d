/* Values that the command `remember` has kept: lab.NAME in terms. */
#pragma once

#include "lab/expectation.h"
#include "lab/queue.h"

/* Zero-initialised is empty. */
struct remembered {
    struct remembered_value {
        char name[24];
        struct term_value value;
    } * values;
    size_t count;
};

/* NULL: nothing is remembered by this name. */
const struct term_value *remembered_find(const struct remembered *remembered, const char *name);
void remembered_release(struct remembered *remembered);

/* remember NAME = TERM */
enum progress verb_remember(struct lab *lab, struct run *run);
