/* One argument of a command, by its kind: whether a text is one, and what of it is passed on. */
#pragma once

#include "lab/arguments.h"

struct thing;

enum { ARGUMENT_WHY_SIZE = 200 };

/* What is wrong with the value (without KEY=), translated, written to `why` (ARGUMENT_WHY_SIZE bytes); NULL:
 * nothing. */
const char *argument_check(const struct argument_rule *rule, const struct script_word *word,
                           const char *value, char *why);
/* Appends the value as an actor takes it. 0 or -errno as arguments_encode(). `about`: the thing that the
 * command is about, where other arguments must suit it; NULL: there is none. */
int argument_encode(const struct lab *lab, const struct member *actor, const struct thing *about,
                    const struct argument_rule *rule, const struct script_word *word, const char *value,
                    struct channel_text *to);
/* The same for the name of a thing. */
int argument_encode_thing(const struct member *actor, const struct argument_rule *rule, const char *value,
                          struct channel_text *to);
/* The thing of that name, which may have an index behind it; NULL: it has none. */
const struct thing *argument_thing(const struct member *actor, const char *text);
