/* The STAT code, as ps prints it: one letter for the state, then flags in the order < N L s l +.
 * Source: pr_stat() in procps' src/ps/output.c; letters: ps(1) "PROCESS STATE CODES". */
#pragma once

#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>

enum { STAT_CODE_SIZE = 8 };

/* Writes the code, such as "Ss+", into `text` (STAT_CODE_SIZE bytes). L appears only when locked_known and locked.
 * Returns text. */
const char *stat_code(char *text, const struct process *process);

/* Whether all of it has ended: a zombie, or just vanishing. A Z with threads left (Zl) has not: its first thread alone
 * has ended. */
bool stat_has_ended(const struct process *process);

/* A few words about one letter, translated: "asleep" for S; "?" for none of ps's. */
const char *stat_brief(char letter);

/* One letter of a code, explained. */
struct stat_letter {
    char letter;
    const char *meaning; /* static, translated: "sleeping: waits for something, a signal can wake it" */
    const char *brief;   /* static, translated, for one line: "asleep", "nice 5 > 0" is made from evidence */
    char evidence[64];   /* the field it was read from: "session 4310 = pid 4310"; "" when only a code was given */
};

/* The letters there are, those of states first, then the flags in the order in which they stand; without evidence.
 * False: there is none at this index. */
bool stat_letter_at(size_t index, struct stat_letter *ret);
/* Explains every letter of a process's code. `letters` has room for STAT_CODE_SIZE. Returns their number. */
size_t stat_explain(struct stat_letter *letters, const struct process *process);
/* Explains a code given as text. 0 and *ret_count, or -EINVAL when a letter is none of ps's, stands twice or at the wrong
 * place: *ret_wrong is its index. */
int stat_explain_text(struct stat_letter *letters, const char *code, size_t *ret_count, size_t *ret_wrong);
