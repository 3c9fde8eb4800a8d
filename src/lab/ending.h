/* How actors end: the end, the zombie, the orphans it leaves, the reap. The lab need not be the parent to see
 * them: a pidfd tells both moments, and the kernel keeps the wait status where it can be read. */
#pragma once

#include "lab/state.h"

/* Looks what the actor's pidfd says now, and reports what is new. */
void ending_look(struct lab *lab, struct member *member);
/* Its parent has been given this wait status: it has ended, if that was not known yet. */
void ending_asked(struct lab *lab, struct member *member, int status);
/* A process that is no actor has ended: whoever was its child has another parent now. */
void ending_orphaned(struct lab *lab, pid_t ended);
/* Looks at all that may have news without an event: reports held back; reaps, where pidfds do not tell them.
 */
void ending_settle(struct lab *lab);
/* Whether ending_settle() has something to look for. */
bool ending_pending(const struct lab *lab);
