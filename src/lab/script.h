/* The text of the command language, cut into commands. What the words mean is the command table's business; a
 * script is cut, checked against the table and only then carried out, so that a mistake in its last line
 * prevents its first act.
 *
 *     script   lines; `;` separates commands on a line; a word that begins with `#` starts a comment
 *     command  [ACTOR:] VERB ARGUMENT...
 *     word     bare, or quoted: "..." with \" \\ \n \xHH; both may be joined: file="a b". A bare word's
 * backslashes mean themselves ACTOR    a name: [a-z][a-z0-9_-]*, at most 15 characters VERB     letters,
 * digits, `_` and `-`: _exit, setpgid
 *
 * Pure: nothing is looked up, nothing is done. */
#pragma once

#include "base/memory.h"
#include "lab/lab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct script_word {
    const char *text; /* quotes and escapes resolved */
    int column;       /* of its first character, in characters from 1 */
    bool quoted;      /* begins with a quote: a text, whatever it looks like */
};

struct script_command {
    int line;                 /* from 1 */
    const char *source;       /* as written, without the blanks around it */
    struct script_word actor; /* text NULL: no actor is addressed */
    struct script_word verb;
    struct script_word *args;
    size_t arg_count;
};

struct script {
    struct script_command *commands;
    size_t count;
    struct arena texts; /* private: where the words live */
};

/* Parses `source`. 0 and a script to be given to script_free(), perhaps with no commands at all; or -EINVAL
 * with *ret_error filled and *ret untouched. */
int script_parse(struct script **ret, const char *source, struct lab_error *ret_error);
/* Takes NULL. */
void script_free(struct script *script);

/* Whether the text may name an actor. */
bool script_is_name(const char *text);
/* The value in an argument of the form key=value; NULL when it is not of that form or has another key. A word
 * that begins with a quote is no option. */
const char *script_option(const struct script_word *word, const char *key);

/* Writes a text as the language does, without the quotes around it: quoted, it is one word whatever it holds.
 */
void script_print_quoted(FILE *out, const char *text);

/* Fills *ret, its text shortened to fit; returns -EINVAL, so that a checker can return it. The format is
 * translated already; names from a script go through text_clean() first. */
int script_fail(struct lab_error *ret, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
