/* The program as a whole: its own options, and the table of subcommands. */
#pragma once

#include "app/option.h"

#include <stdbool.h>
#include <stddef.h>

struct subcommand {
    const char *name;
    const char *operands;             /* as in a usage line, translatable */
    const char *help;                 /* translatable, one line */
    const struct option_row *options; /* for the man page and completion */
    const size_t *option_count;
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name; returns the exit status */
};

extern const struct subcommand subcommand_table[];
extern const size_t subcommand_count;

/* Options of `forklore` itself, before any subcommand. */
extern const struct option_row program_options[];
extern const size_t program_option_count;

/* Sets the locale, reads the program's options and runs the subcommand, or the live screen when there is
 * none. Returns the exit status. */
int program_run(int argc, char **argv);
