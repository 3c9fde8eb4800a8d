/* The subcommands, one file each: NAME_subcommand.c. Each takes its own command line, argv[0] being its name, and returns
 * the exit status. */
#pragma once
