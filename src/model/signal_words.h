/* What a signal would do to a process, before it is sent. */
#pragma once

#include "machine/procfile.h"

#include <stddef.h>

/* The default action of a signal in the user's language: "ends the process", "stops it", "is ignored".
 * Source: signal(7), "Standard signals". */
const char *signal_default_words(int signal);
/* What will happen when the signal is sent to a process in this state with these sets (NULL: not readable): "it catches
 * SIGTERM: its handler will run". Returns text. */
const char *signal_prediction(char *text, size_t size, int signal, char state, const struct signal_sets *sets);
