/* One performance of a script: the terminal, the program in it, and what the steps need. */
#pragma once

#include "job.h"
#include "pattern.h"
#include "script.h"
#include "terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct play {
    struct terminal *terminal; /* NULL until the first program is started */
    struct job job;
    struct bindings bindings;
    char **environment; /* of the programs: "NAME=VALUE", ends with NULL */
    size_t environment_count;
    char *home;        /* a directory of this play's own */
    int columns, rows; /* of the next terminal */
    pid_t *subjects;   /* processes that `spawn` started */
    size_t subject_count;
    int64_t patience; /* ns a step may take to come true */
    char *why;        /* of the step that failed; NULL */
    char *skip;       /* why the rest of this test is left out; NULL */
};

enum step_result { STEP_DONE, STEP_FAILED, STEP_SKIPS };

enum step_time { STEP_IN_PROGRAM, STEP_ANYTIME /* before a program was started too */ };

struct step {
    const char *name;
    const char *usage;
    const char *help;
    enum step_result (*run)(struct play *play, const struct script_step *step);
    enum step_time time;
};

/* The tables of steps, by what they do; each ends with a name of NULL. */
extern const struct step act_steps[], look_steps[], process_steps[];

/* Records why a step failed, to be shown with the screen. Returns STEP_FAILED. */
enum step_result play_fail(struct play *play, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Waits until the condition holds, the screen and the program being kept up to date. False when time is up,
 * or as soon as the program has ended and the condition does not hold. */
bool play_until(struct play *play, bool (*holds)(struct play *play, void *data), void *data);
/* As play_until(), but goes on after the program's end. */
bool play_until_after_end(struct play *play, bool (*holds)(struct play *play, void *data), void *data);
/* Takes what the program has written and what is known of it; waits up to timeout_ms for more. */
void play_update(struct play *play, int timeout_ms);

/* Sets NAME=VALUE in the programs' environment; with "-NAME" removes it. */
void play_set_environment(struct play *play, const char *assignment);
/* Finds what the pattern matches on the screen: row, and column of its beginning. Compiles it with what is
 * bound now and binds what is new. */
bool play_find(struct play *play, const char *text, int *ret_row, int *ret_column);

/* Prints the screen as diagnostics. */
void play_print_screen(const struct play *play);
