/* The options that say how the live screen looks and behaves: taken in one way, whichever command line they
 * stand on. */
#pragma once

#include "app/live.h"

#include <stdbool.h>

/* Takes --ascii, --columns, --delay, --no-color, --no-mouse, --readonly, --sandbox or --theme. False: it is
 * none of these. *ret_status is 0, or 2 after a line on stderr about the value. */
bool live_options_take(struct live_options *options, const char *name, const char *value, int *ret_status);
