#include "app/program.h"

#include "app/subcommands.h"
#include "base/i18n.h"

/* In the order of the usage text; ended by an empty row. */
const struct subcommand subcommand_table[] = {
    { 0 },
};
const size_t subcommand_count = sizeof subcommand_table / sizeof *subcommand_table - 1;
