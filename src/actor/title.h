/* The name under which an actor is seen: in /proc/PID/comm and in its command line. */
#pragma once

#include "self.h"

/* Makes room for a title where the kernel looks for the command line: the environment moves to the heap.
 * Once, before anything keeps a pointer into it. */
void title_prepare(struct self *self, char **argv);
/* Shows self->name in comm and command line. */
void title_show(const struct self *self);
