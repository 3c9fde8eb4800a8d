/* forklore record -o FILE [PID|USER]...: keeps what happens. */
#pragma once

#include "app/option.h"

/* argv[0] is "record". Returns the exit status: 0, also when SIGINT or SIGTERM ends it; 1 when nothing could
 * be recorded or written; 2 when the command line is wrong. */
int record_subcommand(int argc, char **argv);

extern const struct option_row record_subcommand_options[];
extern const size_t record_subcommand_option_count;
