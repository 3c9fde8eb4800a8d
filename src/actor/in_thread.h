/* Having something done by another thread of this process. */
#pragma once

#include "self.h"

#include <stdbool.h>

/* Starts a thread that calls work(data), and waits until it has ended, as pthread_create(3) and
 * pthread_join(3) do, both reported; `name` is what a programmer would call the function. `manner` and
 * limit_ms are the waiting's: report_enter(). False: there was no thread, which was reported. */
bool in_thread(const struct self *self, const char *name, void (*work)(void *data), void *data,
               enum protocol_manner manner, long limit_ms);
