#include "lab/reports.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"
#include "lab/words.h"

#include <stdarg.h>
#include <stdio.h>

void report_send(struct lab *lab, const struct member *member, struct lab_report report)
{
    char text[1200], words[1200];
    report.time = clock_now();
    if (member) {
        report.id = member->actor.id;
        report.actor = member->actor.name;
    }
    if (report.text && report.kind != LAB_REPORT_TEXT)
        report.text = text_clean(text, sizeof text, report.text);
    if (report.words)
        report.words = text_clean(words, sizeof words, report.words);
    if (report.failed && (report.kind == LAB_REPORT_EXPECT || report.kind == LAB_REPORT_REFUSED))
        lab->failures++;
    lab->listener.report(lab->listener.data, &report);
}

void report_call(struct lab *lab, const struct member *member, struct call_result result)
{
    char text[1100], words[256];
    const char *name = result.error ? error_name(result.error) : "";
    snprintf(text, sizeof text, result.address ? "%s = %#lx%s%s" : "%s = %ld%s%s", result.call, result.value,
             *name ? " " : "", name);
    if (!result.words)
        result.words = result.error ? words_for_call(result.call, result.error, words, sizeof words)
                                    : words_for_value(result.call, result.value);
    report_send(lab, member,
                (struct lab_report){
                    .kind = LAB_REPORT_CALL,
                    .text = text,
                    .words = result.words,
                    .error = result.error,
                    .failed = result.error != 0,
                });
}

enum progress report_refused(struct lab *lab, const struct run *run, const char *words, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, words);
    vsnprintf(text, sizeof text, words, arguments);
    va_end(arguments);
    report_send(lab, NULL,
                (struct lab_report){
                    .kind = LAB_REPORT_REFUSED,
                    .text = run ? run->command->source : "",
                    .words = text,
                    .failed = true,
                });
    return RUN_DONE;
}
