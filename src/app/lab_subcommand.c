#include "app/lab_subcommand.h"

#include "app/exec_consent.h"
#include "app/keeper.h"
#include "app/lab_reports.h"
#include "app/output.h"
#include "app/script_source.h"
#include "app/signal_watch.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/lab.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    EXIT_NOT_MET = 1,
    EXIT_USAGE = 2,
    EXIT_BY_SIGNAL = 128,
};

const struct option_row lab_subcommand_options[] = {
    { "command", 'c', N_("COMMANDS"), N_("run these commands, separated by ; or line ends") },
    { "allow-exec", 0, NULL, N_("let a file start other programs without asking") },
    { "help", 0, NULL, N_("print this help and exit") },
    { "json", 0, NULL, N_("print one JSON object, on a line of its own, for each report") },
    { "keep", 0, NULL, N_("when all is done, wait for a key before the actors are ended") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "max-actors", 0, N_("N"), N_("allow N actors at a time, 1 to 256; 64 by default") },
    { "sandbox", 0, NULL, N_("forklore adopts the lab's orphans, and reaps them") },
};
const size_t lab_subcommand_option_count = sizeof lab_subcommand_options / sizeof *lab_subcommand_options;

struct lab_run {
    const char *commands;    /* of -c; NULL: none */
    const char *source_name; /* for messages: the file's, or -c */
    bool script_is_input;    /* it came from standard input */
    bool may_exec; /* actors may start other programs: allowed, or the commands are the user's own */
    bool help, json, keep, sandbox;
    unsigned max_actors;
    bool output_closed; /* nobody reads any more */
};

static int take_max_actors(struct lab_run *run, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (*end || end == value || number < 1 || number > LAB_ACTORS_MAX) {
        fprintf(stderr, _("forklore lab: --max-actors: a whole number from 1 to %d is wanted, not %s\n"),
                LAB_ACTORS_MAX, value);
        return EXIT_USAGE;
    }
    run->max_actors = (unsigned)number;
    return 0;
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct lab_run *run = data;
    if (strcmp(row->name, "command") == 0)
        run->commands = value;
    else if (strcmp(row->name, "allow-exec") == 0)
        run->may_exec = true;
    else if (strcmp(row->name, "json") == 0)
        run->json = true;
    else if (strcmp(row->name, "keep") == 0)
        run->keep = true;
    else if (strcmp(row->name, "max-actors") == 0)
        return take_max_actors(run, value);
    else if (strcmp(row->name, "sandbox") == 0)
        run->sandbox = true;
    else
        run->help = true;
    return 0;
}

static int print_help(void)
{
    puts(_("Usage: forklore lab [FILE | - | -c COMMANDS]\n"
           "Runs lab commands on real processes and prints each call and its result.\n"
           "  forklore lab -c 'spawn a; a: fork b; b: exit 7; expect b.stat ~ ^Z; tree'\n"));
    option_print_help(lab_subcommand_options, lab_subcommand_option_count);
    return EXIT_SUCCESS;
}

static char *read_source(struct lab_run *run, const char *operand)
{
    if (run->commands) {
        run->source_name = "-c";
        return xstrdup(run->commands);
    }
    bool standard = !operand || strcmp(operand, "-") == 0;
    FILE *file = standard ? stdin : fopen(operand, "re");
    run->source_name = standard ? "-" : operand;
    run->script_is_input = standard;
    char *source = file ? script_source_read(file) : NULL;
    int error = errno;
    if (file && !standard)
        fclose(file);
    if (!source)
        fprintf(stderr, _("forklore lab: %s: %s\n"), run->source_name, error_words(error));
    return source;
}

static void print_report(void *data, const struct lab_report *report)
{
    struct lab_run *run = data;
    if (run->json)
        lab_report_json(report, stdout);
    else
        lab_report_text(report, output_width(), stdout);
    if (fflush(stdout) != 0)
        run->output_closed = true;
}

/* Lets the lab go on until it is idle, or, with a keeper, until that is told to end. 0, or the exit status of
 * a premature end. */
static int go_on(const struct lab_run *run, struct lab *lab, int signals, struct keeper *keeper)
{
    while ((keeper || !lab_idle(lab)) && !run->output_closed) {
        struct pollfd ready[] = { { .fd = lab_fd(lab), .events = POLLIN },
                                  { .fd = signals, .events = POLLIN },
                                  { .fd = keeper ? keeper->fd : -1, .events = POLLIN } };
        if (poll(ready, 3, -1) < 0 && errno != EINTR)
            return EXIT_FAILURE;
        int signal = signal_watch_read(signals);
        if (signal)
            return EXIT_BY_SIGNAL + signal;
        lab_dispatch(lab);
        if (ready[2].revents && keeper_is_told(keeper))
            return 0;
    }
    return 0;
}

/* Returns the exit status. */
static int run_lab(const struct lab_run *run, struct lab *lab, int signals, struct keeper *keeper)
{
    int status = go_on(run, lab, signals, NULL);
    if (status == 0 && run->keep && !run->output_closed) {
        keeper_begin(keeper);
        status = go_on(run, lab, signals, keeper);
        keeper_end(keeper);
    }
    return status || !lab_failures(lab) ? status : EXIT_NOT_MET;
}

static int run_source(struct lab_run *run, const char *source, const struct features *features)
{
    struct lab_options options = {
        .features = features,
        .listener = { print_report, run },
        .terminal = { .fd = -1 },
        .limits = { .actors = run->max_actors },
        .sandbox = run->sandbox,
        .may_exec = run->may_exec,
    };
    struct lab *lab;
    struct lab_error error;
    struct keeper keeper = { .fd = -1 };
    int signals = signal_watch();
    if (run->keep)
        keeper_open(&keeper, run->script_is_input);
    if (keeper.is_terminal) {
        options.terminal.fd = keeper.fd;
        options.terminal.modes = &keeper.modes;
    }
    int r = lab_new(&lab, &options);
    if (r < 0) {
        fprintf(stderr, _("forklore lab: the lab cannot start: %s: %s\n"), error_name(r), error_words(r));
        keeper_close(&keeper);
        return EXIT_USAGE;
    }
    int status = EXIT_USAGE;
    if (lab_submit(lab, source, &error) < 0)
        script_source_complain(run->source_name, source, &error);
    else
        status = run_lab(run, lab, signals, &keeper);
    lab_free(lab);
    keeper_close(&keeper);
    close(signals);
    return status;
}

int lab_subcommand(int argc, char **argv)
{
    struct lab_run run = { .commands = NULL };
    struct features features;
    const char *unknown;
    int first;
    int status = option_parse(lab_subcommand_options, lab_subcommand_option_count, argc, argv, take_option,
                              &run, &first);
    if (status)
        return status;
    if (run.help)
        return print_help();
    if (argc - first > !run.commands) {
        fprintf(stderr, _("forklore lab: one file, or -c and commands\n"));
        return EXIT_USAGE;
    }
    if (features_probe(&features, getenv("FORKLORE_WITHOUT"), &unknown) < 0) {
        fprintf(stderr, _("forklore lab: FORKLORE_WITHOUT: there is no feature '%s'\n"), unknown);
        return EXIT_USAGE;
    }
    char *source = read_source(&run, argv[first]);
    if (!source)
        return EXIT_USAGE;
    run.may_exec |= run.commands != NULL;
    status = run.may_exec ? 0 : exec_consent(run.source_name, source, &run.may_exec);
    if (status == 0)
        status = run_source(&run, source, &features);
    free(source);
    return status;
}
