/* The lab's side of the warden. */
#pragma once

#include "lab/state.h"

/* Starts a warden and waits until it is ready. 0 or -errno: then none is left running. */
int guard_start(struct lab *lab);
/* Its socket is readable: an answer, or it was killed: then another one takes its place. */
void guard_receive(struct lab *lab);
/* Asks it to kill every process with the family's mark; lab->sweeping until it has. */
void guard_sweep(struct lab *lab);
/* The same, and waits for it. */
void guard_sweep_and_wait(struct lab *lab);
/* Sends it away and waits for it: it removes the lab's directory before it goes. The terminal stays as it is.
 */
void guard_dismiss(struct lab *lab);
