#include "app/replay_subcommand.h"

#include "app/live_options.h"
#include "app/operands.h"
#include "app/output.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

const struct option_row replay_subcommand_options[] = {
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "columns", 0, N_("LIST"), N_("columns to show, such as pid,ppid,stat,ni,user") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "no-color", 0, NULL, N_("no colours; a non-empty NO_COLOR does the same") },
    { "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
    { "theme", 0, N_("NAME"), N_("colours: dark, light or mono") },
};
const size_t replay_subcommand_option_count =
    sizeof replay_subcommand_options / sizeof *replay_subcommand_options;

enum { HELPED = -1 };

static void print_help(void)
{
    puts(_("Usage: forklore replay [OPTION]... FILE\n"
           "Shows a recording of forklore record; - is standard input:\n"
           "  ssh HOST forklore record -o - | forklore replay -\n"));
    option_print_help(replay_subcommand_options, replay_subcommand_option_count);
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    int status;
    if (live_options_take(data, row->name, value, &status))
        return status;
    print_help();
    return HELPED;
}

int replay_subcommand(int argc, char **argv)
{
    struct live_options options = { .delay = 1.0, .readonly = true };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    int status = operands_parse(replay_subcommand_options, replay_subcommand_option_count, argc, argv,
                                take_option, &options, operands, &count);
    if (status == 0 && count != 1) {
        fprintf(stderr, _("forklore replay: one recording is wanted; - is standard input\n"));
        status = 2;
    }
    if (status == 0) {
        options.replay = operands[0];
        status = live_run(&options);
    } else if (status == HELPED) {
        status = output_end();
    }
    free(operands);
    return status;
}
