/* Commands that an actor carries out. */
#pragma once

#include "lab/channel.h"
#include "lab/command_table.h"

/* The actor does as the command says, arguments passed on. Done when it has answered, is known to be blocked
 * in a call, has become another program, or has ended. */
enum progress order_plain(struct lab *lab, struct run *run);
/* The same with three descriptors for what it execs, if it is free to take the order now: run->started then.
 */
enum progress order_with_files(struct lab *lab, struct run *run, const int *files);
/* The same for fork and its kin: new actors are named, and it is done when they have registered. */
enum progress order_birth(struct lab *lab, struct run *run);

enum { NAMES_MAX = COMMAND_COUNT_MAX };

/* The names for the new actors of a command. Their number, or 0 when the command was refused (and reported).
 */
size_t order_names(struct lab *lab, const struct run *run, char names[][16]);
