/* Operands of a command line, and the processes that PID and USER stand for. */
#pragma once

#include "app/option.h"
#include "model/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* As option_parse(), but options may stand behind operands too, up to "--". `operands` has room for argc; they point into
 * argv. */
int operands_parse(const struct option_row *rows, size_t count, int argc, char **argv,
                   int (*take)(void *data, const struct option_row *row, const char *value), void *data,
                   const char **operands, size_t *ret_count);

/* What an operand names: a process by its PID, or a user. */
struct operand {
    pid_t pid; /* 0: it is a user */
    uid_t uid;
};

bool operand_is_number(const char *text);
/* 0; or 1 after one line on stderr: neither a number nor the name of a user. A number is always a PID. */
int operand_read(const char *text, struct operand *ret);
/* Whether this process itself is meant; its descendants are not asked for here. */
bool operand_matches(const struct operand *operand, const struct process *process);
/* Sets shown[i] for the subtrees that the operands name, of a user those of all his processes, as pstree does. 0; or 1
 * after one line on stderr for each operand that is no user or no process there is, the others being shown. */
int operands_show(const char *const *operands, size_t count, const struct tree *tree, bool *shown);
