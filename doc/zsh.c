/* Completion for zsh: the parts of forklore.zsh.in that the tables know. */
#include "tables.h"

#include "model/columns.h"

#include <stdio.h>
#include <string.h>

/* Writes a text between single quotes; `special` are characters that zsh's completion functions take as their
 * own. */
static void put(const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'')
            printf("'\\'");
        else if (strchr(special, *text))
            putchar('\\');
        putchar(*text);
    }
}

void zsh_subcommands(void)
{
    struct command_line line;
    for (size_t i = 1; command_line_at(i, &line); i++) {
        printf("    '%s:", line.name);
        put(line.help, "\\");
        printf("'\n");
    }
}

void zsh_columns(void)
{
    for (size_t i = 0; i < column_count; i++) {
        printf("    '%s[", column_table[i].name);
        put(column_table[i].help, "\\[]:");
        printf("]'\n");
    }
}

static void put_action(const struct option_row *row)
{
    enum value_kind kind = value_of_option(row);
    putchar(':');
    put(row->argument, "\\:");
    putchar(':');
    if (kind == VALUE_FILE) {
        printf("_files");
    } else if (kind == VALUE_COLUMNS) {
        printf("_forklore_columns");
    } else if (kind == VALUE_EVENT_KINDS) {
        printf("_sequence compadd - ");
        value_write_words(kind);
    } else if (kind == VALUE_TEXT) {
        putchar(' ');
    } else {
        putchar('(');
        value_write_words(kind);
        putchar(')');
    }
}

/* One form of an option; the other, when there is one, is not offered after it. */
static void put_option(const struct option_row *row, bool letter)
{
    printf("            '");
    if (row->letter)
        printf("(-%c --%s)", row->letter, row->name);
    if (letter)
        printf("-%c%s", row->letter, row->argument ? "+" : "");
    else
        printf("--%s%s", row->name, row->argument ? "=" : "");
    putchar('[');
    put(row->help, "\\[]:");
    putchar(']');
    if (row->argument)
        put_action(row);
    printf("'\n");
}

static void put_operands(const struct command_line *line)
{
    static const char *const actions[VALUE_KIND_COUNT] = {
        [VALUE_FILE] = "files:file:_files",
        [VALUE_PID] = "processes:process:_pids",
        [VALUE_USER] = "users:user:_users",
    };
    for (int kind = 0; kind < VALUE_KIND_COUNT; kind++)
        if (actions[kind] && value_is_operand(line, (enum value_kind)kind))
            printf(" '%s'", actions[kind]);
    if (value_is_operand(line, VALUE_CHECK)) {
        printf(" 'checks:check:(");
        value_write_words(VALUE_CHECK);
        printf(")'");
    }
}

void zsh_arguments(void)
{
    struct command_line line;
    for (size_t i = 0; command_line_at(i, &line); i++) {
        printf("    '%s')\n        options=(\n", line.name);
        for (size_t k = 0; k < line.option_count; k++) {
            if (line.options[k].letter)
                put_option(&line.options[k], true);
            put_option(&line.options[k], false);
        }
        printf("        )\n        operands=(");
        put_operands(&line);
        printf(" )\n        ;;\n");
    }
}
