#include "app/program.h"

#include "app/live.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "config.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option_row program_options[] = {
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "columns", 0, N_("LIST"), N_("columns to show, such as pid,ppid,stat,ni,user") },
    { "delay", 'd', N_("SECONDS"), N_("time between two readings; 1 by default") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "no-color", 0, NULL, N_("no colours; a non-empty NO_COLOR does the same") },
    { "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
    { "readonly", 0, NULL, N_("take all acts on processes away") },
    { "theme", 0, N_("NAME"), N_("colours: dark, light or mono") },
    { "version", 'V', NULL, N_("print the version and exit") },
};
const size_t program_option_count = sizeof program_options / sizeof *program_options;

static void print_usage(void)
{
    printf(_("Usage: forklore [OPTION]...                       the live tree, full screen, with the lab\n"));
    for (size_t i = 0; i < subcommand_count; i++)
        printf("       forklore %-10s %-27s  %s\n", subcommand_table[i].name, subcommand_table[i].operands,
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
    struct live_options *options = data;
    const char *name = row->name;
    if (strcmp(name, "ascii") == 0)
        options->ascii = true;
    else if (strcmp(name, "columns") == 0)
        options->columns = value;
    else if (strcmp(name, "delay") == 0)
        return option_seconds(name, value, &options->delay);
    else if (strcmp(name, "lang") == 0)
        setenv("LANGUAGE", value, 1);
    else if (strcmp(name, "no-color") == 0)
        options->no_color = true;
    else if (strcmp(name, "no-mouse") == 0)
        options->no_mouse = true;
    else if (strcmp(name, "readonly") == 0)
        options->readonly = true;
    else if (strcmp(name, "theme") == 0) {
        options->theme = value;
        if (!theme_find(value)) {
            fprintf(stderr, _("forklore: unknown theme: %s (there are dark, light and mono)\n"), value);
            return 2;
        }
    } else if (strcmp(name, "version") == 0) {
        printf("%s\n", PACKAGE_STRING);
        return ENOUGH;
    } else {
        print_usage();
        return ENOUGH;
    }
    return 0;
}

/* A locale that is not installed leaves setlocale() without effect; UTF-8 is then the better guess, and
 * messages are still found by LANGUAGE. */
static void set_locale(void)
{
    const char *wanted = getenv("LC_ALL");
    if (!wanted || !*wanted)
        wanted = getenv("LANG");
    if (setlocale(LC_ALL, ""))
        return;
    setlocale(LC_ALL, "C.UTF-8");
    if (wanted && *wanted && !getenv("LANGUAGE"))
        setenv("LANGUAGE", wanted, 1);
}

/* gettext ignores LANGUAGE in the locale "C"; --lang asks for a language there too. */
static void honour_language(void)
{
    const char *language = getenv("LANGUAGE"), *current = setlocale(LC_MESSAGES, NULL);
    if (language && *language && current && (strcmp(current, "C") == 0 || strcmp(current, "POSIX") == 0))
        setlocale(LC_MESSAGES, "C.UTF-8");
}

/* The catalogues of the build tree, when the program runs from there, else those of the installation. */
static void bind_messages(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    char *beside = xasprintf("%s/data/locale", path);
    bindtextdomain(PACKAGE, slash && access(beside, X_OK) == 0 ? beside : LOCALEDIR);
    textdomain(PACKAGE);
    free(beside);
}

static const struct subcommand *find_subcommand(const char *name)
{
    for (size_t i = 0; i < subcommand_count; i++)
        if (strcmp(subcommand_table[i].name, name) == 0)
            return &subcommand_table[i];
    return NULL;
}

int program_run(int argc, char **argv)
{
    struct live_options options = { .delay = 1.0 };
    int first;
    set_locale();
    bind_messages();
    int status =
        option_parse(program_options, program_option_count, argc, argv, take_option, &options, &first);
    if (status != 0)
        return status == ENOUGH ? 0 : status;
    honour_language();
    if (first == argc)
        return live_run(&options);
    const struct subcommand *subcommand = find_subcommand(argv[first]);
    if (subcommand)
        return subcommand->run(argc - first, argv + first);
    fprintf(stderr, _("forklore: %s: no such subcommand; see forklore --help\n"), argv[first]);
    return 2;
}
