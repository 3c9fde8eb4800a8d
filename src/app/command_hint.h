/* What the reader of the prompt is told while typing a command: its usage, and what the argument under the
 * cursor is. */
#pragma once

#include "lab/command_table.h"

#include <stddef.h>

struct command_hint {
    char usage[160];          /* "waitpid ACTOR|-1 [WNOHANG]"; "": no command is written yet */
    size_t marked, marked_to; /* the bytes of the usage that the cursor is in; equal: none */
    char words[160];          /* "the name of an actor; -1: any child", or what the command does */
};

void command_hint_find(struct command_hint *ret, const char *text, size_t cursor);

/* Where in the row's usage the argument of this rule stands. False: it does not say so by itself. */
bool command_usage_find(const struct command *row, const struct argument_rule *rule, size_t *ret_from,
                        size_t *ret_to);
