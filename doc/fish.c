/* Completion for fish: the parts of forklore.fish.in that the tables know. */
#include "tables.h"

#include "model/columns.h"

#include <stdio.h>

static void put(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

/* Those of forklore itself: what follows one of them is no subcommand. */
void fish_valued_options(void)
{
    const char *between = "";
    for (size_t i = 0; i < program_option_count; i++) {
        const struct option_row *row = &program_options[i];
        if (!row->argument)
            continue;
        printf("%s--%s", between, row->name);
        if (row->letter)
            printf(" -%c", row->letter);
        between = " ";
    }
}

void fish_columns(void)
{
    for (size_t i = 0; i < column_count; i++) {
        printf("        %s '", column_table[i].name);
        put(column_table[i].help);
        printf("'%s\n", i + 1 < column_count ? " \\" : "");
    }
}

static void put_value(const struct option_row *row)
{
    enum value_kind kind = value_of_option(row);
    if (kind == VALUE_FILE) {
        printf(" -r -F");
    } else if (kind == VALUE_TEXT) {
        printf(" -x");
    } else if (kind == VALUE_COLUMNS) {
        printf(" -x -a '(__fish_complete_list , __forklore_columns)'");
    } else if (kind == VALUE_EVENT_KINDS) {
        printf(" -x -a '(__fish_complete_list , __forklore_events)'");
    } else {
        printf(" -x -a '");
        value_write_words(kind);
        putchar('\'');
    }
}

static void put_option(const struct command_line *line, const struct option_row *row)
{
    printf("complete -c forklore -n '__forklore_at \"%s\"' -l %s", line->name, row->name);
    if (row->letter)
        printf(" -s %c", row->letter);
    if (row->argument)
        put_value(row);
    printf(" -d '");
    put(row->help);
    printf("'\n");
}

static void put_operands(const struct command_line *line)
{
    static const char *const actions[VALUE_KIND_COUNT] = {
        [VALUE_FILE] = "-F",
        [VALUE_PID] = "-a '(__fish_complete_pids)'",
        [VALUE_USER] = "-a '(__fish_complete_users)'",
    };
    for (int kind = 0; kind < VALUE_KIND_COUNT; kind++)
        if (actions[kind] && value_is_operand(line, (enum value_kind)kind))
            printf("complete -c forklore -n '__forklore_at \"%s\"' %s\n", line->name, actions[kind]);
    if (value_is_operand(line, VALUE_CHECK)) {
        printf("complete -c forklore -n '__forklore_at \"%s\"' -a '", line->name);
        value_write_words(VALUE_CHECK);
        printf("'\n");
    }
}

void fish_completions(void)
{
    struct command_line line;
    for (size_t i = 1; command_line_at(i, &line); i++) {
        printf("complete -c forklore -n '__forklore_at \"\"' -a %s -d '", line.name);
        put(line.help);
        printf("'\n");
    }
    for (size_t i = 0; command_line_at(i, &line); i++) {
        for (size_t k = 0; k < line.option_count; k++)
            put_option(&line, &line.options[k]);
        put_operands(&line);
    }
}
