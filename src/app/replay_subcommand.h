/* forklore replay FILE: a recording, on the live screen. */
#pragma once

#include "app/option.h"

/* argv[0] is "replay". Returns the exit status: 0; 1 when the recording cannot be read; 2 when the command
 * line is wrong or there is no terminal. */
int replay_subcommand(int argc, char **argv);

extern const struct option_row replay_subcommand_options[];
extern const size_t replay_subcommand_option_count;
