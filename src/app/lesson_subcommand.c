#include "app/lesson_subcommand.h"

#include "app/language.h"
#include "app/lesson_check.h"
#include "app/lesson_handout.h"
#include "app/lesson_plain.h"
#include "app/lesson_screen.h"
#include "app/live_options.h"
#include "app/operands.h"
#include "app/output.h"
#include "app/progress_words.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/handout.h"
#include "lesson/template.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option_row lesson_subcommand_options[] = {
    { "allow-exec", 0, NULL, N_("let a lesson that was not installed start other programs without asking") },
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "check", 0, NULL, N_("play lessons without a screen, and compare all they say with the kernel") },
    { "handout", 0, N_("FILE"),
      N_("write lessons as a handout, FILE.html or FILE.md; the whole course if none is named") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "json", 0, NULL, N_("with --check: print one JSON object a line") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "list", 0, NULL, N_("print the lessons of the course") },
    { "new", 0, N_("FILE"), N_("write a lesson to begin with, FILE.yaml, with comments") },
    { "no-color", 0, NULL, N_("no colours; a non-empty NO_COLOR does the same") },
    { "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
    { "plain", 0, NULL, N_("play a lesson line by line: for screen readers and simple terminals") },
    { "report", 0, N_("FILE"),
      N_("write predictions and the kernel's answers to a new file, as JSON lines") },
    { "sandbox", 0, NULL, N_("forklore adopts the lab's orphans, and reaps them") },
    { "theme", 0, N_("NAME"), N_("colours: dark, light or mono") },
    { "with-answers", 0, NULL, N_("with --handout: play the lessons, and write down what is right and why") },
};
const size_t lesson_subcommand_option_count =
    sizeof lesson_subcommand_options / sizeof *lesson_subcommand_options;

enum { HELPED = -1, EXIT_USAGE = 2, NUMBER_WIDTH = 3, NAME_WIDTH = 28, TITLE_WIDTH = 31 };

struct lesson_command {
    bool allow_exec, check, json, list, plain, with_answers;
    const char *handout, *new_file, *report;
    struct live_options live;
};

static void print_help(void)
{
    puts(_("Usage: forklore lesson [OPTION]... [NAME|NUMBER|FILE]...\n"
           "Shows the course, or plays a lesson, full screen; or plays some without a screen and says what "
           "is wrong with\n"
           "them:\n"
           "  forklore lesson zombie\n"
           "  forklore lesson --plain zombie\n"
           "  forklore lesson --check zombie\n"));
    option_print_help(lesson_subcommand_options, lesson_subcommand_option_count);
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct lesson_command *command = data;
    int status;
    if (live_options_take(&command->live, row->name, value, &status))
        return status;
    if (strcmp(row->name, "allow-exec") == 0)
        command->allow_exec = true;
    else if (strcmp(row->name, "check") == 0)
        command->check = true;
    else if (strcmp(row->name, "json") == 0)
        command->json = true;
    else if (strcmp(row->name, "list") == 0)
        command->list = true;
    else if (strcmp(row->name, "plain") == 0)
        command->plain = true;
    else if (strcmp(row->name, "report") == 0)
        command->report = value;
    else if (strcmp(row->name, "handout") == 0)
        command->handout = value;
    else if (strcmp(row->name, "new") == 0)
        command->new_file = value;
    else if (strcmp(row->name, "with-answers") == 0)
        command->with_answers = true;
    else {
        print_help();
        return HELPED;
    }
    return 0;
}

static void print_padded(const char *text, int width)
{
    int pad = width - text_width(text);
    printf("%s%*s", text, pad > 0 ? pad : 0, "");
}

static void print_lesson(const struct course_lesson *lesson, const struct progress *progress,
                         const char *language)
{
    char words[80];
    const struct lesson *known = lesson->lesson;
    if (known && known->number >= 0)
        printf(" %0*d  ", NUMBER_WIDTH - 1, known->number);
    else
        printf(" %*s  ", NUMBER_WIDTH - 1, "");
    print_padded(lesson->name, NAME_WIDTH);
    if (!known) {
        printf(" %s\n", _("something is wrong with its file"));
        return;
    }
    const char *title = lesson_text_in(&known->title, language);
    if (*progress_words(progress, known, words, sizeof words))
        print_padded(title, TITLE_WIDTH);
    printf(*words ? " %s\n" : "%s\n", *words ? words : title);
    printf(" %*s  %s\n", NUMBER_WIDTH - 1, "", lesson_text_in(&known->goal, language));
}

/* -1: what the course does not name. */
static void print_part(const struct course *course, int part, const struct progress *progress,
                       const char *language)
{
    bool begun = false;
    for (size_t i = 0; i < course->lesson_count; i++) {
        if (course->lessons[i].part != part)
            continue;
        if (!begun && part >= 0)
            printf("\n%s\n", lesson_text_in(&course->parts[part].title, language));
        else if (!begun)
            printf("\n%s\n", _("Other lessons"));
        begun = true;
        print_lesson(&course->lessons[i], progress, language);
    }
}

static int print_course(const struct lesson_selection *selection)
{
    const struct course *course = selection->course;
    struct progress *progress = progress_new();
    char language[32];
    language_now(language, sizeof language);
    lesson_selection_complain(selection, NULL);
    printf("%s\n", lesson_text_in(&course->title, language));
    for (size_t i = 0; i < course->part_count; i++)
        print_part(course, (int)i, progress, language);
    print_part(course, -1, progress, language);
    progress_free(progress);
    return output_end();
}

static int complain(const char *text)
{
    fprintf(stderr, "%s", text);
    return EXIT_USAGE;
}

static int check(const struct lesson_command *command, const struct lesson_selection *selection)
{
    struct lesson_check_options options = { .json = command->json,
                                            .allow_exec = command->allow_exec,
                                            .sandbox = command->live.sandbox };
    return lesson_check(selection, &options);
}

static int play(const struct lesson_command *command, const struct lesson_selection *selection)
{
    const struct chosen_lesson *lesson = &selection->lessons[0];
    struct lesson_plain_options options = { .allow_exec = command->allow_exec,
                                            .sandbox = command->live.sandbox,
                                            .report = command->report };
    if (lesson->lesson)
        return lesson_plain(lesson, &options);
    lesson_selection_complain(selection, lesson);
    return EXIT_USAGE;
}

static int write_handout(const struct lesson_command *command, const struct lesson_selection *selection)
{
    struct lesson_handout_options options = {
        .path = command->handout,
        .with_answers = command->with_answers,
        .allow_exec = command->allow_exec,
    };
    return lesson_handout(selection, &options);
}

static int write_new(const char *path)
{
    char shown[200];
    int error = template_write(path);
    text_clean(shown, sizeof shown, path);
    if (error == -EINVAL)
        fprintf(stderr,
                _("forklore lesson: %s: letters, digits, - and _ are expected, and .yaml behind them\n"),
                shown);
    else if (error)
        fprintf(stderr, "forklore lesson: %s: %s\n", shown, error_words(error));
    return error ? EXIT_USAGE : 0;
}

static int carry_out(const struct lesson_command *command, const char *const *operands, size_t count)
{
    struct lesson_selection selection;
    if (command->new_file)
        return write_new(command->new_file);
    int status = lesson_selection_make(&selection, operands, count);
    if (status == 0)
        status = command->check     ? check(command, &selection)
                 : command->plain   ? play(command, &selection)
                 : command->handout ? write_handout(command, &selection)
                                    : print_course(&selection);
    lesson_selection_release(&selection);
    return status;
}

/* The course, or a lesson of it; without a terminal the course is printed. */
static int show(const struct lesson_command *command, const char *name)
{
    struct lesson_screen_options options = {
        .lesson = name,
        .live = command->live,
        .may_exec = command->allow_exec,
        .report = command->report,
    };
    return lesson_screen_run(&options);
}

static int check_usage(const struct lesson_command *command, size_t count)
{
    if (command->json && !command->check)
        return complain(_("forklore lesson: --json goes with --check\n"));
    if (command->list && count)
        return complain(_("forklore lesson: --list takes no names\n"));
    if (command->plain && (count != 1 || command->check || command->list))
        return complain(_("forklore lesson: --plain plays one lesson\n"));
    if (command->report && (command->check || command->list || command->handout || command->new_file))
        return complain(_("forklore lesson: --report goes with playing a lesson\n"));
    if (command->new_file && (count || command->check || command->list || command->plain || command->handout))
        return complain(_("forklore lesson: --new only writes a file\n"));
    if (command->handout && handout_format_of(command->handout) == HANDOUT_NONE)
        return complain(_("forklore lesson: a handout's name ends with .html or .md\n"));
    if (command->handout && (command->check || command->list || command->plain))
        return complain(_("forklore lesson: --handout only writes a file\n"));
    if (command->with_answers && !command->handout)
        return complain(_("forklore lesson: --with-answers goes with --handout\n"));
    if (!command->check && !command->handout && count > 1)
        return complain(_("forklore lesson: one lesson at a time; --check takes several\n"));
    return 0;
}

int lesson_subcommand(int argc, char **argv)
{
    struct lesson_command command = { .live = { .delay = 1.0 } };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    output_begin();
    signal(SIGCHLD, SIG_DFL); /* whoever started us may have ignored it, and the listings are waited for */
    int status = operands_parse(lesson_subcommand_options, lesson_subcommand_option_count, argc, argv,
                                take_option, &command, operands, &count);
    if (status == 0)
        status = check_usage(&command, count);
    bool full_screen = !command.check && !command.plain && !command.list && !command.handout &&
                       !command.new_file && (count || isatty(STDOUT_FILENO));
    if (status == 0)
        status = full_screen ? show(&command, operands[0]) : carry_out(&command, operands, count);
    else if (status == HELPED)
        status = output_end();
    free(operands);
    return status;
}
