/* What a signal would do to a process, before it is sent. */
#pragma once

#include "machine/process.h"
#include "machine/procfile.h"

#include <stddef.h>

/* The default action of a signal in the user's language: "ends the process", "stops it", "is ignored".
 * Source: signal(7), "Standard signals". */
const char *signal_default_words(int signal);
/* What will happen when the signal is sent to the process, which has these sets (NULL: not readable): "it
 * catches SIGTERM: its handler will run". Returns text. Source for process 1 and for threads of the kernel,
 * to which SIGKILL does nothing either: sig_task_ignored() of the kernel's kernel/signal.c. */
const char *signal_prediction(char *text, size_t size, int signal, const struct process *process,
                              const struct signal_sets *sets);
