/* SIGURG is how the lab releases an actor from a call it is blocked in: its handler does nothing but be
 * caught without SA_RESTART, so the call returns EINTR. SIGURG, because a program that has been exec'd
 * ignores it by default. */
#pragma once

#include <stdbool.h>

void attention_prepare(void);
/* Forgets what was sent before. */
void attention_clear(void);
/* Whether the lab has asked since. */
bool attention_wanted(void);
