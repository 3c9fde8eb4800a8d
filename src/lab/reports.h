/* Telling the listener what happened. */
#pragma once

#include "lab/state.h"

/* Fills in time and actor, makes the texts safe for a terminal (but a LAB_REPORT_TEXT, which its maker has
 * cleaned), counts failures, and hands it on. `member` NULL: the lab's own. */
void report_send(struct lab *lab, const struct member *member, struct lab_report report);

/* "kill(4313, SIGTERM) = -1 EPERM". `words` NULL: what lab/words.h knows about it. */
struct call_result {
    const char *call;
    long value;
    bool address; /* the value is one, and is written as such */
    int error;
    const char *words;
};
void report_call(struct lab *lab, const struct member *member, struct call_result result);

/* A command that could not be carried out: `words` say why, translated. Returns RUN_DONE. */
enum progress report_refused(struct lab *lab, const struct run *run, const char *words, ...)
    __attribute__((format(printf, 3, 4)));
