/* How an actor comes into being: started by the lab, or forked by another actor. */
#pragma once

#include "self.h"

/* The first thing after exec: reads from the lab who this is to be, takes the family's mark, arms the
 * lifeline and says hello. `argv` is main's. Ends the process when that fails. */
void registration_spawned(struct self *self, char **argv);
/* The first thing in a forked child: a socket and a lifeline of its own, then hello. `call` is what it
 * returned from: "fork()". Ends the process when that fails. */
void registration_forked(struct self *self, const char *name, const char *call);
