/* Every entry that the manual must have, for the test that looks for them in it. */
#include "tables.h"

#include "app/key_table.h"
#include "lab/command_table.h"
#include "machine/checkup.h"
#include "model/columns.h"
#include "model/stat_code.h"

#include <stdio.h>

static void list_options(const char *section, const struct command_line *line)
{
    for (size_t i = 0; i < line->option_count; i++) {
        const struct option_row *row = &line->options[i];
        printf("%s\t", section);
        if (row->letter)
            printf("-%c, ", row->letter);
        printf("--%s%s%s\n", row->name, row->argument ? " " : "", row->argument ? row->argument : "");
    }
}

void man_entries(void)
{
    struct command_line line;
    char names[64];
    for (size_t i = 0; command_line_at(i, &line); i++) {
        if (i > 0)
            printf("SYNOPSIS\tforklore %s\nSUBCOMMANDS\tforklore %s %s\n", line.name, line.name,
                   line.operands);
        list_options(i > 0 ? "SUBCOMMANDS" : "OPTIONS", &line);
    }
    for (size_t i = 0; i < key_count; i++)
        printf("KEYS\t%s\n", key_names(names, sizeof names, &key_table[i]));
    for (size_t i = 0; i < lesson_keys.count; i++)
        printf("KEYS\t%s\n", key_names(names, sizeof names, &lesson_keys.rows[i]));
    for (size_t i = 0; i < command_count; i++) {
        const struct command *row = &command_table[i];
        printf("COMMAND LANGUAGE\t%s%s%s\n", row->verb, *row->usage ? " " : "", row->usage);
    }
    for (size_t i = 0; i < column_count; i++)
        printf("COLUMNS\t%s\n", column_table[i].name);
    struct stat_letter letter;
    for (size_t i = 0; stat_letter_at(i, &letter); i++)
        printf("STAT CODES\t%c\n", letter.letter);
    for (size_t i = 0; i < FEATURE_COUNT; i++)
        printf("KERNELS\t%s\n", feature_table[i].name);
    for (size_t i = FEATURE_COUNT; i < checkup_count(); i++) {
        struct checkup_row row;
        checkup_row_at(i, &row);
        printf("CHECKS\t%s\n", row.name);
    }
}
