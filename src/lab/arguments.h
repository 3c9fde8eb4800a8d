/* The arguments of commands: checked when a script is parsed, before anything is done, and put into an order
 * for an actor when it is its turn. */
#pragma once

#include "lab/channel.h"
#include "lab/script.h"

struct lab;
struct command;

enum argument_kind {
    ARGUMENT_NONE,        /* the end of the rules */
    ARGUMENT_ACTOR,       /* its name; passed on as its pid */
    ARGUMENT_CHILD,       /* an actor, or -1: any */
    ARGUMENT_GROUP,       /* an actor, or 0: itself */
    ARGUMENT_NAME,        /* for a new actor; without one the next free name */
    ARGUMENT_COUNT,       /* count=N */
    ARGUMENT_NICE,        /* nice=N */
    ARGUMENT_PIN,         /* cpu=N */
    ARGUMENT_NUMBER,      /* a whole number */
    ARGUMENT_STATUS,      /* 0 to 255 */
    ARGUMENT_TIME,        /* milliseconds, at least 1 */
    ARGUMENT_CPU,         /* the number of a CPU, or all */
    ARGUMENT_PRIORITY,    /* 0 to 99 */
    ARGUMENT_SIGNAL,      /* TERM, SIGTERM, 15; passed on as number and name */
    ARGUMENT_CHOICE,      /* one of the words in `words` */
    ARGUMENT_TEXT,        /* anything */
    ARGUMENT_EXPECTATION, /* this and the rest are lab/expectation.h's */
};

enum { COMMAND_RULES_MAX = 5, COMMAND_COUNT_MAX = 63 };

struct argument_rule {
    enum argument_kind kind;
    const char *words; /* of ARGUMENT_CHOICE: separated by `|` */
    bool optional;
    bool repeats;       /* the last rule: any number more of them */
    const char *absent; /* passed on when it is left out; NULL: nothing is */
};

/* Checks a command's arguments against its rules. 0, or -EINVAL with *ret_error filled. */
int arguments_check(const struct command *row, const struct script_command *command,
                    struct lab_error *ret_error);

/* Appends the arguments as the actor takes them. 0, or -errno with *ret_wrong the argument: -ENOENT: it names
 * no actor that is there. */
int arguments_encode(const struct lab *lab, const struct command *row, const struct script_command *command,
                     struct channel_text *text, const struct script_word **ret_wrong);

/* The value of an option such as count=N that was checked; `otherwise` when it is not there. */
long arguments_option(const struct script_command *command, const char *key, long otherwise);
/* The argument that is a name for a new actor; NULL: none was given. */
const struct script_word *arguments_name(const struct command *row, const struct script_command *command);
/* A number that was checked. */
long arguments_number(const struct script_word *word);
