/* Completion for bash: the parts of forklore.bash.in that the tables know. */
#include "tables.h"

#include <stdio.h>

/* How forklore.bash.in calls them. */
static const char *const kind_names[VALUE_KIND_COUNT] = {
    [VALUE_TEXT] = "text",          [VALUE_FILE] = "files",      [VALUE_THEME] = "themes",
    [VALUE_LANGUAGE] = "languages", [VALUE_COLUMNS] = "columns", [VALUE_EVENT_KINDS] = "events",
    [VALUE_PID] = "pids",           [VALUE_USER] = "users",      [VALUE_SUBCOMMAND] = "subcommands",
    [VALUE_CHECK] = "checks",
};

void bash_takes(void)
{
    struct command_line line;
    for (size_t i = 0; command_line_at(i, &line); i++)
        for (size_t k = 0; k < line.option_count; k++) {
            const struct option_row *row = &line.options[k];
            if (!row->argument)
                continue;
            printf("    '%s --%s'", line.name, row->name);
            if (row->letter)
                printf(" | '%s -%c'", line.name, row->letter);
            printf(") echo %s ;;\n", kind_names[value_of_option(row)]);
        }
}

void bash_options(void)
{
    struct command_line line;
    for (size_t i = 0; command_line_at(i, &line); i++) {
        printf("    '%s') echo '", line.name);
        for (size_t k = 0; k < line.option_count; k++)
            printf("%s--%s", k ? " " : "", line.options[k].name);
        printf("' ;;\n");
    }
}

void bash_operands(void)
{
    struct command_line line;
    for (size_t i = 0; command_line_at(i, &line); i++) {
        printf("    '%s') echo '", line.name);
        const char *between = "";
        for (int kind = 0; kind < VALUE_KIND_COUNT; kind++)
            if (value_is_operand(&line, (enum value_kind)kind)) {
                printf("%s%s", between, kind_names[kind]);
                between = " ";
            }
        printf("' ;;\n");
    }
}

void bash_words(void)
{
    static const enum value_kind known[] = { VALUE_THEME,       VALUE_LANGUAGE,   VALUE_COLUMNS,
                                             VALUE_EVENT_KINDS, VALUE_SUBCOMMAND, VALUE_CHECK };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        printf("    %s) echo '", kind_names[known[i]]);
        value_write_words(known[i]);
        printf("' ;;\n");
    }
}
