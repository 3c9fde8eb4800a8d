/* What a check of lessons prints: lines for people, or JSON. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum check_result { CHECK_PASSED, CHECK_FAILED, CHECK_SKIPPED, CHECK_RESULTS };

struct check_failure {
    char *path;
    int line;
    char *text; /* perhaps several lines */
};

struct check_report {
    bool json;
    size_t counts[CHECK_RESULTS];

    /* the entry under way */
    const char *lesson;
    const char *listing; /* its file; NULL: a step, or the lesson's file as a whole */
    size_t step, steps;  /* from 1; 0: no step */
    int64_t since;       /* clock_now() */
    struct check_failure *failures;
    size_t failure_count, failure_room;
};

/* An entry begins, which `listing` and `step` say the kind of. */
void check_report_begin(struct check_report *report, const char *lesson, const char *listing, size_t step,
                        size_t steps);
void check_report_fail(struct check_report *report, const char *path, int line, const char *text);
/* It ends: it has failed if there were failures; else it was skipped if there is a reason; else it has
 * passed, and `detail` says more. Prints it. */
void check_report_end(struct check_report *report, const char *reason, const char *detail);
/* The last line. */
void check_report_summary(struct check_report *report);
void check_report_release(struct check_report *report);
