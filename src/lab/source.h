/* What the lab waits for: descriptors in one epoll instance. */
#pragma once

#include "lab/state.h"

enum source_kind { SOURCE_TIMER, SOURCE_WARDEN, SOURCE_CONTROL, SOURCE_PIDFD, SOURCE_OUTPUT, SOURCE_ERRORS };

/* Watches a descriptor. A pidfd is watched for edges: it stays readable for as long as its process is a
 * zombie. `member` is whose it is, NULL for the lab's own. A descriptor of -1 is none and succeeds. 0 or
 * -errno. */
int source_watch(struct lab *lab, int fd, enum source_kind kind, struct member *member);
/* Before the descriptor is closed: the event would outlive it if another process holds a copy. */
void source_forget(struct lab *lab, int fd);
/* Handles one event that is there now, if any. */
bool source_handle_one(struct lab *lab);
