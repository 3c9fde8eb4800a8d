/* forklore tree: the tree once, for paper and for other programs. */
#pragma once

#include "app/option.h"

extern const struct option_row tree_subcommand_options[];
extern const size_t tree_subcommand_option_count;

/* argv[0] is "tree". Returns the exit status: 1 when an operand names nobody, 2 for a wrong option. */
int tree_subcommand(int argc, char **argv);
