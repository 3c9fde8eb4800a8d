#include "lab/field_readers.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"
#include "lab/members.h"
#include "lab/term.h"
#include "machine/children.h"
#include "machine/descriptors.h"
#include "machine/schedstat.h"
#include "machine/smaps.h"
#include "model/stat_code.h"

#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

static void set_text(struct term_value *ret, const char *text)
{
    ret->kind = TERM_VALUE_TEXT;
    text_clean(ret->text, sizeof ret->text, text);
}

void field_stat(const struct subject *subject, struct term_value *ret)
{
    struct process process = subject->process;
    char code[STAT_CODE_SIZE];
    process.locked_known = procfile_locked(process.id.pid, &process.locked) == 0;
    set_text(ret, stat_code(code, &process));
}

void field_state(const struct subject *subject, struct term_value *ret)
{
    set_text(ret, (char[]){ subject->process.state, '\0' });
}

void field_pid(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->id.pid);
}

void field_ppid(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.ppid);
}

void field_parent(const struct subject *subject, struct term_value *ret)
{
    struct process_storage storage;
    struct process parent;
    const struct member *member = member_by_pid(subject->lab, subject->process.ppid);
    if (member)
        set_text(ret, member->actor.name);
    else if (procfile_read(subject->process.ppid, &parent, &storage) == 0)
        set_text(ret, parent.comm);
}

void field_nice(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.nice);
}

/* As ps prints PRI: 39 - field 18 (procps src/ps/output.c, pr_priority of the "pri" column). */
void field_priority(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, 39 - subject->process.priority);
}

void field_pgid(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.pgrp);
}

void field_sid(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.session);
}

void field_tpgid(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.tpgid);
}

/* The effective one, as ps's UID. */
void field_uid(const struct subject *subject, struct term_value *ret)
{
    uid_t uid;
    if (procfile_user(subject->id.pid, &uid) == 0)
        term_set_number(ret, uid);
}

void field_threads(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.threads);
}

void field_comm(const struct subject *subject, struct term_value *ret)
{
    set_text(ret, subject->process.comm);
}

void field_exe(const struct subject *subject, struct term_value *ret)
{
    char path[PATH_MAX];
    if (procfile_exe(subject->id.pid, path, sizeof path) == 0)
        set_text(ret, path);
}

/* The CPU it ran on last. */
void field_cpu(const struct subject *subject, struct term_value *ret)
{
    term_set_number(ret, subject->process.processor);
}

void field_policy(const struct subject *subject, struct term_value *ret)
{
    static const char *const names[] = {
        [SCHED_OTHER] = "SCHED_OTHER", [SCHED_FIFO] = "SCHED_FIFO", [SCHED_RR] = "SCHED_RR",
        [SCHED_BATCH] = "SCHED_BATCH", [SCHED_IDLE] = "SCHED_IDLE",
    };
    size_t policy = (size_t)subject->process.policy;
    if (policy < sizeof names / sizeof *names && names[policy])
        set_text(ret, names[policy]);
}

/* Nanoseconds as milliseconds, to a tenth. */
static void set_ms(struct term_value *ret, int64_t ns)
{
    term_set_number(ret, (double)(ns / (NS_PER_MS / 10)) / 10);
}

/* The time that its threads were on a CPU. */
void field_ran(const struct subject *subject, struct term_value *ret)
{
    struct schedstat counted;
    if (schedstat_read(subject->id.pid, &counted) == 0)
        set_ms(ret, counted.ran);
}

/* The time that they waited for one, as far as they have got it since. */
void field_ready(const struct subject *subject, struct term_value *ret)
{
    struct schedstat counted;
    if (schedstat_read(subject->id.pid, &counted) == 0)
        set_ms(ret, counted.delayed);
}

void field_slices(const struct subject *subject, struct term_value *ret)
{
    struct schedstat counted;
    if (schedstat_read(subject->id.pid, &counted) == 0)
        term_set_number(ret, (double)counted.slices);
}

void field_voluntary(const struct subject *subject, struct term_value *ret)
{
    struct switches switches;
    if (switches_read(subject->id.pid, &switches) == 0)
        term_set_number(ret, (double)switches.voluntary);
}

void field_involuntary(const struct subject *subject, struct term_value *ret)
{
    struct switches switches;
    if (switches_read(subject->id.pid, &switches) == 0)
        term_set_number(ret, (double)switches.involuntary);
}

void field_wchan(const struct subject *subject, struct term_value *ret)
{
    char name[128];
    if (procfile_wchan(subject->id.pid, name, sizeof name) == 0)
        set_text(ret, name);
}

void field_children(const struct subject *subject, struct term_value *ret)
{
    pid_t none;
    ssize_t count = children_read(subject->id.pid, &none, 0);
    if (count >= 0)
        term_set_number(ret, (double)count);
}

/* With an index what that descriptor leads to, else how many there are. */
void field_fd(const struct subject *subject, struct term_value *ret)
{
    char target[PATH_MAX];
    ssize_t count;
    int index = subject->index;
    ret->indexed = index >= 0;
    if (index >= 0 && descriptor_target(subject->id.pid, index, target, sizeof target) == 0)
        set_text(ret, target);
    else if (index < 0 && (count = descriptor_count(subject->id.pid)) >= 0)
        term_set_number(ret, (double)count);
}

/* Of what that descriptor leads to: shared by all who have it from one open(). */
void field_offset(const struct subject *subject, struct term_value *ret)
{
    long long offset;
    ret->indexed = true;
    if (subject->index >= 0 && descriptor_offset(subject->id.pid, subject->index, &offset) == 0)
        term_set_number(ret, (double)offset);
}

static void set_signals(const struct subject *subject, struct term_value *ret,
                        unsigned long long (*choose)(const struct signal_sets *sets))
{
    struct signal_sets sets;
    char text[sizeof ret->text];
    if (procfile_signals(subject->id.pid, &sets) == 0)
        set_text(ret, signal_set_words(text, sizeof text, choose(&sets)));
}

static unsigned long long all_pending(const struct signal_sets *sets)
{
    return sets->pending | sets->shared_pending;
}

static unsigned long long blocked(const struct signal_sets *sets)
{
    return sets->blocked;
}

static unsigned long long ignored(const struct signal_sets *sets)
{
    return sets->ignored;
}

static unsigned long long caught(const struct signal_sets *sets)
{
    return sets->caught;
}

void field_pending(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, all_pending);
}

void field_blocked(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, blocked);
}

void field_ignored(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, ignored);
}

void field_caught(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, caught);
}

/* One figure of its memory, in KiB; `offset` is where in struct smaps. An ended process has none. */
static void set_memory(const struct subject *subject, struct term_value *ret, size_t offset)
{
    struct smaps smaps;
    if (subject->process.state == 'Z' && subject->process.threads <= 1)
        term_set_number(ret, 0);
    else if (smaps_read(subject->id.pid, &smaps) == 0)
        term_set_number(ret, (double)*(const unsigned long *)((const char *)&smaps + offset));
}

void field_rss(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, rss));
}

void field_pss(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, pss));
}

void field_private(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, private));
}

void field_shared(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, shared));
}

void field_status(const struct subject *subject, struct term_value *ret)
{
    char text[64];
    if (subject->member && subject->member->actor.status_known)
        set_text(ret, wait_status_words(text, sizeof text, subject->member->actor.status));
}

/* The number that wait() gives. */
void field_wait_status(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->actor.status_known)
        term_set_number(ret, subject->member->actor.status);
}

/* Milliseconds between its end, or what was seen of that, and now or its reaping; 0: it has not ended. */
void field_zombie_for(const struct subject *subject, struct term_value *ret)
{
    const struct member *member = subject->member;
    if (!member)
        return;
    int64_t until = member->reap_seen ? member->reap_seen : clock_now();
    term_set_number(ret, member->end_seen ? (double)((until - member->end_seen) / NS_PER_MS) : 0);
}

void field_blocked_in(const struct subject *subject, struct term_value *ret)
{
    if (subject->member)
        set_text(ret, subject->member->actor.blocked_in);
}

/* Milliseconds since it announced the call; 0: it is in none. */
void field_blocked_for(const struct subject *subject, struct term_value *ret)
{
    const struct member *member = subject->member;
    if (member && !member->actor.blocked_in[0])
        term_set_number(ret, 0);
    else if (member)
        term_set_number(ret, (double)((clock_now() - member->actor.entered) / NS_PER_MS));
}

void field_result(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->called)
        term_set_number(ret, (double)subject->member->last_value);
}

/* "EAGAIN", "0" when the call succeeded. */
void field_errno(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->called)
        set_text(ret, subject->member->last_error ? error_name(subject->member->last_error) : "0");
}

/* The last line that the program it has exec'd printed. */
void field_printed(const struct subject *subject, struct term_value *ret)
{
    if (subject->member)
        set_text(ret, subject->member->printed);
}

/* To a tenth of a percent, as in the table that cpushare prints. */
void field_cpushare(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->share >= 0)
        term_set_number(ret, (double)(long)(subject->member->share * 10 + 0.5) / 10);
}
