/* forklore lesson [NAME|FILE]...: the course, a lesson, the check of lessons. */
#pragma once

#include "app/option.h"

/* argv[0] is "lesson". Returns the exit status: 0; 1 when a check has failed; 2 when the command line is
 * wrong, a lesson cannot be read or may not start its programs; 128 + N after signal N. */
int lesson_subcommand(int argc, char **argv);

extern const struct option_row lesson_subcommand_options[];
extern const size_t lesson_subcommand_option_count;
