#include "app/lab_reports.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "picture/json_text.h"

enum {
    TEXT_COLUMN_WIDTH = 44,
    TIME_DIGITS = 16, /* microseconds */
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

void lab_report_text(const struct lab_report *report, FILE *to)
{
    char text[1400];
    if (report->kind == LAB_REPORT_TEXT) {
        fputs(report->text, to);
        return;
    }
    snprintf(text, sizeof text, "%s%s%s", prefix_of(report), report->text,
             report->kind == LAB_REPORT_BLOCKED ? " ..." : "");
    int padding = report->words ? TEXT_COLUMN_WIDTH - text_width(text) : 0;
    fprintf(to, "%-9s %s%*s%s%s\n", report->actor ? report->actor : "forklore", text,
            padding > 0 ? padding : 0, "", report->words ? "  " : "", report->words ? report->words : "");
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
