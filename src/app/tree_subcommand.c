#include "app/tree_subcommand.h"

#include "app/operands.h"
#include "app/output.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/prune.h"
#include "picture/tree_picture.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row tree_subcommand_options[] = {
    { "arguments", 'a', NULL, N_("print command lines in place of names") },
    { "ascii", 0, NULL, N_("draw with ASCII characters only") },
    { "columns", 0, N_("LIST"), N_("columns to print, such as pid,ppid,stat,ni,user") },
    { "depth", 0, N_("NUMBER"), N_("print so many levels only") },
    { "dot", 0, NULL, N_("print a graph for Graphviz") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "json", 0, NULL, N_("print an array of JSON objects") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "mermaid", 0, NULL, N_("print a flowchart for Mermaid") },
    { "threads", 0, NULL, N_("print threads too") },
};
const size_t tree_subcommand_option_count = sizeof tree_subcommand_options / sizeof *tree_subcommand_options;

enum { HELPED = -1 };

struct tree_options {
    void (*take)(const struct tree_picture *picture, FILE *to);
    const char *columns;
    bool arguments, ascii, threads;
    size_t depth; /* 0: all levels */
};

static void print_help(void)
{
    puts(_("Usage: forklore tree [OPTION]... [PID|USER]...\n"
           "Prints the process tree once: all of it, or what descends from a process or from a user's "
           "processes.\n"));
    option_print_help(tree_subcommand_options, tree_subcommand_option_count);
    printf(_("\nColumns:\n"));
    for (size_t i = 0; i < column_count; i++)
        printf("  %-6s %-6s %s\n", column_table[i].name, column_table[i].title, _(column_table[i].help));
}

static int take_depth(struct tree_options *options, const char *value)
{
    char *end;
    long depth = strtol(value, &end, 10);
    if (end == value || *end || depth < 1 || depth > INT_MAX) {
        fprintf(stderr, _("forklore: --depth: a number from 1 on is wanted, not %s\n"), value);
        return 2;
    }
    options->depth = (size_t)depth;
    return 0;
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct tree_options *options = data;
    const char *name = row->name;
    if (strcmp(name, "arguments") == 0)
        options->arguments = true;
    else if (strcmp(name, "ascii") == 0)
        options->ascii = true;
    else if (strcmp(name, "columns") == 0)
        options->columns = value;
    else if (strcmp(name, "depth") == 0)
        return take_depth(options, value);
    else if (strcmp(name, "dot") == 0)
        options->take = picture_dot;
    else if (strcmp(name, "json") == 0)
        options->take = picture_json;
    else if (strcmp(name, "mermaid") == 0)
        options->take = picture_mermaid;
    else if (strcmp(name, "threads") == 0)
        options->threads = true;
    else {
        print_help();
        return HELPED;
    }
    return 0;
}

static int parse_columns(const struct tree_options *options, const struct column **columns, size_t *ret_count)
{
    const char *unknown;
    if (column_parse(options->columns ? options->columns : column_default, columns, ret_count, &unknown) == 0)
        return 0;
    fprintf(stderr, _("forklore: --columns: there is no column %.*s; see forklore tree --help\n"),
            (int)strcspn(unknown, ","), unknown);
    return 2;
}

/* All is printed once, so STAT's L is read for all. */
static enum sample_need needs_of(const struct tree_options *options, const struct tree_picture *picture)
{
    unsigned needs = options->threads ? SAMPLE_THREADS : 0;
    if (options->take == picture_json)
        return (enum sample_need)(needs | SAMPLE_LOCKED | SAMPLE_CMDLINE | SAMPLE_TTY);
    if (options->take != picture_text)
        return (enum sample_need)(needs | SAMPLE_LOCKED);
    needs |= columns_need(picture->columns, picture->column_count);
    for (size_t i = 0; i < picture->column_count; i++)
        if (picture->columns[i] == column_find("stat"))
            needs |= SAMPLE_LOCKED;
    if (options->arguments)
        needs |= SAMPLE_CMDLINE;
    return (enum sample_need)needs;
}

static int read_sample(enum sample_need needs, struct sample *ret)
{
    struct sampler *sampler;
    int r = sampler_new(&sampler);
    if (r == 0) {
        r = sampler_read(sampler, &(struct sample_request){ .needs = needs }, ret);
        sampler_free(sampler);
    }
    if (r < 0)
        fprintf(stderr, _("forklore: /proc could not be read: %s (%s)\n"), error_name(r), error_words(r));
    return r;
}

static void resolve_users(struct users *users, const struct sample *sample)
{
    for (size_t i = 0; i < sample->count; i++)
        users_name(users, sample->processes[i].euid);
    users_resolve(users);
}

/* Takes out what the operands do not name, and then what is too deep. */
static int choose_rows(struct tree *tree, const struct tree_options *options, const char *const *operands,
                       size_t operand_count)
{
    int status = 0;
    bool *shown = xcalloc(tree->count, sizeof *shown);
    if (operand_count) {
        status = operands_show(operands, operand_count, tree, shown);
        tree_prune(tree, shown);
    }
    if (options->depth) {
        for (size_t i = 0; i < tree->count; i++)
            shown[i] = (size_t)tree->rows[i].depth < options->depth;
        tree_prune(tree, shown);
    }
    free(shown);
    return status;
}

static int print_tree(const struct tree_options *options, struct tree_picture *picture,
                      const char *const *operands, size_t operand_count)
{
    struct sample sample = { 0 };
    struct tree tree = { 0 };
    struct computer computer;
    computer_read(&computer);
    if (read_sample(needs_of(options, picture), &sample) < 0)
        return 1;
    struct column_context context = { &sample, &computer, users_new() };
    resolve_users(context.users, &sample);
    tree_build(&tree, &sample, NULL, &(struct order){ 0 });
    int status = choose_rows(&tree, options, operands, operand_count);
    picture->tree = &tree;
    picture->context = &context;
    if (tree.count || status == 0)
        options->take(picture, stdout);
    users_free(context.users);
    tree_release(&tree);
    sample_release(&sample);
    int written = output_end();
    return status ? status : written;
}

int tree_subcommand(int argc, char **argv)
{
    struct tree_options options = { .take = picture_text };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    const struct column **columns = xcalloc(column_count, sizeof *columns);
    struct tree_picture picture = { .columns = columns };
    size_t operand_count;
    output_begin();
    int status = operands_parse(tree_subcommand_options, tree_subcommand_option_count, argc, argv,
                                take_option, &options, operands, &operand_count);
    if (status == 0)
        status = parse_columns(&options, columns, &picture.column_count);
    if (status == 0) {
        picture.ascii = options.ascii || !text_locale_is_utf8();
        picture.arguments = options.arguments;
        picture.width = output_width();
        status = print_tree(&options, &picture, operands, operand_count);
    } else if (status == HELPED) {
        status = output_end();
    }
    free(columns);
    free(operands);
    return status;
}
