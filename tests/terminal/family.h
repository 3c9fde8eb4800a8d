/* Whom a test started, and what is left of them: the test is its family's subreaper, so an orphan comes back
 * to it. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Makes this process the adopter of its family's orphans. */
void family_begin(void);
/* Reaps those children of ours that have ended, but not `leader`. */
void family_reap(pid_t leader);
/* How many descendants are alive or zombies, in any depth; the first few are written to `text` as "PID NAME,
 * PID NAME". */
size_t family_survivors(char *text, size_t size);
/* Kills all of them. */
void family_kill(void);
