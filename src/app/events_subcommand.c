#include "app/events_subcommand.h"

#include "app/event_follower.h"
#include "app/operands.h"
#include "app/output.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row events_subcommand_options[] = {
    { "delay", 'd', N_("SECONDS"), N_("time between two readings; 1 by default") },
    { "for", 0, N_("SECONDS"), N_("end by itself after so long") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "json", 0, NULL, N_("print one JSON object a line") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "only", 0, N_("KINDS"), N_("print these only, such as born,zombie,gone") },
};
const size_t events_subcommand_option_count =
    sizeof events_subcommand_options / sizeof *events_subcommand_options;

enum { HELPED = -1 };

static void print_help(void)
{
    puts(_("Usage: forklore events [OPTION]... [PID|USER]...\n"
           "Prints what happens to processes until it is interrupted: to all of them, or to the named ones "
           "and what\n"
           "descends from them. The scheduler's changes between R and S are left out.\n"));
    option_print_help(events_subcommand_options, events_subcommand_option_count);
    printf(_("\nKinds:"));
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
        printf(" %s", event_kind_word((enum event_kind)kind));
    printf("\n");
}

static int take_kinds(struct follow_options *options, const char *value)
{
    options->kinds = 0;
    for (const char *word = value;;) {
        size_t length = strcspn(word, ",");
        int kind = 0;
        while (kind < EVENT_KIND_COUNT &&
               (strlen(event_kind_word((enum event_kind)kind)) != length ||
                strncmp(event_kind_word((enum event_kind)kind), word, length) != 0))
            kind++;
        if (kind == EVENT_KIND_COUNT) {
            fprintf(stderr, _("forklore: --only: there is no kind %.*s; see forklore events --help\n"),
                    (int)length, word);
            return 2;
        }
        options->kinds |= 1u << kind;
        if (!word[length])
            return 0;
        word += length + 1;
    }
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct follow_options *options = data;
    if (strcmp(row->name, "delay") == 0)
        return option_seconds(row->name, value, &options->delay);
    if (strcmp(row->name, "for") == 0)
        return option_seconds(row->name, value, &options->duration);
    if (strcmp(row->name, "only") == 0)
        return take_kinds(options, value);
    if (strcmp(row->name, "json") == 0) {
        options->json = true;
        return 0;
    }
    print_help();
    return HELPED;
}

static int follow(const struct follow_options *options, const char *const *words, size_t count)
{
    struct operand *operands = xcalloc(count, sizeof *operands);
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = operand_read(words[i], &operands[i]);
    if (status == 0)
        status = event_follow(options, operands, count);
    free(operands);
    return status;
}

int events_subcommand(int argc, char **argv)
{
    struct follow_options options = { .delay = 1, .kinds = ~0u };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    output_begin();
    int status = operands_parse(events_subcommand_options, events_subcommand_option_count, argc, argv,
                                take_option, &options, operands, &count);
    if (status == 0)
        status = follow(&options, operands, count);
    else if (status == HELPED)
        status = output_end();
    free(operands);
    return status;
}
