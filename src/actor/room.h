/* Room for the lab's descriptors under RLIMIT_NOFILE: `rlimit nofile` may have left none, and is not about
 * them. */
#pragma once

#include <sys/resource.h>

/* Raises the soft limit to the hard one, and returns both as they were. */
struct rlimit room_make(void);
void room_restore(struct rlimit before);
