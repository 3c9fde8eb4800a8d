#include "app/program.h"

#include "app/language.h"
#include "app/live.h"
#include "app/live_options.h"
#include "base/i18n.h"
#include "base/text.h"
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

const struct option_row program_options[] = {
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "columns", 0, N_("LIST"), N_("columns to show, such as pid,ppid,stat,ni,user") },
    { "delay", 'd', N_("SECONDS"), N_("time between two readings; 1 by default") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "no-color", 0, NULL, N_("no colours; a non-empty NO_COLOR does the same") },
    { "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
    { "readonly", 0, NULL, N_("take all acts on processes away") },
    { "sandbox", 0, NULL, N_("forklore adopts the lab's orphans, and reaps them") },
    { "theme", 0, N_("NAME"), N_("colours: dark, light or mono") },
    { "version", 'V', NULL, N_("print the version and exit") },
};
const size_t program_option_count = sizeof program_options / sizeof *program_options;

enum { FORM_WIDTH = 43 };

/* One way to call the program: the help stands behind all forms. */
static void print_form(const char *before, const char *name, const char *operands, const char *help)
{
    char form[160];
    snprintf(form, sizeof form, "%sforklore %s%s%s", before, name, *name ? " " : "", operands);
    int pad = FORM_WIDTH - text_width(form);
    printf("%s%*s %s\n", form, pad > 0 ? pad : 0, "", help);
}

static void print_usage(void)
{
    const char *usage = _("Usage: ");
    char blanks[32];
    snprintf(blanks, sizeof blanks, "%*s", text_width(usage), "");
    print_form(usage, "", _("[OPTION]..."), _("the live tree, full screen, with the lab"));
    for (size_t i = 0; i < subcommand_count; i++)
        print_form(blanks, subcommand_table[i].name, _(subcommand_table[i].operands),
                   _(subcommand_table[i].help));
    printf("\n");
    option_print_help(program_options, program_option_count);
    printf(
        _("\nEach subcommand has its own --help. Keys: press ? on the live screen, or read forklore(1).\n"));
}

/* take() ends the program's work by a status; a wish that was fulfilled, such as --help, is no failure. */
enum { ENOUGH = -1 };

static int take_option(void *data, const struct option_row *row, const char *value)
{
    int status;
    if (live_options_take(data, row->name, value, &status))
        return status;
    if (strcmp(row->name, "version") == 0)
        printf("%s\n", PACKAGE_STRING);
    else
        print_usage();
    return ENOUGH;
}

static const struct subcommand *find_subcommand(const char *name)
{
    for (size_t i = 0; i < subcommand_count; i++)
        if (strcmp(subcommand_table[i].name, name) == 0)
            return &subcommand_table[i];
    return NULL;
}

/* A set-user-ID or set-group-ID program, or one with file capabilities: getauxval(3). Whoever starts it would
 * act on any process with rights that are not his, and its actors would have them too. */
static bool has_borrowed_rights(void)
{
    return getauxval(AT_SECURE) != 0;
}

int program_run(int argc, char **argv)
{
    struct live_options options = { .delay = 1.0 };
    int first;
    /* In English: nothing that others can choose, such as a catalogue of messages, is looked at before. */
    if (has_borrowed_rights()) {
        fputs("forklore: set-user-ID, set-group-ID or file capabilities give this program more rights than "
              "who starts it has: it does not run so\n",
              stderr);
        return 2;
    }
    language_begin();
    int status =
        option_parse(program_options, program_option_count, argc, argv, take_option, &options, &first);
    if (status != 0)
        return status == ENOUGH ? 0 : status;
    if (first == argc)
        return live_run(&options);
    const struct subcommand *subcommand = find_subcommand(argv[first]);
    if (subcommand)
        return subcommand->run(argc - first, argv + first);
    fprintf(stderr, _("forklore: %s: no such subcommand; see forklore --help\n"), argv[first]);
    return 2;
}
