/* What a script claims of the kernel, and whether it holds:
 *
 *     expect TERM OP TERM [within T]      OP: = != < <= > >= ~
 *     expect OBJECT exists [within T]
 *     expect OBJECT gone [within T]
 *
 * A term is a number (7, -5, 0x1f, 49.5), a text (bare or quoted) or OBJECT.FIELD, with [i] for one element
 * of a list or one character of a text, counted from 0. In place of a number i may be the name of a thing that
 * is worth one: a.offset[f] is that of the descriptor f, a.fd[p[1]] what a pipe's end leads to. OBJECT is an
 * actor or `lab`, perhaps with .child[i] behind it, once or more: p.child[1].stat is that of a child of p,
 * whether it is an actor or not. To the right of ~ stands a POSIX extended regular expression. T is 300ms or
 * 2s. Words are parted by blanks.
 *
 * Pure: where values come from is the caller's business. */
#pragma once

#include "lab/script.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum term_kind {
    TERM_NUMBER,
    TERM_TEXT,
    TERM_FIELD,  /* OBJECT.FIELD, perhaps with an index */
    TERM_OBJECT, /* the OBJECT of `exists` and `gone` */
};

enum { TERM_DEPTH_MAX = 4 };

struct term {
    enum term_kind kind;
    int column;      /* in the script's line */
    double number;   /* of TERM_NUMBER */
    char *text;      /* as written, quotes resolved */
    char object[16]; /* of TERM_FIELD and TERM_OBJECT */
    int children[TERM_DEPTH_MAX]; /* the indices of .child[i] behind it */
    int depth;                    /* how many of these */
    char field[24];  /* of TERM_FIELD; else "" */
    int index;       /* of TERM_FIELD; -1: none, or it is the number that a thing of the actor's is worth: */
    char index_name[24]; /* "f", "p[1]"; else "" */
};

enum expectation_op {
    EXPECT_EQUAL,
    EXPECT_NOT_EQUAL,
    EXPECT_LESS,
    EXPECT_LESS_EQUAL,
    EXPECT_GREATER,
    EXPECT_GREATER_EQUAL,
    EXPECT_MATCH,
    EXPECT_EXISTS,
    EXPECT_GONE,
};

struct expectation {
    int line;
    struct term left, right; /* right is unused by EXPECT_EXISTS and EXPECT_GONE */
    enum expectation_op op;
    regex_t pattern; /* of EXPECT_MATCH */
    int64_t within;  /* nanoseconds to become true in */
};

/* Parses the arguments of the command `expect`. 0 and an expectation to be given to expectation_free(), or
 * -EINVAL with *ret_error filled and *ret untouched. Whether objects and fields exist is not checked: left
 * and right are there for the caller to look at. */
int expectation_parse(struct expectation **ret, const struct script_command *command,
                      struct lab_error *ret_error);
/* Takes NULL. */
void expectation_free(struct expectation *expectation);

enum term_value_kind { TERM_VALUE_UNKNOWN, TERM_VALUE_NUMBER, TERM_VALUE_TEXT };

struct term_value {
    enum term_value_kind kind;
    double number;
    char text[256];
    bool indexed; /* the term's index was applied: the field is a list */
    bool single;  /* the number is a float's of C: see expectation_holds() */
};

/* Gives the value of a TERM_FIELD, whole unless it is a list; for a TERM_OBJECT the number 1 when it exists
 * and 0 when it is gone. *ret is TERM_VALUE_UNKNOWN beforehand: leave it so when the value cannot be read. */
typedef void term_lookup(void *data, const struct term *term, struct term_value *ret);

/* Whether it holds now. Where an unknown value stands nothing holds, `!=` included. A number and a text
 * compare as numbers when the text is one; two texts compare as texts; the order of what is no number is
 * never met. With a float on one side the other is rounded to a float too, as C does when it stores it there:
 * a float that was set to 0.1 equals 0.1, and is shown as the 0.100000001 that it is. `seen` gets what was
 * found, clean for a terminal: "b.stat = S+", "b.ppid = 1, a.pid = 4312", "b exists". */
bool expectation_holds(const struct expectation *expectation, term_lookup *lookup, void *data, char *seen,
                       size_t size);
