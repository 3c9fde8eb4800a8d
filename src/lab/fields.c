#include "lab/fields.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"
#include "lab/adoption.h"
#include "lab/members.h"
#include "machine/children.h"
#include "machine/descriptors.h"
#include "machine/smaps.h"
#include "model/stat_code.h"

#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

enum { CHILDREN_MAX = 4096 };

/* Reads into *ret what it can; what it leaves is unknown. */
typedef void field_reader(const struct subject *subject, struct term_value *ret);

static void set_number(struct term_value *ret, double number)
{
    ret->kind = TERM_VALUE_NUMBER;
    ret->number = number;
}

static void set_text(struct term_value *ret, const char *text)
{
    ret->kind = TERM_VALUE_TEXT;
    text_clean(ret->text, sizeof ret->text, text);
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
    set_number(ret, subject->id.pid);
}

static void read_ppid(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.ppid);
}

static void read_parent(const struct subject *subject, struct term_value *ret)
{
    struct process_storage storage;
    struct process parent;
    const struct member *member = member_by_pid(subject->lab, subject->process.ppid);
    if (member)
        set_text(ret, member->actor.name);
    else if (procfile_read(subject->process.ppid, &parent, &storage) == 0)
        set_text(ret, parent.comm);
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
    set_text(ret, subject->process.comm);
}

static void read_exe(const struct subject *subject, struct term_value *ret)
{
    char path[PATH_MAX];
    if (procfile_exe(subject->id.pid, path, sizeof path) == 0)
        set_text(ret, path);
}

/* The CPU it ran on last. */
static void read_cpu(const struct subject *subject, struct term_value *ret)
{
    set_number(ret, subject->process.processor);
}

static void read_policy(const struct subject *subject, struct term_value *ret)
{
    static const char *const names[] = {
        [SCHED_OTHER] = "SCHED_OTHER", [SCHED_FIFO] = "SCHED_FIFO", [SCHED_RR] = "SCHED_RR",
        [SCHED_BATCH] = "SCHED_BATCH", [SCHED_IDLE] = "SCHED_IDLE",
    };
    size_t policy = (size_t)subject->process.policy;
    if (policy < sizeof names / sizeof *names && names[policy])
        set_text(ret, names[policy]);
}

static void read_wchan(const struct subject *subject, struct term_value *ret)
{
    char name[128];
    if (procfile_wchan(subject->id.pid, name, sizeof name) == 0)
        set_text(ret, name);
}

static void read_children(const struct subject *subject, struct term_value *ret)
{
    pid_t none;
    ssize_t count = children_read(subject->id.pid, &none, 0);
    if (count >= 0)
        set_number(ret, (double)count);
}

/* With an index what that descriptor leads to, else how many there are. */
static void read_fd(const struct subject *subject, struct term_value *ret)
{
    char target[PATH_MAX];
    ssize_t count;
    int index = subject->index;
    ret->indexed = index >= 0;
    if (index >= 0 && descriptor_target(subject->id.pid, index, target, sizeof target) == 0)
        set_text(ret, target);
    else if (index < 0 && (count = descriptor_count(subject->id.pid)) >= 0)
        set_number(ret, (double)count);
}

/* Of what that descriptor leads to: shared by all who have it from one open(). */
static void read_offset(const struct subject *subject, struct term_value *ret)
{
    long long offset;
    ret->indexed = true;
    if (subject->index >= 0 && descriptor_offset(subject->id.pid, subject->index, &offset) == 0)
        set_number(ret, (double)offset);
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

static void read_pending(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, all_pending);
}

static void read_blocked(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, blocked);
}

static void read_ignored(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, ignored);
}

static void read_caught(const struct subject *subject, struct term_value *ret)
{
    set_signals(subject, ret, caught);
}

/* One figure of its memory, in KiB; `offset` is where in struct smaps. */
static void set_memory(const struct subject *subject, struct term_value *ret, size_t offset)
{
    struct smaps smaps;
    if (smaps_read(subject->id.pid, &smaps) == 0)
        set_number(ret, (double)*(const unsigned long *)((const char *)&smaps + offset));
}

static void read_rss(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, rss));
}

static void read_pss(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, pss));
}

static void read_private(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, private));
}

static void read_shared(const struct subject *subject, struct term_value *ret)
{
    set_memory(subject, ret, offsetof(struct smaps, shared));
}

static void read_status(const struct subject *subject, struct term_value *ret)
{
    char text[64];
    if (subject->member && subject->member->actor.status_known)
        set_text(ret, wait_status_words(text, sizeof text, subject->member->actor.status));
}

static void read_blocked_in(const struct subject *subject, struct term_value *ret)
{
    if (subject->member)
        set_text(ret, subject->member->actor.blocked_in);
}

/* Milliseconds since it announced the call; 0: it is in none. */
static void read_blocked_for(const struct subject *subject, struct term_value *ret)
{
    const struct member *member = subject->member;
    if (member && !member->actor.blocked_in[0])
        set_number(ret, 0);
    else if (member)
        set_number(ret, (double)((clock_now() - member->actor.entered) / NS_PER_MS));
}

static void read_result(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->called)
        set_number(ret, (double)subject->member->last_value);
}

/* "EAGAIN", "0" when the call succeeded. */
static void read_errno(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->called)
        set_text(ret, subject->member->last_error ? error_name(subject->member->last_error) : "0");
}

/* The last line that the program it has exec'd printed. */
static void read_printed(const struct subject *subject, struct term_value *ret)
{
    if (subject->member)
        set_text(ret, subject->member->printed);
}

static void read_cpushare(const struct subject *subject, struct term_value *ret)
{
    if (subject->member && subject->member->share >= 0)
        set_number(ret, subject->member->share);
}

static const struct field {
    const char *name;
    bool remembered; /* by the lab: it has a value when the process is gone */
    field_reader *read;
} fields[] = {
    { "stat", false, read_stat },
    { "state", false, read_state },
    { "pid", true, read_pid },
    { "ppid", false, read_ppid },
    { "parent", false, read_parent },
    { "ni", false, read_nice },
    { "pri", false, read_priority },
    { "pgid", false, read_pgid },
    { "sid", false, read_sid },
    { "tpgid", false, read_tpgid },
    { "threads", false, read_threads },
    { "comm", false, read_comm },
    { "exe", false, read_exe },
    { "cpu", false, read_cpu },
    { "policy", false, read_policy },
    { "wchan", false, read_wchan },
    { "children", false, read_children },
    { "fd", false, read_fd },
    { "offset", false, read_offset },
    { "pending", false, read_pending },
    { "blocked", false, read_blocked },
    { "ignored", false, read_ignored },
    { "caught", false, read_caught },
    { "rss", false, read_rss },
    { "pss", false, read_pss },
    { "private", false, read_private },
    { "shared", false, read_shared },
    { "status", true, read_status },
    { "blocked-in", true, read_blocked_in },
    { "blocked-for", true, read_blocked_for },
    { "result", true, read_result },
    { "errno", true, read_errno },
    { "cpushare", true, read_cpushare },
    { "printed", true, read_printed },
};

static double count_actors(const struct lab *lab)
{
    return (double)member_count_present(lab);
}

static double count_zombies(const struct lab *lab)
{
    size_t count = 0;
    for (size_t i = 0; i < lab->member_count; i++) {
        const struct actor *actor = &lab->members[i]->actor;
        struct process_storage storage;
        struct process process;
        count += procfile_read(actor->id.pid, &process, &storage) == 0 &&
                 process.id.start == actor->id.start && process.state == 'Z';
    }
    return (double)count;
}

/* 1 where Forklore adopts its orphans. */
static double is_sandbox(const struct lab *lab)
{
    return adoption_is_ours(lab);
}

static const struct lab_field {
    const char *name;
    double (*read)(const struct lab *lab);
} lab_fields[] = {
    { "actors", count_actors },
    { "zombies", count_zombies },
    { "sandbox", is_sandbox },
};

static const struct field *find_field(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static const struct lab_field *find_lab_field(const char *name)
{
    for (size_t i = 0; i < sizeof lab_fields / sizeof *lab_fields; i++)
        if (strcmp(lab_fields[i].name, name) == 0)
            return &lab_fields[i];
    return NULL;
}

const char *field_at(size_t index, bool of_lab)
{
    size_t count = of_lab ? sizeof lab_fields / sizeof *lab_fields : sizeof fields / sizeof *fields;
    return index >= count ? NULL : of_lab ? lab_fields[index].name : fields[index].name;
}

bool field_is_known(const char *name)
{
    return find_field(name) != NULL;
}

bool field_is_of_lab(const char *name)
{
    return find_lab_field(name) != NULL;
}

const char *field_list(char *text, size_t size, bool of_lab)
{
    size_t used = 0, count = of_lab ? sizeof lab_fields / sizeof *lab_fields : sizeof fields / sizeof *fields;
    text[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++)
        used +=
            (size_t)snprintf(text + used, size - used, " %s", of_lab ? lab_fields[i].name : fields[i].name);
    return text;
}

static void look(struct subject *subject)
{
    subject->there = procfile_read(subject->id.pid, &subject->process, &subject->storage) == 0 &&
                     subject->process.id.start == subject->id.start;
}

/* Goes from a process to its child of that index. */
static bool step_down(struct subject *subject, int index)
{
    pid_t children[CHILDREN_MAX];
    ssize_t count = subject->there ? children_read(subject->id.pid, children, CHILDREN_MAX) : -1;
    if (index >= count || index >= CHILDREN_MAX || procfile_identity(children[index], &subject->id) < 0)
        return false;
    subject->member = member_by_id(subject->lab, subject->id);
    look(subject);
    return true;
}

bool subject_find(struct subject *ret, const struct lab *lab, const struct term *term)
{
    const struct actor *actor = lab_actor_by_name(lab, term->object);
    if (!actor)
        return false;
    *ret = (struct subject){ .lab = lab, .member = member_by_id(lab, actor->id), .id = actor->id };
    look(ret);
    for (int i = 0; i < term->depth; i++)
        if (!step_down(ret, term->children[i])) {
            /* A child that is not there is as gone as one that was. */
            *ret = (struct subject){ .lab = lab };
            return term->kind == TERM_OBJECT;
        }
    return true;
}

void field_read(struct subject *subject, const struct term *term, struct term_value *ret)
{
    const char *name = term->field;
    const struct field *field = find_field(name);
    const struct thing *thing;
    int index = term->index;
    bool named = term->index_name[0];
    if (named && !(subject->member && subject->there &&
                   things_index(&subject->member->things, subject->id, term->index_name, &index)))
        return;
    subject->index = index;
    if (field && (subject->there || field->remembered))
        field->read(subject, ret);
    else if (!field && subject->member && subject->there &&
             (thing = things_find(&subject->member->things, name)) != NULL)
        thing_read(thing, subject->id, index, ret);
}

void field_read_of_lab(const struct lab *lab, const char *name, struct term_value *ret)
{
    const struct lab_field *field = find_lab_field(name);
    if (field)
        set_number(ret, field->read(lab));
}
