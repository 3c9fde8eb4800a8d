/* What actors say: registration, calls and their results. */
#pragma once

#include "lab/state.h"

/* Takes one message from an actor, or learns that its socket has no other side any more: it has exec'd
 * another program, or is ending. */
void messages_receive(struct lab *lab, struct member *member);
/* Takes all that it has said already. */
void messages_drain(struct lab *lab, struct member *member);
/* Of every actor. */
void messages_drain_all(struct lab *lab);
/* Reports a child's side of its birth, "fork() = 0", unless that was done. */
void messages_tell_birth(struct lab *lab, struct member *child);
