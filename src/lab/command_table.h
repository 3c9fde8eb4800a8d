/* Every command of the language, in one table: parser, help, completion and man page read it. A command that
 * an actor carries out has an act of the same name in actor/acts.c. */
#pragma once

#include "lab/arguments.h"
#include "lab/queue.h"

#include <stddef.h>

enum command_by {
    COMMAND_BY_ACTOR, /* `a: VERB ...` */
    COMMAND_BY_LAB,   /* `VERB ...` */
};

/* What a command is about: the heading it stands under. */
enum command_group {
    COMMANDS_LIFE,
    COMMANDS_WAITING,
    COMMANDS_STATES,
    COMMANDS_GROUPS,
    COMMANDS_PRIORITY,
    COMMANDS_MEMORY,
    COMMANDS_FILES,
    COMMANDS_PIPES,
    COMMANDS_QUEUES,
    COMMANDS_SEMAPHORES,
    COMMANDS_SIGNALS,
    COMMANDS_SOCKETS,
    COMMANDS_POOL,
    COMMANDS_LAB,
    COMMAND_GROUP_COUNT
};

/* Translatable. */
const char *command_group_title(enum command_group group);

struct command {
    const char *verb;
    enum command_by by;
    enum command_group group;
    const char *usage; /* of its arguments, as in a manual: "ACTOR|-1 [WNOHANG]" */
    const char *help;  /* translatable: what it does, in one clause */
    struct argument_rule arguments[COMMAND_RULES_MAX];
    bool waits; /* it may wait for children of the actor: for the one that its first argument names, or any */
    bool spins; /* uses the CPU as long as it takes: limited in number */
    bool for_program; /* it is about the other program that the actor has exec'd */
    /* Carries it out as far as it goes now, and is called again after every event until RUN_DONE. NULL: an
     * order for the actor, arguments passed on. */
    enum progress (*run)(struct lab *lab, struct run *run);
};

/* In the order of the manual. */
extern const struct command command_table[];
extern const size_t command_count;

/* NULL: there is none. */
const struct command *command_find(const char *verb, enum command_by by);
/* Whether the word is a verb, of either kind: no actor can be called so. */
bool command_is_verb(const char *word);
