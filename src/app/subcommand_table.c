#include "app/program.h"

#include "app/lab_subcommand.h"
#include "base/i18n.h"

/* In the order of the usage text. */
const struct subcommand subcommand_table[] = {
    { "lab", "[FILE|-|-c COMMANDS]", N_("run lab commands without a screen, print each call and its result"),
      lab_subcommand_options, &lab_subcommand_option_count, lab_subcommand },
};
const size_t subcommand_count = sizeof subcommand_table / sizeof *subcommand_table;
