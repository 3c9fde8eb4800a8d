/* A lesson being played: which step it is at, and what comes next. It gives the lab its commands, locks the
 * prediction, compares it with what the kernel shows, and fills values into texts. It draws nothing: the live
 * screen, the check and the plain player show what it holds.
 *
 * In a step always in this order: text, question, prediction, acts, expectations, answer. */
#pragma once

#include "lab/lab.h"
#include "lesson/lesson.h"

enum play_phase {
    PLAY_READ,     /* the text is to be read; next: the question, else the acts */
    PLAY_PREDICT,  /* the question is open; a prediction, or showing without one, begins the acts */
    PLAY_WATCH,    /* acts and expectations are under way */
    PLAY_RESULT,   /* what the kernel shows; next: the next step */
    PLAY_SKIPPED,  /* a need is not met: play_reason(); next: the next step */
    PLAY_CATCH_UP, /* after a step back: earlier steps are played again, silently */
    PLAY_REVIEW,   /* a question that was missed comes again */
    PLAY_REVIEWED, /* and its answer */
    PLAY_END,
};

/* What it needs of its owner. */
struct play_host {
    /* Ends the lab that there is with all its actors and starts another, whose reports go to play_report().
     * NULL: that failed. */
    struct lab *(*fresh_lab)(void *data);
    /* Whether a line of `forklore doctor` such as "cpus>=2" is so; if not, why, in the reader's language. */
    bool (*need_met)(void *data, const char *need, char *ret_reason, size_t size);
    void *data;
};

struct play;

/* Both are borrowed. Begins with the first step in a fresh lab. 0 or -errno. */
int play_new(struct play **ret, const struct lesson *lesson, const struct play_host *host);
/* The lab and its actors stay: they are the host's. Takes NULL. */
void play_free(struct play *play);

/* From the host's listener: each report of the lab. */
void play_report(struct play *play, const struct lab_report *report);
/* After each lab_dispatch(), and after any of the calls below: goes on as far as it can now. True: something
 * has changed. */
bool play_go_on(struct play *play);

/* Enter: whatever comes next now. Nothing in PLAY_WATCH, PLAY_CATCH_UP and PLAY_END; in PLAY_PREDICT and
 * PLAY_REVIEW a prediction is wanted. */
void play_next(struct play *play);
/* Locks a prediction, a choice from 0; or shows without one: PLAY_NO_PREDICTION. */
enum { PLAY_NO_PREDICTION = -1 };
void play_predict(struct play *play, int choice);
/* To the step before, or to the beginning of this one when its acts have begun. */
void play_back(struct play *play);
/* This step from its beginning, in a fresh lab with the earlier steps played again. */
void play_again(struct play *play);
/* To the step number `step`, in the same way. */
void play_go_to(struct play *play, size_t step);

enum play_phase play_phase(const struct play *play);
/* The index of the step; that of the question's step in PLAY_REVIEW. */
size_t play_at(const struct play *play);
/* The step as it is played here: what stands in its place where a need is not met. */
const struct lesson_step *play_step(const struct play *play);
/* Whether that is the other way of doing it (lesson_step.instead). */
bool play_is_instead(const struct play *play);
/* Why the step is skipped or done another way; "": it is not. */
const char *play_reason(const struct play *play, const char *locale);
/* The text that is to be read now, values filled in: to be freed. In PLAY_RESULT with a question that is the
 * why of what was predicted, or of the right choice when nothing was. */
char *play_text(const struct play *play, const char *locale);
/* Any text of the lesson, values filled in: to be freed. */
char *play_fill(const struct play *play, const struct lesson_text *text, const char *locale);
/* The choice that was predicted; PLAY_NO_PREDICTION: none was. */
int play_prediction(const struct play *play);
/* The choice that the kernel showed to be right, from PLAY_RESULT on; -1: none, which is a failure. */
int play_right(const struct play *play);
/* What the kernel showed as the answer, in words: "Z". "" when the question has no answer term. */
const char *play_answer(const struct play *play);
/* The last calls of this step with their results, newest last, clean for a terminal; NULL: no more. Valid
 * until it is asked for again. */
const char *play_call(const struct play *play, size_t index);
/* What went wrong in this step: expectations not met, commands refused, no right choice, and what went wrong
 * when earlier steps were played again on the way to it; NULL: no more. *ret_line, unless NULL, is the line
 * of the lesson's file. */
const char *play_failure(const struct play *play, size_t index, int *ret_line);

/* What is kept of a step with a question: for a report, and for its review. */
struct play_record {
    bool shown;      /* the kernel has answered; until then the rest means nothing */
    int64_t time;    /* clock_now() of the first prediction, or of showing without one */
    int first;       /* the first prediction; PLAY_NO_PREDICTION: it was shown without one */
    int latest;      /* the latest one: a missed one comes again */
    int right;       /* the choice that the kernel showed to be right; -1: none */
    char answer[96]; /* as play_answer() */
    const struct lesson_question *question; /* of the step as it was played */
};
/* Borrowed, valid as long as `play`. */
const struct play_record *play_record(const struct play *play, size_t step);
/* Predictions so far: right ones, and all that were made. */
void play_score(const struct play *play, size_t *ret_right, size_t *ret_made);
