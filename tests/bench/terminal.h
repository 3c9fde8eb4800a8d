/* A program in a terminal of 50 rows and 160 columns that nobody looks at. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>

struct terminal {
    pid_t pid;
    int fd; /* what the program writes is read here, what is written here it reads as keys */
};

/* Starts argv[0], found by PATH. Its home and configuration are under the directory `home`; TERM, locale and
 * PATH are pinned or inherited, nothing else is. 0 or -errno; on success terminal_stop() ends it. */
int terminal_start(struct terminal *ret, const char *const *argv, const char *home);
/* Hangs the terminal up and, after 3 s, kills the program; reaps it. */
void terminal_stop(struct terminal *terminal);

/* Reads at most `size` bytes of output, waiting until `deadline` (nanoseconds, clock_now()). The number of
 * bytes; 0 at the deadline; -1 when the program has closed its terminal. */
ssize_t terminal_read(const struct terminal *terminal, char *output, size_t size, int64_t deadline);
/* Throws output away until the deadline. False when the program has closed its terminal. */
bool terminal_drain(const struct terminal *terminal, int64_t deadline);
void terminal_press(const struct terminal *terminal, const char *keys);
