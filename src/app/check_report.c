#include "app/check_report.h"

#include "app/output.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "picture/json_text.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECONDS_DIGITS = 6 };

/* Part of the format: never translated. */
static const char *const result_words[CHECK_RESULTS] = { "ok", "FAILED", "skip" };
static const char *const result_names[CHECK_RESULTS] = { "passed", "failed", "skipped" };

void check_report_begin(struct check_report *report, const char *lesson, const char *listing, size_t step,
                        size_t steps)
{
    report->lesson = lesson;
    report->listing = listing;
    report->step = step;
    report->steps = steps;
    report->since = clock_now();
}

void check_report_fail(struct check_report *report, const char *path, int line, const char *text)
{
    report->failures =
        grow(report->failures, &report->failure_room, report->failure_count + 1, sizeof *report->failures);
    report->failures[report->failure_count++] =
        (struct check_failure){ .path = xstrdup(path), .line = line, .text = xstrdup(text) };
}

static double seconds(const struct check_report *report)
{
    return (double)(clock_now() - report->since) / NS_PER_SECOND;
}

static void print_line(const struct check_report *report, enum check_result result, const char *more)
{
    printf("%-6s %s", result_words[result], report->lesson);
    if (report->listing)
        printf(" %s", report->listing);
    if (report->step)
        printf(" %zu/%zu", report->step, report->steps);
    if (more && *more)
        printf("  %s", more);
    if (result == CHECK_PASSED)
        printf("  (%.2f s)", seconds(report));
    printf("\n");
    for (size_t i = 0; i < report->failure_count; i++)
        printf("    %s:%d: %s\n", report->failures[i].path, report->failures[i].line,
               report->failures[i].text);
}

static json_t *failures_json(const struct check_report *report)
{
    json_t *array = json_array();
    for (size_t i = 0; i < report->failure_count; i++) {
        const struct check_failure *failure = &report->failures[i];
        json_t *object = json_object();
        json_object_set_new(object, "file", json_text(failure->path));
        json_object_set_new(object, "line", json_integer(failure->line));
        json_object_set_new(object, "text", json_text(failure->text));
        json_array_append_new(array, object);
    }
    return array;
}

static void print_json(json_t *object)
{
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(SECONDS_DIGITS));
    putchar('\n');
    json_decref(object);
}

static void print_object(const struct check_report *report, enum check_result result, const char *reason)
{
    json_t *object = json_object();
    const char *kind = report->listing ? "listing" : report->step ? "step" : "lesson";
    json_object_set_new(object, "kind", json_string(kind));
    json_object_set_new(object, "lesson", json_text(report->lesson));
    json_object_set_new(object, "listing", report->listing ? json_text(report->listing) : json_null());
    json_object_set_new(object, "step", report->step ? json_integer((json_int_t)report->step) : json_null());
    json_object_set_new(object, "result", json_string(result_names[result]));
    json_object_set_new(object, "seconds", json_real(seconds(report)));
    json_object_set_new(object, "reason", reason ? json_text(reason) : json_null());
    json_object_set_new(object, "failures", failures_json(report));
    print_json(object);
}

static void forget_failures(struct check_report *report)
{
    for (size_t i = 0; i < report->failure_count; i++) {
        free(report->failures[i].path);
        free(report->failures[i].text);
    }
    report->failure_count = 0;
}

void check_report_end(struct check_report *report, const char *reason, const char *detail)
{
    enum check_result result = report->failure_count ? CHECK_FAILED : reason ? CHECK_SKIPPED : CHECK_PASSED;
    report->counts[result]++;
    if (report->json)
        print_object(report, result, result == CHECK_SKIPPED ? reason : NULL);
    else
        print_line(report, result, result == CHECK_SKIPPED ? reason : result == CHECK_PASSED ? detail : NULL);
    forget_failures(report);
    output_flush();
}

void check_report_summary(struct check_report *report)
{
    const size_t *counts = report->counts;
    if (!report->json) {
        printf(_("%zu passed, %zu failed, %zu skipped\n"), counts[CHECK_PASSED], counts[CHECK_FAILED],
               counts[CHECK_SKIPPED]);
        return;
    }
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string("summary"));
    for (int i = 0; i < CHECK_RESULTS; i++)
        json_object_set_new(object, result_names[i], json_integer((json_int_t)counts[i]));
    print_json(object);
}

void check_report_release(struct check_report *report)
{
    forget_failures(report);
    free(report->failures);
}
