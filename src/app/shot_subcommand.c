#include "app/shot_subcommand.h"

#include "app/exec_consent.h"
#include "app/lesson_screen.h"
#include "app/lessons.h"
#include "app/live_options.h"
#include "app/operands.h"
#include "app/output.h"
#include "app/picture_file.h"
#include "app/script_source.h"
#include "app/shot.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row shot_subcommand_options[] = {
    { "output", 'o', N_("FILE"), N_("where to: the name's end says what, .txt .ansi .svg .html .png .pdf") },
    { "all-steps", 0, NULL, N_("a picture for each step of the lesson, in the folder FILE/") },
    { "allow-exec", 0, NULL, N_("let the commands of a file start other programs without asking") },
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "at", 0, N_("TIME"), N_("of a recording: 14:03:10, or 2m ago from its end; its end by default") },
    { "columns", 0, N_("LIST"), N_("columns to show, such as pid,ppid,stat,ni,user") },
    { "command", 'c', N_("COMMANDS"), N_("lab commands to carry out first, separated by ; or line ends") },
    { "family", 0, NULL, N_("a drawing of the family: births, adoptions, the dead; .svg .png .pdf") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lab", 0, N_("FILE"), N_("lab commands to carry out first, from a file") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "lesson", 0, N_("NAME"), N_("of a lesson, by its name, number or file") },
    { "no-color", 0, NULL, N_("no colours; a non-empty NO_COLOR does the same") },
    { "of", 0, N_("PID"), N_("with --family: of this process; of forklore by default") },
    { "redact", 0, NULL, N_("hide names of people and of the machine, home folders, command lines") },
    { "replay", 0, N_("FILE"), N_("of a recording") },
    { "sandbox", 0, NULL, N_("forklore adopts the lab's orphans, and reaps them") },
    { "size", 0, N_("WIDTHxHEIGHT"), N_("in cells; 80x24 by default") },
    { "step", 0, N_("N"), N_("the step of the lesson; 1 by default") },
    { "theme", 0, N_("NAME"), N_("colours: dark, light or mono") },
};
const size_t shot_subcommand_option_count = sizeof shot_subcommand_options / sizeof *shot_subcommand_options;

enum { HELPED = -1, EXIT_USAGE = 2, LEAST_WIDTH = 20, LEAST_HEIGHT = 5, MOST = 1000 };

struct command {
    struct shot_options shot;
    const char *lab, *lesson, *replay;
    bool all_steps;
};

static void print_help(void)
{
    puts(_("Usage: forklore shot -o FILE [OPTION]...\n"
           "Makes a picture of the screen with no terminal: of the machine as it is, of a lab, a lesson or a "
           "recording.\n"
           "  forklore shot -o tree.svg -c 'spawn a; a: fork b; b: exit 7'\n"
           "  forklore shot -o steps/ --lesson zombie --all-steps\n"));
    option_print_help(shot_subcommand_options, shot_subcommand_option_count);
}

static int take_size(struct shot_options *shot, const char *value)
{
    int used = 0;
    if (sscanf(value, "%4dx%4d%n", &shot->width, &shot->height, &used) == 2 && !value[used] &&
        shot->width >= LEAST_WIDTH && shot->width <= MOST && shot->height >= LEAST_HEIGHT &&
        shot->height <= MOST)
        return 0;
    fprintf(stderr, _("forklore shot: --size: WIDTHxHEIGHT is wanted, from %dx%d to %dx%d, not %s\n"),
            LEAST_WIDTH, LEAST_HEIGHT, MOST, MOST, value);
    return EXIT_USAGE;
}

static int take_step(struct shot_options *shot, const char *value)
{
    char *end;
    unsigned long step = strtoul(value, &end, 10);
    if (*value >= '1' && *value <= '9' && !*end && step <= LESSON_STEPS_MAX) {
        shot->step = step;
        return 0;
    }
    fprintf(stderr, _("forklore shot: --step: a number from 1 to %d is wanted, not %s\n"), LESSON_STEPS_MAX,
            value);
    return EXIT_USAGE;
}

static int take_pid(struct shot_options *shot, const char *value)
{
    char *end;
    long pid = strtol(value, &end, 10);
    if (*value >= '1' && *value <= '9' && !*end && pid <= INT_MAX) {
        shot->family_of = (pid_t)pid;
        return 0;
    }
    fprintf(stderr, _("forklore shot: --of: a PID is wanted, not %s\n"), value);
    return EXIT_USAGE;
}

/* Options that only set a text or a mark. False: it is none of these. */
static bool take_plain(struct command *command, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
        bool *mark;
    } plain[] = {
        { "output", &command->shot.output, NULL },
        { "all-steps", NULL, &command->all_steps },
        { "allow-exec", NULL, &command->shot.may_exec },
        { "at", &command->shot.at, NULL },
        { "command", &command->shot.commands, NULL },
        { "lab", &command->lab, NULL },
        { "lesson", &command->lesson, NULL },
        { "family", NULL, &command->shot.family },
        { "redact", NULL, &command->shot.redact },
        { "replay", &command->replay, NULL },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(plain[i].name, name) != 0)
            continue;
        if (plain[i].text)
            *plain[i].text = value;
        else
            *plain[i].mark = true;
        return true;
    }
    return false;
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct command *command = data;
    int status;
    if (take_plain(command, row->name, value))
        return 0;
    if (live_options_take(&command->shot.live, row->name, value, &status))
        return status;
    if (strcmp(row->name, "size") == 0)
        return take_size(&command->shot, value);
    if (strcmp(row->name, "step") == 0)
        return take_step(&command->shot, value);
    if (strcmp(row->name, "of") == 0)
        return take_pid(&command->shot, value);
    print_help();
    return HELPED;
}

static int complain(const char *text)
{
    fputs(text, stderr);
    return EXIT_USAGE;
}

static int check_usage(const struct command *command, size_t operands)
{
    int subjects =
        (command->lab || command->shot.commands) + (command->lesson != NULL) + (command->replay != NULL);
    if (operands)
        return complain(_("forklore shot: it takes options only\n"));
    if (!command->shot.output)
        return complain(_("forklore shot: -o FILE says where to\n"));
    if (subjects > 1 || (command->lab && command->shot.commands))
        return complain(_("forklore shot: one of -c, --lab, --lesson and --replay\n"));
    if ((command->all_steps || command->shot.step) && !command->lesson)
        return complain(_("forklore shot: --step and --all-steps go with --lesson\n"));
    if (command->all_steps && command->shot.step)
        return complain(_("forklore shot: --step or --all-steps\n"));
    if (command->shot.family_of && !command->shot.family)
        return complain(_("forklore shot: --of goes with --family\n"));
    if (command->shot.at && !command->replay)
        return complain(_("forklore shot: --at goes with --replay\n"));
    return 0;
}

/* The commands are parsed before anything is started. 0 or 2 after a line on stderr. */
static int check_commands(struct command *command, const char *name, bool own)
{
    struct lab_checker *checker = lab_checker_new();
    struct lab_error error;
    int status = 0;
    if (lab_check_script(checker, command->shot.commands, &error) < 0) {
        script_source_complain(name, command->shot.commands, &error);
        status = EXIT_USAGE;
    }
    lab_checker_free(checker);
    command->shot.may_exec |= own;
    if (status == 0 && !command->shot.may_exec)
        status = exec_consent(name, command->shot.commands, &command->shot.may_exec);
    return status;
}

static int take_commands(struct command *command)
{
    FILE *file = fopen(command->lab, "re");
    char *source = file ? script_source_read(file) : NULL;
    int error = errno;
    if (file)
        fclose(file);
    if (!source) {
        fprintf(stderr, "forklore shot: %s: %s\n", command->lab, error_words(error));
        return EXIT_USAGE;
    }
    command->shot.commands = source;
    int status = check_commands(command, command->lab, false);
    if (status == 0)
        status = shot_take(&command->shot);
    free(source);
    return status;
}

static int take_lesson(struct command *command)
{
    struct lessons *lessons = lessons_new();
    lessons->only = lessons->unread = true;
    lessons->consent = command->shot.may_exec;
    if (!command->all_steps && !command->shot.step)
        command->shot.step = 1;
    int status = lesson_screen_find(lessons, command->lesson);
    if (status != 0) {
        lessons_free(lessons);
        return status;
    }
    command->shot.live.lessons = lessons;
    return shot_take(&command->shot);
}

static int run(struct command *command)
{
    if (command->lesson)
        return take_lesson(command);
    if (command->lab)
        return take_commands(command);
    command->shot.live.replay = command->replay;
    int status = command->shot.commands ? check_commands(command, "-c", true) : 0;
    return status ? status : shot_take(&command->shot);
}

int shot_subcommand(int argc, char **argv)
{
    struct command command = { .shot = { .height = 24, .width = 80, .live = { .delay = 1.0 } } };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    output_begin();
    int status = operands_parse(shot_subcommand_options, shot_subcommand_option_count, argc, argv,
                                take_option, &command, operands, &count);
    if (status == 0)
        status = check_usage(&command, count);
    if (status == 0)
        status = run(&command);
    else if (status == HELPED)
        status = output_end();
    free(operands);
    return status;
}
