#include "app/lesson_report.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "picture/json_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TIME_DIGITS = 13, /* milliseconds */
    EXIT_USAGE = 2,
};

struct lesson_report {
    FILE *file;
    int error;      /* -errno of the first write that failed */
    char **written; /* "zombie 3" */
    size_t written_count;
};

int lesson_report_open(struct lesson_report **ret, const char *path)
{
    FILE *file = fopen(path, "wxe");
    if (!file)
        return -errno;
    *ret = xcalloc(1, sizeof **ret);
    (*ret)->file = file;
    return 0;
}

/* False: it was written before. */
static bool is_new(struct lesson_report *report, const char *lesson, size_t step)
{
    char *key = xasprintf("%s %zu", lesson, step);
    for (size_t i = 0; i < report->written_count; i++)
        if (strcmp(report->written[i], key) == 0) {
            free(key);
            return false;
        }
    report->written = xreallocarray(report->written, report->written_count + 1, sizeof *report->written);
    report->written[report->written_count++] = key;
    return true;
}

/* The name of a choice; of what the lesson does instead it may be another one. */
static json_t *choice_json(const struct lesson_question *question, int choice)
{
    bool known = choice >= 0 && (size_t)choice < question->choice_count;
    return known ? json_text(question->choices[choice].is) : json_null();
}

static void write_record(struct lesson_report *report, const struct lesson *lesson, size_t step,
                         const struct play_record *record)
{
    json_t *object = json_object();
    double time = (double)clock_to_unix(record->time) / NS_PER_SECOND;
    json_object_set_new(object, "time", json_real(time));
    json_object_set_new(object, "lesson", json_text(lesson->name));
    json_object_set_new(object, "step", json_integer((json_int_t)step + 1));
    json_object_set_new(object, "predicted", choice_json(record->question, record->first));
    json_object_set_new(object, "right", choice_json(record->question, record->right));
    json_object_set_new(object, "answer", json_text(record->answer));
    bool written = json_dumpf(object, report->file, JSON_COMPACT | JSON_REAL_PRECISION(TIME_DIGITS)) == 0 &&
                   fputc('\n', report->file) != EOF && fflush(report->file) == 0;
    if (!written && !report->error)
        report->error = errno ? -errno : -EIO;
    json_decref(object);
}

void lesson_report_take(struct lesson_report *report, const struct lesson *lesson, const struct play *play)
{
    for (size_t i = 0; report && i < lesson->step_count; i++) {
        const struct play_record *record = play_record(play, i);
        if (record->shown && is_new(report, lesson->name, i))
            write_record(report, lesson, i, record);
    }
}

int lesson_report_close(struct lesson_report *report)
{
    if (!report)
        return 0;
    int r = report->error;
    if (fclose(report->file) != 0 && r == 0)
        r = -errno;
    for (size_t i = 0; i < report->written_count; i++)
        free(report->written[i]);
    free(report->written);
    free(report);
    return r;
}

int lesson_report_begin(struct lesson_report **ret, const char *path)
{
    *ret = NULL;
    int r = path ? lesson_report_open(ret, path) : 0;
    if (r == -EEXIST)
        fprintf(stderr, _("forklore lesson: %s is there already, and is not overwritten\n"), path);
    else if (r < 0)
        fprintf(stderr, "forklore lesson: %s: %s\n", path, error_words(r));
    return r < 0 ? EXIT_USAGE : 0;
}

int lesson_report_end(struct lesson_report *report, const char *path, int status)
{
    int r = lesson_report_close(report);
    if (r < 0)
        fprintf(stderr, "forklore lesson: %s: %s\n", path, error_words(r));
    return r < 0 && status == 0 ? EXIT_FAILURE : status;
}
