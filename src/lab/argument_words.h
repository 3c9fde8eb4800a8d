/* The arguments of commands in words, for people who are typing one. */
#pragma once

#include "lab/arguments.h"

/* What such an argument is, translated, in one clause: "a signal: TERM, SIGTERM or 15"; "" where the
 * command's help has to do. Returns text. */
const char *argument_describe(const struct argument_rule *rule, char *text, size_t size);
