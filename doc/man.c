/* The lists of the manual, as mdoc(7). Texts come from tables, so whatever roff would take as its own is
 * escaped. */
#include "tables.h"

#include "app/key_table.h"
#include "config.h"
#include "lab/command_table.h"
#include "machine/checkup.h"
#include "machine/features.h"
#include "model/columns.h"
#include "model/stat_code.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void put_character(char character)
{
    switch (character) {
    case '\\': printf("\\(rs"); break;
    case '^': printf("\\(ha"); break;
    case '~': printf("\\(ti"); break;
    case '`': printf("\\(ga"); break;
    case '"': printf("\\(dq"); break;
    default: putchar(character);
    }
}

/* Words of a sentence: a hyphen between letters is one, any other stands for itself. */
static void put_prose(const char *text)
{
    printf("\\&");
    for (const char *at = text; *at; at++) {
        bool hyphen =
            *at == '-' && at > text && isalpha((unsigned char)at[-1]) && isalpha((unsigned char)at[1]);
        if (*at == '-' && !hyphen)
            printf("\\-");
        else
            put_character(*at);
    }
}

/* What is typed, as one argument of a macro. */
static void put_literal(const char *text)
{
    printf("\"\\&");
    for (; *text; text++) {
        if (*text == '-')
            printf("\\-");
        else if (*text == '\'')
            printf("\\(aq");
        else
            put_character(*text);
    }
    putchar('"');
}

static void put_item(const char *tag, const char *help)
{
    printf(".It Ic ");
    put_literal(tag);
    putchar('\n');
    put_prose(help);
    putchar('\n');
}

static void put_option(const struct option_row *row)
{
    printf(".It ");
    if (row->letter)
        printf("Fl %c , ", row->letter);
    printf("Fl \\-");
    for (const char *at = row->name; *at; at++)
        printf(*at == '-' ? "\\-" : "%c", *at);
    if (row->argument) {
        printf(" Ar ");
        put_literal(row->argument);
    }
    putchar('\n');
    put_prose(row->help);
    putchar('\n');
}

static void put_options(const struct command_line *line)
{
    if (!line->option_count)
        return;
    printf(".Bl -tag -width Ds\n");
    for (size_t i = 0; i < line->option_count; i++)
        put_option(&line->options[i]);
    printf(".El\n");
}

void man_version(void)
{
    printf("%s", PACKAGE_VERSION);
}

void man_synopsis(void)
{
    struct command_line line;
    printf(".Nm\n.Op Ar OPTION ...\n");
    for (size_t i = 1; command_line_at(i, &line); i++) {
        printf(".Nm\n.Cm ");
        put_literal(line.name);
        printf("\n.Op Ar OPTION ...\n");
        if (*line.operands) {
            printf(".Ar ");
            put_literal(line.operands);
            putchar('\n');
        }
    }
}

void man_options(void)
{
    struct command_line line;
    command_line_at(0, &line);
    put_options(&line);
}

void man_subcommands(void)
{
    struct command_line line;
    for (size_t i = 1; command_line_at(i, &line); i++) {
        char title[256];
        snprintf(title, sizeof title, "forklore %s %s", line.name, line.operands);
        printf(".Ss ");
        put_literal(title);
        putchar('\n');
        putchar(toupper((unsigned char)*line.help));
        put_prose(line.help + 1);
        printf(".\n");
        put_options(&line);
    }
}

static void put_key(const struct key_row *row)
{
    char names[64];
    put_item(key_names(names, sizeof names, row), row->help);
    if (row->command) {
        printf(".Pq command: Li ");
        put_literal(row->command);
        putchar('\n');
    }
}

static void put_group(const struct key_table *table, enum key_group group)
{
    printf(".Ss ");
    put_literal(key_group_title(group));
    printf("\n.Bl -tag -width F6_Backspace\n");
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].group == group)
            put_key(&table->rows[i]);
    printf(".El\n");
}

void man_keys(void)
{
    for (size_t g = 0; g < key_group_count; g++)
        put_group(&tree_keys, key_group_order[g]);
    put_group(&lesson_keys, KEYS_LESSON);
}

static void put_command(const struct command *row)
{
    printf(".It Ic ");
    put_literal(row->verb);
    if (*row->usage) {
        printf(" Ar ");
        put_literal(row->usage);
    }
    putchar('\n');
    put_prose(row->help);
    putchar('\n');
}

static void put_commands(enum command_by by)
{
    for (int group = 0; group < COMMAND_GROUP_COUNT; group++) {
        bool headed = false;
        for (size_t i = 0; i < command_count; i++) {
            if (command_table[i].by != by || (int)command_table[i].group != group)
                continue;
            if (!headed) {
                printf(".Pp\n.Sy ");
                put_literal(command_group_title((enum command_group)group));
                printf("\n.Bl -tag -width Ds -compact\n");
            }
            headed = true;
            put_command(&command_table[i]);
        }
        if (headed)
            printf(".El\n");
    }
}

void man_actor_commands(void)
{
    put_commands(COMMAND_BY_ACTOR);
}

void man_lab_commands(void)
{
    put_commands(COMMAND_BY_LAB);
}

void man_columns(void)
{
    printf(".Bl -tag -width start_\n");
    for (size_t i = 0; i < column_count; i++) {
        put_item(column_table[i].name, column_table[i].help);
        printf(".Pq headed Li ");
        put_literal(column_table[i].title);
        putchar('\n');
    }
    printf(".El\n");
}

void man_default_columns(void)
{
    printf("%s", column_default);
}

void man_stat_letters(void)
{
    struct stat_letter letter;
    printf(".Bl -tag -width Ds\n");
    for (size_t i = 0; stat_letter_at(i, &letter); i++)
        put_item((char[]){ letter.letter, '\0' }, letter.meaning);
    printf(".El\n");
}

void man_features(void)
{
    printf(".Bl -tag -width Ds\n");
    for (size_t i = 0; i < FEATURE_COUNT; i++) {
        const struct feature_row *row = &feature_table[i];
        put_item(row->name, row->what);
        printf("(Linux %s).\nWithout it:\n", row->since);
        put_prose(row->without);
        printf(".\n");
    }
    printf(".El\n");
}

/* The optional features stand in a list of their own. */
void man_checks(void)
{
    printf(".Bl -tag -width Ds\n");
    for (size_t i = FEATURE_COUNT; i < checkup_count(); i++) {
        struct checkup_row row;
        checkup_row_at(i, &row);
        put_item(row.name, row.what);
        if (row.number) {
            printf("(number:\n");
            put_prose(row.number);
            printf(").\n");
        }
        printf(".br\nElse:\n");
        put_prose(row.without);
        printf(".\n");
    }
    printf(".El\n");
}

void man_program_folder(void)
{
    printf("%s", PKGLIBEXECDIR);
}

void man_locale_folder(void)
{
    printf("%s", LOCALEDIR);
}

void man_data_folder(void)
{
    printf("%s", PKGDATADIR);
}
