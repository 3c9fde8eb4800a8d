/* Whose socket a port is, as actors have told: type as in socket(2), port of 127.0.0.1. */
#pragma once

#include "lab/state.h"

/* Whether a living actor has such a socket. */
bool sockets_exist(const struct lab *lab, long type, long port);
/* "the other side: b.u, c.u" of those that have it, in the user's language; several when it was shared by
 * fork. Returns words. */
const char *sockets_words(const struct lab *lab, long type, long port, char *words, size_t size);
