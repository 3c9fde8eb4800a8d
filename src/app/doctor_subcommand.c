#include "app/doctor_subcommand.h"

#include "app/environment.h"
#include "app/operands.h"
#include "app/output.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/need.h"
#include "model/paragraph.h"

#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row doctor_subcommand_options[] = {
    { "help", 'h', NULL, N_("print this help and exit") },
    { "json", 0, NULL, N_("print an array of JSON objects") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
};
const size_t doctor_subcommand_option_count =
    sizeof doctor_subcommand_options / sizeof *doctor_subcommand_options;

enum { HELPED = -1, DOES_NOT = 1, WRONG = 2, NAME_WIDTH = 15, STATE_WIDTH = 12, LEAST_WIDTH = 24 };

/* One line to print: a thing, and with "cpus>=2" what its number is compared with. */
struct check {
    struct need need;
    const char *word; /* as it was asked for; NULL: its name */
};

struct doctor {
    bool json;
    struct checkup checkup;
    int width; /* of a line; 0: no limit */
    bool failed;
    size_t printed;
};

static void print_help(void)
{
    puts(_(
        "Usage: forklore doctor [OPTION]... [CHECK]...\n"
        "Tries what depends on the kernel, on the user and on the container, and says what is done instead.\n"
        "With a CHECK, which is one of the names below or such a name compared with a number, as in cpus>=2, "
        "only\n"
        "these lines are printed, and the status is 1 when one of them does not work.\n"));
    option_print_help(doctor_subcommand_options, doctor_subcommand_option_count);
    puts(_("\nChecks, and what works when they do:"));
    for (size_t i = 0; i < checkup_count(); i++) {
        struct checkup_row row;
        checkup_row_at(i, &row);
        printf("  %-*s %s", NAME_WIDTH, row.name, _(row.what));
        if (row.number)
            printf(_(" (number: %s)"), _(row.number));
        printf("\n");
    }
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    (void)value;
    struct doctor *doctor = data;
    if (strcmp(row->name, "json") == 0) {
        doctor->json = true;
        return 0;
    }
    print_help();
    return HELPED;
}

/* 0, or 2 after a line on stderr. */
static int read_check(const char *word, struct check *ret)
{
    *ret = (struct check){ .word = word };
    enum need_fault fault = need_read(word, &ret->need);
    char shown[80];
    text_clean(shown, sizeof shown, word);
    if (fault == NEED_IS_UNKNOWN) {
        fprintf(stderr, _("forklore doctor: %s: there is no such check; see forklore doctor --help\n"),
                shown);
        return WRONG;
    }
    struct checkup_row row;
    checkup_row_at(ret->need.index, &row);
    if (fault == NEED_HAS_NO_NUMBER) {
        fprintf(stderr, _("forklore doctor: %s: %s has no number to compare\n"), shown, row.name);
        return WRONG;
    }
    if (fault == NEED_IS_NO_NUMBER) {
        fprintf(stderr, _("forklore doctor: %s: behind the name come one of >= <= > < = and a number\n"),
                shown);
        return WRONG;
    }
    return 0;
}

/* The words of --json; those of the lines are their translations. */
static const char *state_word(enum checkup_state state)
{
    switch (state) {
    case CHECKUP_WORKS: return N_("works");
    case CHECKUP_LACKS: return N_("does not");
    default: return N_("switched off");
    }
}

/* Text in a cell of a column, with blanks up to the next. */
static void print_cell(const char *text, int width)
{
    int padding = width - text_width(text);
    printf("%s%*s", text, padding > 0 ? padding + 1 : 1, "");
}

/* On a terminal what does not fit goes on below itself. */
static void print_paragraph(const char *text, int indent, int width)
{
    size_t length;
    for (size_t step, line = 0; (step = paragraph_next(text, width, &length)) > 0; text += step, line++)
        printf("%*s%.*s\n", line ? indent : 0, "", (int)length, text);
}

static void print_line(const struct doctor *doctor, const struct check *check, const struct checkup_row *row,
                       const struct checkup_result *result)
{
    const char *word = _(state_word(result->state));
    char text[1024];
    bool instead = result->state != CHECKUP_WORKS;
    snprintf(text, sizeof text, "%s%s%s", result->found, instead ? "  -> " : "",
             instead ? _(row->without) : "");
    print_cell(check->word ? check->word : row->name, NAME_WIDTH);
    print_cell(word, STATE_WIDTH);
    int indent = NAME_WIDTH + STATE_WIDTH + 2, width = doctor->width - indent;
    if (doctor->width > 0 && width >= LEAST_WIDTH)
        print_paragraph(text, indent, width);
    else
        printf("%s\n", text);
}

/* What is found may hold the name of a process in another encoding than JSON's. */
static json_t *string_of(const char *text)
{
    json_t *string = json_string(text);
    return string ? string : json_string("?");
}

static void print_object(const struct doctor *doctor, const struct checkup_row *row,
                         const struct checkup_result *result)
{
    json_t *object = json_object(), *number = json_null();
    if (row->number && result->known && result->number != CHECKUP_UNLIMITED)
        number = json_integer(result->number);
    json_object_set_new(object, "name", json_string(row->name));
    json_object_set_new(object, "state", json_string(state_word(result->state)));
    json_object_set_new(object, "works", json_boolean(result->state == CHECKUP_WORKS));
    json_object_set_new(object, "number", number);
    json_object_set_new(object, "found", string_of(result->found));
    json_object_set_new(object, "what", string_of(_(row->what)));
    json_object_set_new(object, "instead", string_of(_(row->without)));
    fputs(doctor->printed ? ",\n " : "\n ", stdout);
    json_dumpf(object, stdout, 0);
    json_decref(object);
}

static void carry_out(struct doctor *doctor, const struct check *check)
{
    struct checkup_row row;
    struct checkup_result result;
    checkup_row_at(check->need.index, &row);
    checkup_probe(&doctor->checkup, check->need.index, &result);
    bool good = need_is_met(&check->need, &result);
    if (check->need.comparison != NEED_WORKS)
        result.state = good ? CHECKUP_WORKS : CHECKUP_LACKS;
    if (doctor->json)
        print_object(doctor, &row, &result);
    else
        print_line(doctor, check, &row, &result);
    doctor->failed = doctor->failed || !good;
    doctor->printed++;
    output_flush(); /* the last ones take their time */
}

static int examine(struct doctor *doctor, const struct check *checks, size_t count)
{
    int status = environment_features(&doctor->checkup.features);
    if (status != 0)
        return status;
    doctor->width = output_width();
    if (doctor->json)
        putchar('[');
    for (size_t i = 0; i < count; i++)
        carry_out(doctor, &checks[i]);
    if (!count)
        for (size_t i = 0; i < checkup_count(); i++)
            carry_out(doctor, &(struct check){ .need.index = i });
    if (doctor->json)
        fputs("\n]\n", stdout);
    status = output_end();
    return status ? status : count && doctor->failed ? DOES_NOT : 0;
}

int doctor_subcommand(int argc, char **argv)
{
    struct doctor doctor = { .json = false };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    struct check *checks = xcalloc((size_t)argc, sizeof *checks);
    size_t count;
    output_begin();
    signal(SIGCHLD, SIG_DFL); /* whoever started us may have ignored it, and the probes wait for children */
    int status = operands_parse(doctor_subcommand_options, doctor_subcommand_option_count, argc, argv,
                                take_option, &doctor, operands, &count);
    if (status == HELPED)
        status = output_end();
    else if (status == 0) {
        for (size_t i = 0; i < count && status == 0; i++)
            status = read_check(operands[i], &checks[i]);
        if (status == 0)
            status = examine(&doctor, checks, count);
    }
    free(checks);
    free(operands);
    return status;
}
