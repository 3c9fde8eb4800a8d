/* forklore events: what happens to processes, as lines, until it is interrupted. */
#pragma once

#include "app/option.h"

extern const struct option_row events_subcommand_options[];
extern const size_t events_subcommand_option_count;

/* argv[0] is "events". Returns the exit status: 1 when an operand names nobody, 2 for a wrong option. */
int events_subcommand(int argc, char **argv);
