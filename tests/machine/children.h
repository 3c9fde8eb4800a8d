/* Real processes for tests of machine/. Nothing sleeps to synchronise: conditions are asked for until a
 * deadline, which fails the test. */
#pragma once

#include "machine/procfile.h"

#include <sys/types.h>

/* Forks a child that runs body(data) and then _exit(0). */
pid_t child_start(void (*body)(void *data), void *data);
/* Kills the child and waits for it. */
void child_end(pid_t pid);
/* A child that pauses; for body. */
void child_pause(void *unused);
/* A child that ends by _exit(*(int *)status); for body. */
void child_exit(void *status);

/* Waits until the process shows this state; returns its identity. */
struct process_id wait_for_state(pid_t pid, char state);
/* Waits until condition(data) holds. */
void wait_until(const char *what, bool (*condition)(void *data), void *data);
/* Gives up root for good, for uid and gid 65534; a child's business. */
void become_nobody(void);
