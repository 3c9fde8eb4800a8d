#include "lab/fields.h"

#include "base/clock.h"
#include "lab/adoption.h"
#include "lab/field_readers.h"
#include "lab/members.h"
#include "lab/term.h"
#include "machine/children.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHILDREN_MAX = 4096 };

static const struct field {
    const char *name;
    bool remembered; /* by the lab: it has a value when the process is gone */
    field_reader *read;
} fields[] = {
    { "stat", false, field_stat },
    { "state", false, field_state },
    { "pid", true, field_pid },
    { "ppid", false, field_ppid },
    { "parent", false, field_parent },
    { "ni", false, field_nice },
    { "pri", false, field_priority },
    { "pgid", false, field_pgid },
    { "sid", false, field_sid },
    { "tpgid", false, field_tpgid },
    { "uid", false, field_uid },
    { "threads", false, field_threads },
    { "comm", false, field_comm },
    { "exe", false, field_exe },
    { "cpu", false, field_cpu },
    { "policy", false, field_policy },
    { "ran", false, field_ran },
    { "ready", false, field_ready },
    { "slices", false, field_slices },
    { "voluntary", false, field_voluntary },
    { "involuntary", false, field_involuntary },
    { "wchan", false, field_wchan },
    { "children", false, field_children },
    { "fd", false, field_fd },
    { "offset", false, field_offset },
    { "pending", false, field_pending },
    { "blocked", false, field_blocked },
    { "ignored", false, field_ignored },
    { "caught", false, field_caught },
    { "rss", false, field_rss },
    { "pss", false, field_pss },
    { "private", false, field_private },
    { "shared", false, field_shared },
    { "status", true, field_status },
    { "wait-status", true, field_wait_status },
    { "zombie-for", true, field_zombie_for },
    { "blocked-in", true, field_blocked_in },
    { "blocked-for", true, field_blocked_for },
    { "result", true, field_result },
    { "errno", true, field_errno },
    { "cpushare", true, field_cpushare },
    { "printed", true, field_printed },
};

static double count_actors(const struct lab *lab)
{
    return (double)member_count_present(lab);
}

static double count_which(const struct lab *lab, bool (*is)(const struct process *process))
{
    size_t count = 0;
    for (size_t i = 0; i < lab->member_count; i++) {
        const struct actor *actor = &lab->members[i]->actor;
        struct process_storage storage;
        struct process process;
        count += procfile_read_exactly(actor->id, &process, &storage) == 0 && is(&process);
    }
    return (double)count;
}

static bool is_zombie(const struct process *process)
{
    return process->state == 'Z';
}

static double count_zombies(const struct lab *lab)
{
    return count_which(lab, is_zombie);
}

static bool is_runnable(const struct process *process)
{
    return process->state == 'R';
}

static double count_runnable(const struct lab *lab)
{
    return count_which(lab, is_runnable);
}

/* Of several threads the first may have ended: that looks like a zombie, and is none. */
static bool is_alive(const struct process *process)
{
    return process->state != 'Z' || process->threads > 1;
}

static double count_alive(const struct lab *lab)
{
    return count_which(lab, is_alive);
}

static double own_pid(const struct lab *lab)
{
    (void)lab;
    return getpid();
}

static double own_parent(const struct lab *lab)
{
    (void)lab;
    return getppid();
}

/* Milliseconds since the stopwatch was started; before that since the lab was. */
static double read_stopwatch(const struct lab *lab)
{
    return (double)((clock_now() - lab->stopwatch) / NS_PER_MS);
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
    { "actors", count_actors },      { "alive", count_alive },  { "zombies", count_zombies },
    { "runnable", count_runnable },  { "pid", own_pid },        { "ppid", own_parent },
    { "stopwatch", read_stopwatch }, { "sandbox", is_sandbox },
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
    subject->there = procfile_read_exactly(subject->id, &subject->process, &subject->storage) == 0;
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
    const struct term_value *value = field ? NULL : remembered_find(&lab->remembered, name);
    if (field)
        term_set_number(ret, field->read(lab));
    else if (value)
        *ret = *value;
}
