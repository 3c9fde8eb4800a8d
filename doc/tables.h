/* What `make` makes of the program's own tables: the lists of forklore(1), and completion for three shells. A
 * template holds what people wrote; @NAME@ in it stands for what a writer below writes to stdout. */
#pragma once

#include "app/program.h"

#include <stdbool.h>
#include <stddef.h>

/* One command line: that of forklore itself, or that of a subcommand. */
struct command_line {
    const char *name; /* the subcommand; "": forklore itself */
    const char *operands;
    const char *help;
    const struct option_row *options;
    size_t option_count;
};

/* 0 is forklore itself, its subcommands follow in their order. False: there are no more. */
bool command_line_at(size_t index, struct command_line *ret);

/* What may be typed at some place, as far as a shell can know it. */
enum value_kind {
    VALUE_TEXT, /* nothing to choose from */
    VALUE_FILE,
    VALUE_THEME,
    VALUE_LANGUAGE,
    VALUE_COLUMNS,     /* several, separated by commas */
    VALUE_EVENT_KINDS, /* the same */
    VALUE_PID,
    VALUE_USER,
    VALUE_SUBCOMMAND,
    VALUE_CHECK, /* of doctor */
    VALUE_KIND_COUNT
};

/* Of an option that takes a value. */
enum value_kind value_of_option(const struct option_row *row);
/* Whether an operand of the command line may be of this kind. */
bool value_is_operand(const struct command_line *line, enum value_kind kind);
/* The words of a kind that has a known set, separated by blanks; nothing is written for any other. */
void value_write_words(enum value_kind kind);
void value_event_kinds(void);

/* numbers.c: writes the number of this name; false: there is none. */
bool number_write(const char *name, size_t length);

/* man.c: the lists of the manual, in mdoc(7). */
void man_version(void);
void man_synopsis(void);
void man_options(void);
void man_subcommands(void);
void man_keys(void);
void man_actor_commands(void);
void man_lab_commands(void);
void man_columns(void);
void man_default_columns(void);
void man_stat_letters(void);
void man_features(void);
void man_checks(void);
void man_program_folder(void);
void man_locale_folder(void);
void man_data_folder(void);

/* man_entries.c: every entry that the manual must have, one on a line: its section, a tab, and the text it
 * begins with. */
void man_entries(void);

/* bash.c: arms of case commands. */
void bash_takes(void);
void bash_options(void);
void bash_operands(void);
void bash_words(void);

/* zsh.c: elements of arrays, and arms of a case command that set them. */
void zsh_subcommands(void);
void zsh_columns(void);
void zsh_arguments(void);

/* fish.c */
void fish_valued_options(void);
void fish_columns(void);
void fish_completions(void);
