/* The processes that a list of operands names, and all that descend from them, followed as they come and go. */
#pragma once

#include "app/operands.h"
#include "model/event.h"
#include "model/id_set.h"

struct family {
    const struct operand *operands; /* borrowed */
    size_t count;                   /* 0: every process belongs */
    struct id_set members;          /* by identity, and by pid alone with a start of 0 */
};

void family_release(struct family *family);
/* Takes in those of the first sample. Returns how many there are. */
size_t family_begin(struct family *family, const struct sample *sample);
/* Whether the event is about a member. To be asked for each event in its order: children join as they are born, and
 * whoever is gone leaves. `after` is the sample that the events lead to. */
bool family_concerns(struct family *family, const struct event *event, const struct sample *after);
