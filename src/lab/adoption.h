/* Who adopts the lab's orphans, and what becomes of their zombies. As a rule that is whom the kernel chooses,
 * and the lab only looks on. In a sandbox, and as PID 1 of a container, it is Forklore itself: then it does
 * what init does, and asks at once how those that it adopted have ended. Its own children, the spawned
 * actors, are not adopted: their zombies are kept until `reap`. */
#pragma once

#include "lab/state.h"

/* Makes Forklore the adopter when a sandbox is wanted: PR_SET_CHILD_SUBREAPER, prctl(2). 0 or -errno. */
int adoption_begin(struct lab *lab, bool sandbox);
/* Leaves it as it was before, after having reaped what has ended. */
void adoption_end(struct lab *lab);
/* Whether Forklore is the adopter. */
bool adoption_is_ours(const struct lab *lab);
/* Reaps what is ours to reap; tells of orphans whose adopter does not. */
void adoption_look(struct lab *lab);
/* After how many ms there is something to look for without an event; 0: never. */
long adoption_next_look(const struct lab *lab);
/* An adopted actor that has ended: reaps it if it is our child. */
void adoption_reap(struct member *member);
/* Whether this process is known to leave the zombies that it adopts. */
bool adoption_is_idle(const struct lab *lab, pid_t pid);
/* The adopter has reaped this actor after all, however late. */
void adoption_was_reaped(struct lab *lab, const struct member *member);
