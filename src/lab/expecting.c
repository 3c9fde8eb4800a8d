#include "lab/expecting.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/members.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "machine/procfile.h"
#include "model/stat_code.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What a field is read from. */
struct subject {
    const struct lab *lab;
    const struct member *member;
    struct process process;
    struct process_storage storage;
};

typedef void field_read(const struct subject *subject, struct term_value *ret);

static void set_number(struct term_value *ret, double number)
{
    ret->kind = TERM_VALUE_NUMBER;
    ret->number = number;
}

static void set_text(struct term_value *ret, const char *text)
{
    ret->kind = TERM_VALUE_TEXT;
    snprintf(ret->text, sizeof ret->text, "%s", text);
}

static void read_stat(const struct subject *subject, struct term_value *ret)
{
    struct process process = subject->process;
    char code[STAT_CODE_SIZE];
    process.locked_known = procfile_locked(process.id.pid, &process.locked) == 0;
    set_text(ret, stat_code(code, &process));
}

static void read_state(const struct subject *subject, struct term_value *ret)
{
    set_text(ret, (char[]){ subject->process.state, '\0' });
}

static void read_pid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->member->actor.id.pid);
}

static void read_ppid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.ppid);
}

static void read_parent(const struct subject *subject, struct term_value *ret)
{
    char name[80];
    struct process_storage storage;
    struct process parent;
    const struct member *member = member_by_pid(subject->lab, subject->process.ppid);
    if (member)
        set_text(ret, member->actor.name);
    else if (procfile_read(subject->process.ppid, &parent, &storage) == 0)
        set_text(ret, text_clean(name, sizeof name, parent.comm));
}

static void read_nice(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.nice);
}

/* As ps prints PRI: 39 - field 18 (procps src/ps/output.c, pr_priority of the "pri" column). */
static void read_priority(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, 39 - subject->process.priority);
}

static void read_pgid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.pgrp);
}

static void read_sid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.session);
}

static void read_tpgid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.tpgid);
}

static void read_threads(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.threads);
}

static void read_comm(const struct subject *subject, struct term_value *ret)
{
    char comm[sizeof subject->storage.comm];
    set_text(ret, text_clean(comm, sizeof comm, subject->process.comm));
}

static void read_status(const struct subject *subject, struct term_value *ret)
{
    char text[64];
    if (subject->member->actor.status_known)
        set_text(ret, wait_status_words(text, sizeof text, subject->member->actor.status));
}

static void read_blocked_in(const struct subject *subject, struct term_value *ret)
{
    set_text(ret, subject->member->actor.blocked_in);
}

static const struct field {
    const char *name;
    bool remembered; /* by the lab: it has a value when the process is gone */
    field_read *read;
} fields[] = {
    { "stat", false, read_stat },       { "state", false, read_state },
    { "pid", true, read_pid },          { "ppid", false, read_ppid },
    { "parent", false, read_parent },   { "ni", false, read_nice },
    { "pri", false, read_priority },    { "pgid", false, read_pgid },
    { "sid", false, read_sid },         { "tpgid", false, read_tpgid },
    { "threads", false, read_threads }, { "comm", false, read_comm },
    { "status", true, read_status },    { "blocked-in", true, read_blocked_in },
};

static const struct field *find_field(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static int check_term(const struct term *term, int line, struct lab_error *ret_error)
{
    char known[256] = "";
    if (term->kind != TERM_FIELD || find_field(term->field))
        return 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        snprintf(known + strlen(known), sizeof known - strlen(known), " %s", fields[i].name);
    return script_fail(ret_error, line, term->column, _("an actor has no field '%s', but:%s"), term->field,
                       known);
}

int expecting_check(const struct expectation *expectation, struct lab_error *ret_error)
{
    int r = check_term(&expectation->left, expectation->line, ret_error);
    return r < 0 ? r : check_term(&expectation->right, expectation->line, ret_error);
}

static void look_up(void *data, const struct term *term, struct term_value *ret)
{
    struct subject subject = { .lab = data };
    const struct actor *actor = lab_actor_by_name(subject.lab, term->object);
    if (!actor)
        return;
    subject.member = member_by_id(subject.lab, actor->id);
    if (term->kind == TERM_OBJECT) {
        set_number(ret, procfile_exists(actor->id));
        return;
    }
    const struct field *field = find_field(term->field);
    bool there = procfile_read(actor->id.pid, &subject.process, &subject.storage) == 0 &&
                 subject.process.id.start == actor->id.start;
    if (field && (there || field->remembered))
        field->read(&subject, ret);
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
