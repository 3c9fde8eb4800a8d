/* forklore doctor: what this kernel, this user and this container allow, thing by thing, and what is done
 * instead. */
#pragma once

#include "app/option.h"

extern const struct option_row doctor_subcommand_options[];
extern const size_t doctor_subcommand_option_count;

/* argv[0] is "doctor". Returns the exit status: 0; with operands 1 when one of these does not work, 2 for one
 * that there is not. */
int doctor_subcommand(int argc, char **argv);
