#include "app/explain_subcommand.h"

#include "app/environment.h"
#include "app/operands.h"
#include "app/output.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/features.h"
#include "machine/procfile.h"
#include "model/stat_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row explain_subcommand_options[] = {
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
};
const size_t explain_subcommand_option_count =
    sizeof explain_subcommand_options / sizeof *explain_subcommand_options;

enum { HELPED = -1, NOT_THERE = 1, WRONG_CODE = 2 };

static int take_option(void *data, const struct option_row *row, const char *value)
{
    (void)data, (void)row, (void)value;
    puts(
        _("Usage: forklore explain CODE|PID...\n"
          "Explains a STAT code such as Ss+, or the state of a process, letter by letter, with the field of\n"
          "/proc/PID/stat or status that is the evidence.\n"));
    option_print_help(explain_subcommand_options, explain_subcommand_option_count);
    return HELPED;
}

static void print_letters(const struct stat_letter *letters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (*letters[i].evidence)
            printf(_("  %c  %s  (%s)\n"), letters[i].letter, letters[i].meaning, letters[i].evidence);
        else
            printf("  %c  %s\n", letters[i].letter, letters[i].meaning);
}

static int explain_code(const char *code)
{
    struct stat_letter letters[STAT_CODE_SIZE];
    size_t count, wrong;
    if (stat_explain_text(letters, code, &count, &wrong) == 0) {
        printf("%s\n", code);
        print_letters(letters, count);
        return 0;
    }
    char shown[128];
    text_clean(shown, sizeof shown, code);
    if (wrong == 0)
        fprintf(stderr, _("forklore: %s: a STAT code begins with one of R S D T t Z X I P W\n"), shown);
    else
        fprintf(stderr,
                _("forklore: %s: letter %zu is wrong: behind the state ps prints < or N, then L, s, l and +, "
                  "in this"
                  " order\n"),
                shown, wrong + 1);
    return WRONG_CODE;
}

/* What is known beyond the letters: how a zombie ended, or the call that a process is blocked in. */
static void print_more(const struct process *process, bool syscall_readable)
{
    int status;
    char words[64];
    if (stat_has_ended(process) && procfile_zombie_status(process->id, &status) == 0) {
        printf(_("     it ended by: %s\n"), wait_status_words(words, sizeof words, status));
        return;
    }
    long number;
    unsigned long long argument;
    bool blocked = process->state == 'S' || process->state == 'D';
    if (!blocked || !syscall_readable || procfile_syscall(process->id.pid, &number, &argument) < 0 ||
        number < 0)
        return;
    if (procfile_syscall_name(number))
        printf(_("     blocked in: %s()\n"), procfile_syscall_name(number));
}

static int explain_process(const struct operand *operand, const char *text, bool syscall_readable)
{
    struct process process;
    struct process_storage storage;
    struct stat_letter letters[STAT_CODE_SIZE];
    char code[STAT_CODE_SIZE], name[256];
    int r = procfile_read(operand->pid, &process, &storage);
    if (r < 0) {
        fprintf(stderr, _("forklore: %s: there is no such process\n"), text);
        return NOT_THERE;
    }
    /* a process without VmLck, a zombie or a thread of the kernel, has nothing locked */
    process.locked_known = procfile_locked(operand->pid, &process.locked) == 0;
    printf("%d %s  %s\n", process.id.pid, text_clean(name, sizeof name, process.comm),
           stat_code(code, &process));
    print_letters(letters, stat_explain(letters, &process));
    print_more(&process, syscall_readable);
    return 0;
}

static int explain_operand(const char *text, bool syscall_readable)
{
    struct operand operand;
    if (!operand_is_number(text))
        return explain_code(text);
    if (operand_read(text, &operand) != 0)
        return NOT_THERE;
    return explain_process(&operand, text, syscall_readable);
}

static int explain_operands(const char *const *operands, size_t count)
{
    struct features features;
    int status = environment_features(&features);
    if (status != 0)
        return status;
    for (size_t i = 0; i < count; i++) {
        int result = explain_operand(operands[i], features.has[FEATURE_SYSCALL]);
        status = result > status ? result : status;
    }
    return status;
}

int explain_subcommand(int argc, char **argv)
{
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    output_begin();
    int status = operands_parse(explain_subcommand_options, explain_subcommand_option_count, argc, argv,
                                take_option, NULL, operands, &count);
    if (status == 0 && count == 0) {
        fprintf(stderr, _("forklore: explain: a STAT code or a PID is wanted; see --help\n"));
        status = WRONG_CODE;
    } else if (status == 0) {
        status = explain_operands(operands, count);
    }
    int written = output_end();
    free(operands);
    return status > 0 ? status : written;
}
