/* What may be typed where: known by the names that the program's tables give. */
#include "tables.h"

#include "machine/checkup.h"
#include "model/columns.h"
#include "model/event.h"
#include "screen/theme.h"

#include <stdio.h>
#include <string.h>

enum value_kind value_of_option(const struct option_row *row)
{
    static const struct {
        const char *name;
        enum value_kind kind;
    } options[] = {
        { "theme", VALUE_THEME },
        { "lang", VALUE_LANGUAGE },
        { "columns", VALUE_COLUMNS },
        { "only", VALUE_EVENT_KINDS },
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(row->name, options[i].name) == 0)
            return options[i].kind;
    return strcmp(row->argument, "FILE") == 0 ? VALUE_FILE : VALUE_TEXT;
}

/* Whether one of the words between brackets, bars and dots is this one. */
static bool has_word(const char *usage, const char *word)
{
    static const char between[] = " []|.";
    while (*usage) {
        usage += strspn(usage, between);
        size_t length = strcspn(usage, between);
        if (length && length == strlen(word) && memcmp(usage, word, length) == 0)
            return true;
        usage += length;
    }
    return false;
}

bool value_is_operand(const struct command_line *line, enum value_kind kind)
{
    static const char *const words[VALUE_KIND_COUNT] = {
        [VALUE_FILE] = "FILE",   [VALUE_PID] = "PID",
        [VALUE_USER] = "USER",   [VALUE_SUBCOMMAND] = "SUBCOMMAND",
        [VALUE_CHECK] = "CHECK",
    };
    return words[kind] && has_word(line->operands, words[kind]);
}

void value_write_words(enum value_kind kind)
{
    struct command_line line;
    switch (kind) {
    case VALUE_THEME:
        for (const char *const *name = theme_names(); *name; name++)
            printf("%s%s", name == theme_names() ? "" : " ", *name);
        break;
    case VALUE_LANGUAGE:
        printf("en %s", CATALOGUES); /* the messages are English; each catalogue is one language more */
        break;
    case VALUE_COLUMNS:
        for (size_t i = 0; i < column_count; i++)
            printf("%s%s", i ? " " : "", column_table[i].name);
        break;
    case VALUE_EVENT_KINDS:
        for (int event = 0; event < EVENT_KIND_COUNT; event++)
            printf("%s%s", event ? " " : "", event_kind_word((enum event_kind)event));
        break;
    case VALUE_SUBCOMMAND:
        for (size_t i = 1; command_line_at(i, &line); i++)
            printf("%s%s", i > 1 ? " " : "", line.name);
        break;
    case VALUE_CHECK:
        for (size_t i = 0; i < checkup_count(); i++) {
            struct checkup_row row;
            checkup_row_at(i, &row);
            printf("%s%s", i ? " " : "", row.name);
        }
        break;
    default: break;
    }
}

void value_event_kinds(void)
{
    value_write_words(VALUE_EVENT_KINDS);
}
