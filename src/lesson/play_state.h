/* What the files of the player share. Outside of it lesson/play.h is all there is. */
#pragma once

#include "lesson/play.h"

enum play_stage { STAGE_NONE, STAGE_ACTS, STAGE_EXPECTATIONS, STAGE_ANSWER };

enum { PLAY_CALLS_MAX = 200 }; /* that are kept of a step: the latest */

struct play_value {
    char *term;
    char value[256];
};

/* What is kept of a step with a question, until the end of the lesson. */
struct play_kept {
    struct play_record record;
    bool predicted;                 /* record.first and record.time are set */
    const struct lesson_step *step; /* as it was played */
    struct play_value *values;      /* that its texts speak of, as they were when the kernel answered */
    size_t value_count;
};

struct play_failure {
    int line;
    char *text;
};

/* What was called; or who has ended, and how, which is said in the language that is read when it is shown. */
struct play_call {
    char *text;
    char *ended; /* the name of who did; NULL: it is a call */
    char *shown; /* what play_call() has returned last, where it is made anew */
};

struct play {
    const struct lesson *lesson;
    struct play_host host;
    struct lab *lab; /* NULL: it could not be started */
    enum play_phase phase;
    bool changed; /* since play_go_on() said so last */

    /* the step */
    size_t at;
    size_t goal;                    /* of PLAY_CATCH_UP */
    const struct lesson_step *step; /* as it is played */
    bool is_instead;
    const struct lesson_text *reason; /* why so, in the lesson's words; NULL: it has none */
    char need_reason[256];            /* in those of the host; "": all needs are met */
    int prediction, right;
    char answer[96];
    struct play_call *calls[PLAY_CALLS_MAX];
    size_t call_count;
    struct play_failure *failures;
    size_t failure_count, failure_room;

    /* what is under way in it */
    enum play_stage stage;
    const char *rest;        /* of the acts or expectations: what was not submitted yet */
    int rest_line;           /* the line of the lesson's file where that begins */
    int line;                /* where that began which was submitted last */
    bool expectation_failed; /* among the acts: the rest of them is dropped */
    int64_t answer_since;    /* clock_now() when the answer was looked for first; 0: not yet */

    struct play_kept *kept; /* one for each step of the lesson */
};

/* play_step.c */
/* Makes it the step that is played: finds out whether it can be, and forgets the one before; its failures
 * too, unless `keep_failures`. The phase is PLAY_READ or PLAY_SKIPPED then. */
void play_enter_step(struct play *play, size_t index, bool keep_failures);
void play_forget_calls(struct play *play);
/* Its acts begin. */
void play_begin_acts(struct play *play);
/* Goes on with acts, expectations and answer. True: there is more to do at once. */
bool play_go_on_step(struct play *play, bool *ret_done);
/* The format is translated already. */
void play_fail(struct play *play, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* play_values.c */
void play_keep_values(const struct play *play, struct play_kept *kept);
void play_release_kept(struct play_kept *kept);
