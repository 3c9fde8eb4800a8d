#include "lab/expecting.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "lab/fields.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "lab/term.h"

#include <stdio.h>
#include <string.h>

static bool is_declared(const struct queue *queue, const char *name)
{
    for (size_t i = 0; i < queue->declared_count; i++)
        if (strcmp(queue->declared[i], name) == 0)
            return true;
    return false;
}

/* "f" or "p[1]". */
static bool is_index_declared(const struct queue *queue, const char *text)
{
    char name[sizeof((struct term *)NULL)->index_name];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "["), text);
    return is_declared(queue, name);
}

static int check_term(const struct term *term, const struct queue *queue, int line,
                      struct lab_error *ret_error)
{
    char known[400];
    bool of_lab = strcmp(term->object, "lab") == 0;
    if (term->kind != TERM_FIELD)
        return 0;
    if (term->index_name[0] && !is_index_declared(queue, term->index_name))
        return script_fail(ret_error, line, term->column, _("no command before this makes a thing '%s'"),
                           term->index_name);
    if (of_lab ? field_is_of_lab(term->field) && term->depth == 0
               : field_is_known(term->field) || is_declared(queue, term->field))
        return 0;
    field_list(known, sizeof known, of_lab);
    return script_fail(ret_error, line, term->column,
                       of_lab ? _("the lab has no field '%s', but:%s")
                              : _("an actor has no field '%s', but:%s"),
                       term->field, known);
}

int expecting_check(const struct expectation *expectation, const struct queue *queue,
                    struct lab_error *ret_error)
{
    int r = check_term(&expectation->left, queue, expectation->line, ret_error);
    return r < 0 ? r : check_term(&expectation->right, queue, expectation->line, ret_error);
}

static void look_up(void *data, const struct term *term, struct term_value *ret)
{
    const struct lab *lab = data;
    struct subject subject;
    if (strcmp(term->object, "lab") == 0) {
        field_read_of_lab(lab, term->field, ret);
        return;
    }
    if (!subject_find(&subject, lab, term))
        return;
    if (term->kind == TERM_FIELD) {
        field_read(&subject, term, ret);
    } else {
        term_set_number(ret, subject.there);
    }
}

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
    bool holds = expectation_holds(run->expectation, look_up, lab, seen, sizeof seen);
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
