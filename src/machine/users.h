/* User names. getpwuid(3) may ask a directory server and stall, so names are looked up by the reader thread
 * between sweeps and cached; whoever draws asks the cache alone. Safe to use from two threads. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct users;

struct users *users_new(void);
void users_free(struct users *users); /* takes NULL */

/* The name of the user; the number as text when it has none, or when it has not been looked up yet (it is
 * then noted for the next users_resolve()). Borrowed: valid as long as the cache. Never waits for a look-up.
 */
const char *users_name(struct users *users, uid_t uid);
/* The name that the account has, be it hidden: NULL: none is known. Borrowed as above. */
const char *users_real_name(struct users *users, uid_t uid);
/* Whether its name has been looked up, or set. */
bool users_is_known(struct users *users, uid_t uid);
/* Sets a name that was known elsewhere: in a recording. It is not looked up then. */
void users_set(struct users *users, uid_t uid, const char *name);
/* Whether the account is a person's: those of the system have a uid below 1000 (SYS_UID_MAX of
 * login.defs(5)), nobody's is 65534. */
bool users_is_person(uid_t uid);
/* How many people's names are known; and each of them, told with the users locked. */
size_t users_people_named(struct users *users);
void users_each_person(struct users *users, void (*tell)(void *data, const char *name), void *data);
/* From now on, or no longer, users_name() calls people by "user" and their number. */
void users_hide_people(struct users *users, bool hide);
/* Looks up every user that was asked for and is not known yet. May block: for the reader thread, or for a
 * program that prints once. */
void users_resolve(struct users *users);
