/* The table of actors, from the inside. lab/lab.h has the view from outside. */
#pragma once

#include "lab/state.h"

/* Adds an actor; the table owns it. Its name must be free: a reaped actor of that name is forgotten. Watches
 * its pidfd and control socket, which the member owns from now on. 0 or -errno: then nothing is added or
 * closed. */
int member_add(struct lab *lab, const struct member *like, struct member **ret);
/* Closes what it has open and frees it. */
void member_remove(struct lab *lab, struct member *member);
/* The one that is not reaped, NULL: none. */
struct member *member_by_name(const struct lab *lab, const char *name);
struct member *member_by_pid(const struct lab *lab, pid_t pid);
/* Reaped ones too. */
struct member *member_by_id(const struct lab *lab, struct process_id id);
/* How many are not reaped. */
size_t member_count_present(const struct lab *lab);
void member_set_state(struct member *member, enum actor_state state);
/* Stops watching and closes it. */
void member_close_control(struct lab *lab, struct member *member);
void member_close_pidfd(struct lab *lab, struct member *member);
/* Whether this is in a state in which it is alive. */
bool member_is_living(const struct member *member);

/* Writes a process's name as people know it: an actor's name, else "1 systemd", else "?". Returns text. */
const char *member_name_of(const struct lab *lab, pid_t pid, char *text, size_t size);
