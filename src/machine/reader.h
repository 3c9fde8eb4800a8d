/* The reader thread: the only thread besides the main one, and the only one that calls libproc2. A sweep of 30 000
 * processes takes a quarter of a second and a key must never wait for it, so a sample is asked for and arrives at the
 * event loop. */
#pragma once

#include "machine/sampler.h"
#include "machine/users.h"

struct reader;

/* Starts the thread. Signals that the event loop takes must be blocked and setlocale(3) called before. 0 or -errno.
 * `users` is borrowed and resolved between sweeps. */
int reader_new(struct reader **ret, struct users *users);
/* Waits for a sweep under way and ends the thread. Takes NULL. */
void reader_free(struct reader *reader);
/* Asks for a sample; the request is copied. While one is under way a further request waits and replaces one waiting. */
void reader_ask(struct reader *reader, const struct sample_request *request);
/* Readable (level-triggered) when a sample can be taken. */
int reader_fd(const struct reader *reader);
/* Takes the newest sample: swaps its contents into `*sample`, whose old memory the reader uses again. 0; -EAGAIN: there is
 * none; or the error of the sweep. */
int reader_take(struct reader *reader, struct sample *sample);
