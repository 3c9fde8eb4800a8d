#include "lab/expecting.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "lab/inquiry.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "lab/state.h"

#include <stdio.h>
#include <string.h>

static enum progress tell(struct lab *lab, const struct run *run, bool holds)
{
    char words[700], span[64];
    if (holds)
        snprintf(words, sizeof words, "%s", run->seen);
    else
        snprintf(words, sizeof words, _("not met: %s, unchanged for %s"), run->seen,
                 clock_format_span(span, sizeof span, clock_now() - run->seen_since));
    report_send(
        lab, NULL,
        (struct lab_report){
            .kind = LAB_REPORT_EXPECT, .text = run->command->source, .words = words, .failed = !holds });
    if (!holds)
        queue_drop_rest(&lab->queue, run);
    return RUN_DONE;
}

enum progress verb_expect(struct lab *lab, struct run *run)
{
    char seen[sizeof run->seen];
    int64_t now = clock_now();
    if (now < run->next)
        return RUN_AGAIN;
    bool holds = expectation_holds(run->expectation, inquiry_look_up, lab, seen, sizeof seen);
    if (strcmp(seen, run->seen) != 0) {
        memcpy(run->seen, seen, sizeof seen);
        run->seen_since = now;
    }
    if (holds || now - run->since >= run->expectation->within) {
        /* What the kernel shows by now, the actors have mostly said: that comes first. */
        messages_drain_all(lab);
        return tell(lab, run, holds);
    }
    run->next = now + LAB_TICK_MS * NS_PER_MS;
    return RUN_AGAIN;
}
