/* forklore explain: what a STAT code, or a process's state right now, means, letter by letter. */
#pragma once

#include "app/option.h"

extern const struct option_row explain_subcommand_options[];
extern const size_t explain_subcommand_option_count;

/* argv[0] is "explain". Returns the exit status: 1 when there is no such process, 2 for what is no code. */
int explain_subcommand(int argc, char **argv);
