#include "app/lab_reports.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/paragraph.h"
#include "picture/json_text.h"

#include <string.h>

enum {
    ACTOR_WIDTH = 9,
    TEXT_WIDTH = 44, /* of the column of calls, */
    TEXT_WIDTH_MIN = 24,
    WORDS_WIDTH = 36, /* which gives way for so much beside it */
    TEXT_INDENT = 12, /* of what does not fit on the first line */
    WORDS_INDENT = 14,
    LINE_WIDTH_MIN = 40, /* narrower ones are left to the terminal */
    TIME_DIGITS = 16,    /* microseconds */
};

static const char *prefix_of(const struct lab_report *report)
{
    switch (report->kind) {
    case LAB_REPORT_ENDED: return _("ended: ");
    case LAB_REPORT_REAPED: return _("gone: ");
    case LAB_REPORT_LEFT: return _("still a zombie: ");
    case LAB_REPORT_EXPECT: return report->failed ? _("NOT MET: ") : "";
    case LAB_REPORT_REFUSED: return _("refused: ");
    case LAB_REPORT_OUTPUT: return "| ";
    default: return "";
    }
}

static int text_column(int width)
{
    int left = width - ACTOR_WIDTH - 1 - 2 - WORDS_WIDTH;
    return !width || left > TEXT_WIDTH ? TEXT_WIDTH : left < TEXT_WIDTH_MIN ? TEXT_WIDTH_MIN : left;
}

/* How much of a text makes a line of at most `width` cells, and in *ret_next where the next one begins: a
 * result stays with its `=`. */
static size_t line_length(const char *text, int width, size_t *ret_next)
{
    size_t length;
    *ret_next = paragraph_next(text, width, &length);
    if (text[*ret_next] && length > 2 && strncmp(text + length - 2, " =", 2) == 0) {
        *ret_next = length - 1;
        length -= 2;
    }
    return length;
}

/* Prints a text from the cell `at` on, in lines of `width` cells; all but the first are indented. Returns the
 * cell where it ends; `width` when it is longer than a line, so that nothing stands beside it. */
static int print_lines(const char *text, int at, int indent, int width, FILE *to)
{
    int end = at + text_width(text);
    for (size_t next; *text; text += next, at = indent) {
        size_t length = line_length(text, width - at, &next);
        fprintf(to, "%.*s", (int)length, text);
        if (text[next])
            fprintf(to, "\n%*s", indent, "");
    }
    return end < width ? end : width;
}

/* Beside the text, which ends at the cell `at`; where there is no room, below it. */
static void print_words(const char *words, int at, int width, FILE *to)
{
    int column = ACTOR_WIDTH + 1 + text_column(width);
    int start = (at < column ? column : at) + 2;
    if (!width || start + text_width(words) <= width) {
        fprintf(to, "%*s%s", start - at, "", words);
        return;
    }
    fprintf(to, "\n%*s", WORDS_INDENT, "");
    print_lines(words, WORDS_INDENT, WORDS_INDENT, width, to);
}

/* Whole lines, tables among them: those that are too long go on at the margin. */
static void print_text(const char *text, int width, FILE *to)
{
    if (!width)
        fputs(text, to);
    for (size_t next, length; width && *text; text += next) {
        next = paragraph_next(text, width, &length);
        fprintf(to, "%.*s\n", (int)length, text);
    }
}

void lab_report_text(const struct lab_report *report, int width, FILE *to)
{
    char text[1400];
    width = width && width < LINE_WIDTH_MIN ? LINE_WIDTH_MIN : width;
    if (report->kind == LAB_REPORT_TEXT) {
        print_text(report->text, width, to);
        return;
    }
    snprintf(text, sizeof text, "%s%s%s", prefix_of(report), report->text,
             report->kind == LAB_REPORT_BLOCKED ? " ..." : "");
    int at = fprintf(to, "%-*s ", ACTOR_WIDTH, report->actor ? report->actor : "forklore");
    if (width)
        at = print_lines(text, at, TEXT_INDENT, width, to);
    else
        at += fprintf(to, "%s", text) > 0 ? text_width(text) : 0;
    if (report->words)
        print_words(report->words, at, width, to);
    fputc('\n', to);
}

/* Part of the format: never translated. */
static const char *kind_name(enum lab_report_kind kind)
{
    static const char *const names[] = {
        [LAB_REPORT_CALL] = "call",     [LAB_REPORT_BLOCKED] = "blocked", [LAB_REPORT_ENDED] = "ended",
        [LAB_REPORT_REAPED] = "reaped", [LAB_REPORT_EXPECT] = "expect",   [LAB_REPORT_REFUSED] = "refused",
        [LAB_REPORT_TEXT] = "text",     [LAB_REPORT_LEFT] = "left",       [LAB_REPORT_OUTPUT] = "output",
    };
    return names[kind];
}

static json_t *text_or_null(const char *text)
{
    return text ? json_text(text) : json_null();
}

void lab_report_json(const struct lab_report *report, FILE *to)
{
    json_t *object = json_object();
    bool has_id = report->id.pid > 0;
    double time = (double)clock_to_unix(report->time) / NS_PER_SECOND;
    json_object_set_new(object, "time", json_real(time));
    json_object_set_new(object, "kind", json_string(kind_name(report->kind)));
    json_object_set_new(object, "actor", text_or_null(report->actor));
    json_object_set_new(object, "pid", has_id ? json_integer(report->id.pid) : json_null());
    json_object_set_new(object, "start", has_id ? json_integer((json_int_t)report->id.start) : json_null());
    json_object_set_new(object, "text", text_or_null(report->text));
    json_object_set_new(object, "words", text_or_null(report->words));
    json_object_set_new(object, "errno",
                        report->error ? json_string(error_name(report->error)) : json_null());
    json_object_set_new(object, "failed", json_boolean(report->failed));
    json_dumpf(object, to, JSON_COMPACT | JSON_REAL_PRECISION(TIME_DIGITS));
    fputc('\n', to);
    json_decref(object);
}
