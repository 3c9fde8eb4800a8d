#include "model/life.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/stat_code.h"

#include <string.h>

static const struct kernel_event *birth_of(const struct life *life)
{
    return life->kernel_count && life->kernel[0]->kind == KERNEL_FORK ? life->kernel[0] : NULL;
}

static const struct kernel_event *end_of(const struct life *life)
{
    const struct kernel_event *last = life->kernel_count ? life->kernel[life->kernel_count - 1] : NULL;
    return last && last->kind == KERNEL_EXIT ? last : NULL;
}

static struct process_id identity_of(const struct life *life)
{
    if (life->before || life->after)
        return life->before ? life->before->id : life->after->id;
    struct process_id id = { .pid = life->kernel[0]->pid };
    for (size_t i = 0; i < life->kernel_count && !id.start; i++)
        id.start = life->kernel[i]->start;
    return id;
}

/* The last name known of it. */
static const char *name_of(const struct life *life)
{
    if (life->after || life->before)
        return life->after ? life->after->comm : life->before->comm;
    const char *name = "?";
    for (size_t i = 0; i < life->kernel_count; i++)
        if (*life->kernel[i]->comm)
            name = life->kernel[i]->comm;
    return name;
}

static pid_t first_parent(const struct life *life)
{
    const struct kernel_event *birth = birth_of(life);
    if (life->before)
        return life->before->ppid;
    return birth && birth->parent > 0 ? birth->parent : life->after ? life->after->ppid : 0;
}

/* The last name that the kernel's events give a pid; "" for none. */
static const char *kernel_name(const struct life_context *context, pid_t pid)
{
    size_t low = 0, high = context->kernel_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (context->kernel[middle]->pid <= pid)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low > 0 && context->kernel[low - 1]->pid == pid; low--)
        if (*context->kernel[low - 1]->comm)
            return context->kernel[low - 1]->comm;
    return "";
}

enum look_first { BEFORE, AFTER };

/* Writes the name of another process, as a sample has it, or else as the kernel's events do. */
static void write_comm(char *comm, pid_t pid, const struct life_context *context, enum look_first first)
{
    const struct process *before = pid > 0 ? sample_find(context->before, pid) : NULL;
    const struct process *after = pid > 0 ? sample_find(context->after, pid) : NULL;
    const struct process *found = !before || (after && first == AFTER) ? after : before;
    text_clean(comm, EVENT_COMM_SIZE, found ? found->comm : pid > 0 ? kernel_name(context, pid) : "");
}

/* Appends an event that says who it is about, who the parent is, and when: the kernel's moment, or that of
 * the sample. */
static struct event *tell(struct event_list *list, const struct life *life,
                          const struct life_context *context, enum event_kind kind,
                          const struct kernel_event *exactly)
{
    struct event *event = event_list_append(list);
    event->kind = kind;
    event->exact = exactly != NULL;
    event->time = exactly ? exactly->time : context->after->time;
    event->id = identity_of(life);
    event->lifetime = -1;
    text_clean(event->comm, sizeof event->comm, name_of(life));
    event->parent = life->after ? life->after->ppid : first_parent(life);
    write_comm(event->parent_comm, event->parent, context, AFTER);
    return event;
}

/* A child is born with its parent's name, so that is its name before its first exec. */
static void write_first_name(char *comm, const struct life *life, const struct life_context *context)
{
    if (life->before)
        text_clean(comm, EVENT_COMM_SIZE, life->before->comm);
    else
        write_comm(comm, first_parent(life), context, BEFORE);
}

static size_t count_execs(const struct life *life)
{
    size_t count = 0;
    for (size_t i = 0; i < life->kernel_count; i++)
        count += life->kernel[i]->kind == KERNEL_EXEC;
    return count;
}

static void tell_birth(struct event_list *list, const struct life *life, const struct life_context *context)
{
    char name[EVENT_COMM_SIZE];
    if (life->before)
        return;
    struct event *event = tell(list, life, context, EVENT_BORN, birth_of(life));
    event->parent = first_parent(life);
    write_comm(event->parent_comm, event->parent, context, AFTER);
    write_first_name(name, life, context);
    if (count_execs(life) && *name)
        memcpy(event->comm, name, sizeof name);
}

/* Threads of the kernel carry the name of the work that they do: their names change all the time and mean no exec. */
static bool was_renamed(const struct life *life)
{
    return life->before && life->after && !process_is_kernel_thread(life->after) &&
           strcmp(life->before->comm, life->after->comm) != 0;
}

static void tell_execs(struct event_list *list, const struct life *life, const struct life_context *context)
{
    char name[EVENT_COMM_SIZE];
    write_first_name(name, life, context);
    size_t left = count_execs(life);
    if (!left && was_renamed(life)) {
        struct event *event = tell(list, life, context, EVENT_EXEC, NULL);
        memcpy(event->comm_before, name, sizeof name);
    }
    for (size_t i = 0; i < life->kernel_count; i++) {
        const struct kernel_event *kernel = life->kernel[i];
        if (kernel->kind != KERNEL_EXEC)
            continue;
        struct event *event = tell(list, life, context, EVENT_EXEC, kernel);
        memcpy(event->comm_before, name, sizeof name);
        if (--left > 0 || !life->after) /* the last is the name that the sample shows */
            text_clean(event->comm, sizeof event->comm, *kernel->comm ? kernel->comm : "?");
        memcpy(name, event->comm, sizeof name);
    }
}

static void tell_changes(struct event_list *list, const struct life *life, const struct life_context *context)
{
    const struct process *before = life->before, *after = life->after;
    if (before && before->state != after->state && !stat_has_ended(after)) {
        struct event *event = tell(list, life, context, EVENT_STATE, NULL);
        event->state = after->state;
        event->state_before = before->state;
    }
    if (before && before->nice != after->nice) {
        struct event *event = tell(list, life, context, EVENT_RENICED, NULL);
        event->nice = after->nice;
        event->nice_before = before->nice;
    }
    pid_t parent_before = first_parent(life);
    if (parent_before != after->ppid) {
        struct event *event = tell(list, life, context, EVENT_ADOPTED, NULL);
        event->parent_before = parent_before;
        write_comm(event->parent_comm_before, parent_before, context, BEFORE);
    }
}

static void write_status(struct event *event, const struct kernel_event *end)
{
    event->status_known = end != NULL;
    event->status = end ? end->status : 0;
}

static void tell_zombie(struct event_list *list, const struct life *life, const struct life_context *context)
{
    if (!stat_has_ended(life->after) || (life->before && stat_has_ended(life->before)))
        return;
    const struct kernel_event *end = end_of(life);
    struct event *event = tell(list, life, context, EVENT_ZOMBIE, end);
    write_status(event, end);
    event->state = life->after->state;
    event->state_before = life->before ? life->before->state : 0;
}

/* The moment of birth: the kernel's, or that of the start time, which is exact to a clock tick. */
static int64_t born_at(const struct life *life, const struct life_context *context)
{
    if (birth_of(life))
        return birth_of(life)->time;
    return (int64_t)(life->before->id.start *
                     (NS_PER_SECOND / (unsigned long long)context->ticks_per_second));
}

static void tell_end(struct event_list *list, const struct life *life, const struct life_context *context)
{
    bool was_zombie = life->before && stat_has_ended(life->before);
    const struct kernel_event *end = was_zombie ? NULL : end_of(life);
    struct event *event = tell(list, life, context, EVENT_GONE, end);
    write_status(event, end);
    event->state_before = was_zombie ? 'Z' : life->before ? life->before->state : 0;
    if (end && end->time >= born_at(life, context))
        event->lifetime = end->time - born_at(life, context);
}

void life_tell(struct event_list *list, const struct life *life, const struct life_context *context)
{
    bool seen = life->before || life->after;
    if (!seen && !(birth_of(life) && end_of(life)))
        return;
    tell_birth(list, life, context);
    tell_execs(list, life, context);
    if (life->after) {
        tell_changes(list, life, context);
        tell_zombie(list, life, context);
    } else {
        tell_end(list, life, context);
    }
}
