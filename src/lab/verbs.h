/* Commands that the lab carries out itself. */
#pragma once

#include "lab/queue.h"

/* How a command's function looks: see struct command. */
typedef enum progress verb_function(struct lab *lab, struct run *run);

verb_function verb_spawn, verb_reap, verb_signal, verb_cont, verb_renice, verb_interrupt, verb_kill_all,
    verb_settle, verb_stopwatch;
/* lab/cpushare.c */
verb_function verb_cpushare;
/* lab/limits.c */
verb_function verb_limits;
/* lab/tree_text.c */
verb_function verb_tree;
/* lab/signals_text.c */
verb_function verb_signals;
