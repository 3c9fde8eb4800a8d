/* forklore lab [FILE|-|-c COMMANDS]: runs lab commands without a screen and prints each call and its result.
 */
#pragma once

#include "app/option.h"

/* argv[0] is "lab". Returns the exit status: 0; 1 when an expectation was not met (nothing after it is done)
 * or a command was refused; 2 when the commands do not parse, cannot be read, or start
 * programs that were not allowed (app/exec_consent.h); 128 + N after signal N.
 * However it ends, nothing is left running. */
int lab_subcommand(int argc, char **argv);

extern const struct option_row lab_subcommand_options[];
extern const size_t lab_subcommand_option_count;
