/* Options of a command line, from one table for each subcommand: parsing, --help, the man page and shell
 * completion read the same rows. */
#pragma once

#include <stddef.h>

struct option_row {
    const char *name;     /* long name without dashes */
    char letter;          /* short name; 0: none */
    const char *argument; /* what it takes, translatable: "SECONDS"; NULL: nothing */
    const char *help;     /* translatable, one line */
};

/* Parses options up to the first operand and calls `take` with each row and its value (NULL when it takes
 * none). --lang, which means the same everywhere, is carried out here; `take` returns 0, or an exit status after having said why on stderr. --help must be handled by
 * `take` like any other. Returns 0 and *ret_first, the index of the first operand; or the exit status to end
 * with: 2 after one line on stderr about an unknown option, a missing or an unwanted value. */
int option_parse(const struct option_row *rows, size_t count, int argc, char **argv,
                 int (*take)(void *data, const struct option_row *row, const char *value), void *data,
                 int *ret_first);
/* Prints one line for each option to stdout. */
void option_print_help(const struct option_row *rows, size_t count);
/* A number of seconds from 0.05 to 86400, decimals allowed. 0, or 2 after a line on stderr. */
int option_seconds(const char *name, const char *value, double *ret);
