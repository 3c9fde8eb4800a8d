/* Where in a line of the command language the cursor is: in the verb, or in which argument of which command.
 */
#pragma once

#include "lab/command_table.h"
#include "lab/script.h"

#include <stdbool.h>
#include <stddef.h>

struct command_place {
    size_t word;                          /* the byte where the word under the cursor begins */
    struct script *script;                /* private: owns what the others point to */
    const struct script_command *command; /* up to that word, which is its last; NULL: there is no command,
                                             but a comment or a mistake */
    const struct command *row;            /* NULL: the word is the verb, or the verb is unknown */
    size_t index;                         /* of the argument that the word is */
    const struct argument_rule *rule;     /* that it falls under; NULL: none does, or row is NULL */
    bool on_verb;
};

/* Looks at the text up to byte `end`. Given to command_place_release(). */
void command_place_find(struct command_place *ret, const char *text, size_t end);
void command_place_release(struct command_place *place);
