/* User names. getpwuid(3) may ask a directory server and stall, so names are looked up by the reader thread between
 * sweeps and cached; whoever draws asks the cache alone. Safe to use from two threads. */
#pragma once

#include <sys/types.h>

struct users;

struct users *users_new(void);
void users_free(struct users *users); /* takes NULL */

/* The name of the user; the number as text when it has none, or when it has not been looked up yet (it is then noted for
 * the next users_resolve()). Borrowed: valid as long as the cache. Never waits for a look-up. */
const char *users_name(struct users *users, uid_t uid);
/* Looks up every user that was asked for and is not known yet. May block: for the reader thread, or for a program that
 * prints once. */
void users_resolve(struct users *users);
