/* How a process becomes an actor: the lab starts it, or an actor forks it and it registers itself. */
#pragma once

#include "lab/channel.h"
#include "lab/state.h"

/* Forks a process that execs forklore-actor. *ret is its member, ACTOR_STARTING until it says hello. 0 or
 * -errno. */
int registration_spawn(struct lab *lab, const char *name, struct member **ret);
/* A hello that came over the socket of `member`: its own, or that of a child it has forked. Takes the
 * descriptors of the message. */
void registration_hello(struct lab *lab, struct member *member, struct channel_message *message,
                        char **fields);
/* Of a member that ended without a hello: says why, waits for it and removes it. Returns RUN_DONE. */
enum progress registration_failed(struct lab *lab, const struct run *run, struct member *member);
