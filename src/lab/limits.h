/* What keeps the lab from harming the machine it runs on: lab/lab.h has the numbers. */
#pragma once

#include "lab/state.h"

/* The limits that are in force when these are asked for: a 0 is the default, and a limit of the process
 * itself that is lower (RLIMIT_CPU) or of the lab's tables comes first. */
struct lab_limits limits_in_force(const struct lab_limits *wanted);

/* Whether an actor may be told to use the CPU now; otherwise refuses the command in words. */
bool limits_allow_spinning(struct lab *lab, const struct run *run);

/* Kills the actors that were forgotten: nobody has given them an order for their lifetime. */
void limits_end_forgotten(struct lab *lab);
/* Milliseconds until the next one is forgotten; 0: there is none. */
long limits_next_ms(const struct lab *lab);

/* Whether RLIMIT_CPU may be why SIGKILL has ended an actor, which is a zombie: it had used at least half of
 * what it may. *ret_seconds is how much it had used. */
bool limits_cpu_time_matters(const struct lab *lab, const struct member *member, double *ret_seconds);
