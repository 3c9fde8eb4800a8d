#include "app/event_follower.h"

#include "app/event_lines.h"
#include "app/family.h"
#include "app/follower.h"
#include "app/output.h"
#include "base/i18n.h"

#include <stdio.h>
#include <unistd.h>

struct printer {
    const struct follow_options *options;
    struct family family;
    bool started;
};

static void say_how_exact(const struct printer *printer, bool exact)
{
    if (exact)
        fprintf(
            stderr,
            _("forklore: births and ends are exact, told by the kernel; all else is sampled every %g s\n"),
            printer->options->delay);
    else
        fprintf(stderr, _("forklore: sampled every %g s; what lives for less may be missed\n"),
                printer->options->delay);
}

/* The first sample says who belongs, and shows nothing. */
static int begin(struct printer *printer, const struct followed *first)
{
    printer->started = true;
    if (printer->family.count && !family_begin(&printer->family, first->after)) {
        fprintf(stderr, _("forklore: there is no such process\n"));
        return 1;
    }
    say_how_exact(printer, first->exact);
    return 0;
}

static int print_moment(void *data, const struct followed *moment)
{
    struct printer *printer = data;
    if (moment->lost)
        fprintf(stderr, _("forklore: %zu of the kernel's messages were lost: some events are missing\n"),
                moment->lost);
    int status = printer->started ? 0 : begin(printer, moment);
    for (size_t i = 0; status == 0 && i < moment->event_count; i++) {
        const struct event *event = &moment->events[i];
        bool concerns = family_concerns(&printer->family, event, moment->after);
        if (!concerns || event_is_routine(event) || !(printer->options->kinds >> event->kind & 1))
            continue;
        if (printer->options->json)
            event_line_json(event, stdout);
        else
            event_line_text(event, stdout);
    }
    return status ? status : output_flush() ? 0 : FOLLOWER_ENOUGH;
}

int event_follow(const struct follow_options *options, const struct operand *operands, size_t count)
{
    struct printer printer = { .options = options, .family = { .operands = operands, .count = count } };
    struct follower_options following = { options->delay, options->duration };
    struct follower_client client = { .take = print_moment, .data = &printer };
    int status = follower_run(&following, &client, STDOUT_FILENO);
    family_release(&printer.family);
    int end = output_end();
    return status ? status : end;
}
