/* The names of errors and signals, as a C programmer writes them. */
#pragma once

#include <stddef.h>

/* "EPERM" for 1 or -1; "errno 999" for a number without a name. Valid until the next call in this thread. */
const char *error_name(int error);
/* "Operation not permitted" for 1 or -1, in the user's language. Valid until the next call in this thread. */
const char *error_words(int error);

/* "SIGTERM" for 15, "SIGRTMIN+3" for 37. Valid until the next call in this thread. */
const char *signal_name(int signal);
/* The number of a signal named "SIGTERM", "TERM" (any case), "SIGRTMIN+3" or "15"; 0 for none. */
int signal_number(const char *name);

/* "SIGTERM SIGUSR1" for a set of signals whose bit N-1 is signal N, as in /proc/PID/status; "" for none. Cut to size. Returns
 * text. */
const char *signal_set_words(char *text, size_t size, unsigned long long set);

/* A wait status as Forklore says it: "exit 7", "signal SIGTERM", "signal SIGSEGV, core dumped", in the C programmer's
 * words and never translated: expectations compare with it. Returns text. Source: wait(2), exitsnoop's wording. */
const char *wait_status_words(char *text, size_t size, int status);
