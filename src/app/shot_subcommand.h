/* forklore shot -o FILE: a picture of any screen, with no terminal. */
#pragma once

#include "app/option.h"

/* argv[0] is "shot". Returns the exit status: 0; 1 when something failed; 2 when the command line is wrong.
 */
int shot_subcommand(int argc, char **argv);

extern const struct option_row shot_subcommand_options[];
extern const size_t shot_subcommand_option_count;
