/* Another program, run to its end: a compiler, a listing of a lesson, this program itself. */
#pragma once

#include <stdbool.h>

struct child_program {
    char *const *arguments;   /* [0] is looked for on PATH; ends with NULL */
    char *const *environment; /* NULL: this process's own */
    const char *directory;    /* to run in; NULL: the current one */
    const char *input;        /* the file that is its standard input; NULL: /dev/null */
    int deadline_ms;
    int interrupt; /* a descriptor that ends it as the deadline does, once it can be read; -1: none */
};

struct child_result {
    int status; /* as a shell tells it: 128 + N after signal N */
    bool late;  /* it, or who holds its standard output, had not ended at the deadline, or at the interrupt */
    bool too_much; /* it printed more than CHILD_OUTPUT_MAX bytes */
    char *output;  /* its standard output, to be freed */
    char *errors;  /* its standard error, to be freed */
};

enum { CHILD_OUTPUT_MAX = 1 << 20 };

/* Runs it as a process group of its own, with all signals at their default, until it has ended and nobody can
 * write to its standard output any more; then, or at the deadline, the whole group is killed. Threads may be
 * there. 0; or -errno when it cannot be started, -ENOENT when there is no such program. */
int child_program_run(const struct child_program *program, struct child_result *ret);
/* Whether PATH has a program of this name, or it is the path of one. */
bool child_program_exists(const char *name);
