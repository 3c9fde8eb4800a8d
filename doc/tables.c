/* Reads a template on stdin, and writes it to stdout with what the program's tables hold. */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct directive {
    const char *name; /* between two @ */
    void (*write)(void);
} directives[] = {
    { "version", man_version },
    { "synopsis", man_synopsis },
    { "options", man_options },
    { "subcommands", man_subcommands },
    { "keys", man_keys },
    { "actor-commands", man_actor_commands },
    { "lab-commands", man_lab_commands },
    { "columns", man_columns },
    { "default-columns", man_default_columns },
    { "stat-letters", man_stat_letters },
    { "features", man_features },
    { "checks", man_checks },
    { "pkglibexecdir", man_program_folder },
    { "localedir", man_locale_folder },
    { "pkgdatadir", man_data_folder },
    { "entries", man_entries },
    { "event-kinds", value_event_kinds },
    { "bash-takes", bash_takes },
    { "bash-options", bash_options },
    { "bash-operands", bash_operands },
    { "bash-words", bash_words },
    { "zsh-subcommands", zsh_subcommands },
    { "zsh-columns", zsh_columns },
    { "zsh-arguments", zsh_arguments },
    { "fish-valued-options", fish_valued_options },
    { "fish-columns", fish_columns },
    { "fish-completions", fish_completions },
};

bool command_line_at(size_t index, struct command_line *ret)
{
    if (index > subcommand_count)
        return false;
    if (index == 0) {
        *ret = (struct command_line){ "", "[SUBCOMMAND]", "", program_options, program_option_count };
        return true;
    }
    const struct subcommand *row = &subcommand_table[index - 1];
    *ret = (struct command_line){ row->name, row->operands, row->help, row->options, *row->option_count };
    return true;
}

/* The length of the @NAME@ that begins here; 0: none does. */
static size_t directive_length(const char *text)
{
    if (*text != '@')
        return 0;
    size_t length = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz-");
    return length && text[1 + length] == '@' ? length + 2 : 0;
}

static bool carry_out(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        const char *name = directives[i].name;
        if (strlen(name) == length - 2 && memcmp(name, text + 1, length - 2) == 0) {
            directives[i].write();
            return true;
        }
    }
    if (number_write(text + 1, length - 2))
        return true;
    fprintf(stderr, "tables: there is no %.*s\n", (int)length, text);
    return false;
}

/* Writes a line with its directives carried out; a directive that stands alone ends its lines by itself.
 * False after a word about an unknown one. */
static bool expand(const char *line)
{
    size_t length = directive_length(line);
    if (length && strcmp(line + length, "\n") == 0)
        return carry_out(line, length);
    for (; *line; line += length ? length : 1) {
        length = directive_length(line);
        if (!length)
            putchar(*line);
        else if (!carry_out(line, length))
            return false;
    }
    return true;
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    bool good = true;
    while (good && getline(&line, &size, stdin) > 0)
        good = expand(line);
    free(line);
    return good && fflush(stdout) == 0 && !ferror(stdin) ? 0 : 1;
}
