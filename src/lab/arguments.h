/* The arguments of commands: checked when a script is parsed, before anything is done, and put into an order
 * for an actor when it is its turn. */
#pragma once

#include "lab/channel.h"
#include "lab/script.h"

struct lab;
struct member;
struct command;

enum argument_kind {
    ARGUMENT_NONE,        /* the end of the rules */
    ARGUMENT_ACTOR,       /* its name; passed on as its pid */
    ARGUMENT_CHILD,       /* an actor, or -1: any */
    ARGUMENT_GROUP,       /* an actor, or 0: itself */
    ARGUMENT_NAME,        /* for a new actor; without one the next free name */
    ARGUMENT_NEW_THING,   /* a name for a new thing of the actor's: a variable, a file, a pipe */
    ARGUMENT_THING,       /* one that it has, by its name, perhaps with an index: x, numbers[2], p[1] */
    ARGUMENT_TARGET,      /* what is assigned to: a new name, or an element of shared memory, arr[2] */
    ARGUMENT_ELEMENT,     /* one number that it has: x, v, arr[2] */
    ARGUMENT_LOCK,        /* yes or no: whether the lock of that shared memory is taken */
    ARGUMENT_NEW_POOL,    /* a name for a new pool: two queues and some workers will be called after it */
    ARGUMENT_POOL,        /* one that it has */
    ARGUMENT_EQUALS,      /* the sign = ; not passed on */
    ARGUMENT_VALUE,       /* a number, or a text; passed on with 'n' or 't' before it */
    ARGUMENT_LIST,        /* [1, 2, 3]; passed on as "1 2 3" */
    ARGUMENT_SHAPE,       /* of shared memory: i, f or c, perhaps with a length: i[10] */
    ARGUMENT_NUMBER,      /* a whole number from min to max */
    ARGUMENT_CPU,         /* the number of a CPU, or all */
    ARGUMENT_PIN,         /* the number of a CPU */
    ARGUMENT_SPAN,        /* 300ms or 2s */
    ARGUMENT_SIGNAL,      /* TERM, SIGTERM, 15; passed on as number and name */
    ARGUMENT_ADDRESS,     /* ACTOR.SOCKET, passed on as its port; or the port of an actor's socket */
    ARGUMENT_PORT,        /* a number, or ACTOR.SOCKET: the port that this one has */
    ARGUMENT_CHOICE,      /* one of the words in `words` */
    ARGUMENT_NEW_VALUE,   /* a name for a value that the lab remembers */
    ARGUMENT_TERM,        /* OBJECT.FIELD: lab/expectation.h */
    ARGUMENT_TEXT,        /* anything but nothing */
    ARGUMENT_ANY,         /* anything */
    ARGUMENT_EXPECTATION, /* this and the rest are lab/expectation.h's */
};

enum { COMMAND_RULES_MAX = 6, COMMAND_COUNT_MAX = 63 };

/* Arguments are passed on in the order of their rules. */
struct argument_rule {
    enum argument_kind kind;
    const char *key;   /* it is written KEY=VALUE, at any place; NULL: VALUE, at its own */
    const char *lead;  /* this word stands before it; NULL: none does */
    const char *words; /* of ARGUMENT_CHOICE: separated by `|`; of ARGUMENT_THING, _ELEMENT and _TARGET: the
                          letters of the kinds that will do (enum protocol_thing), NULL: all; of
                          ARGUMENT_SIGNAL: a signal that will not do; of ARGUMENT_ADDRESS: udp or tcp */
    long min, max;     /* of ARGUMENT_NUMBER */
    bool optional;
    bool repeats;       /* any number more of them, up to the lead of the next rule */
    const char *absent; /* passed on when it is left out; NULL: nothing is */
};

/* Checks a command's arguments against its rules. 0, or -EINVAL with *ret_error filled. */
int arguments_check(const struct command *row, const struct script_command *command,
                    struct lab_error *ret_error);

/* The rule that the argument number `index` falls under, as far as the words before it decide; a word that
 * announces an argument falls under that one's. NULL: it is one too many. */
const struct argument_rule *arguments_rule_of(const struct command *row, const struct script_command *command,
                                              size_t index);

/* Appends the arguments as the actor takes them. 0, or -errno with *ret_wrong the argument's text: -ENOENT:
 * it names no actor that is there; -ENXIO: the actor it is about has no such thing; -EBADF: that thing is of
 * another kind; -ERANGE: it has no such element; -EDOM: it does not take that value; -ENOLCK: it has no lock;
 * -EHOSTUNREACH: no actor has such a socket. */
int arguments_encode(const struct lab *lab, const struct member *actor, const struct command *row,
                     const struct script_command *command, struct channel_text *text, const char **ret_wrong);

/* The name that a command which was checked gives to a thing of the actor's; NULL: to none. */
const char *arguments_new_thing(const struct command *row, const struct script_command *command);

/* The value of an option such as count=N that was checked; `otherwise` when it is not there. */
long arguments_option(const struct script_command *command, const char *key, long otherwise);
/* The first word that falls under a rule of this kind; NULL: there is none. */
const struct script_word *arguments_find(const struct command *row, const struct script_command *command,
                                         enum argument_kind kind);
/* A number that was checked. */
long arguments_number(const struct script_word *word);
