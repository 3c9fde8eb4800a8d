#include "model/changes.h"

#include "base/memory.h"
#include "model/life.h"
#include "model/stat_code.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All that is known of one pid: its rows, and the kernel's events by time. It may be more than one life. */
struct story {
    const struct process *before, *after;
    const struct kernel_event *const *kernel;
    size_t count;
};

static bool is_same_process(const struct story *story)
{
    return story->before && story->after && process_id_equal(story->before->id, story->after->id);
}

static size_t forks_among(const struct story *story, size_t count)
{
    size_t forks = 0;
    for (size_t i = 0; i < count; i++)
        forks += story->kernel[i]->kind == KERNEL_FORK;
    return forks;
}

/* Whether `after` is what the first `count` of the kernel's events lead to. */
static bool leads_to_after(const struct story *story, size_t count)
{
    bool alive = story->before && !stat_has_ended(story->before);
    for (size_t i = 0; i < count; i++)
        if (story->kernel[i]->kind != KERNEL_EXEC)
            alive = story->kernel[i]->kind == KERNEL_FORK;
    if (alive != (story->after && !stat_has_ended(story->after)))
        return false;
    bool born_since = story->after && !is_same_process(story);
    return !born_since || forks_among(story, count) > 0 || forks_among(story, story->count) == 0;
}

static bool was_renamed(const struct story *story)
{
    return is_same_process(story) && strcmp(story->before->comm, story->after->comm) != 0;
}

/* How many of the kernel's events belong before `after`: those up to its time, unless it shows more (it was
 * read a little later) or less (the kernel tells of an end just before /proc shows it). What was put off once
 * is not put off again. */
static size_t events_before_after(const struct story *story, const struct sample *before,
                                  const struct sample *after)
{
    size_t due = 0, overdue = 0;
    while (due < story->count && story->kernel[due]->time <= after->time)
        due++;
    while (overdue < due && story->kernel[overdue]->time <= before->time)
        overdue++;
    for (size_t count = due; count <= story->count; count++) {
        if (!leads_to_after(story, count))
            continue;
        bool named = count > 0 && story->kernel[count - 1]->kind == KERNEL_EXEC;
        if (!named && was_renamed(story) && count < story->count && story->kernel[count]->kind == KERNEL_EXEC)
            count++;
        return count;
    }
    for (size_t count = due; count > overdue; count--)
        if (leads_to_after(story, count - 1))
            return count - 1;
    return due;
}

/* A process that both samples hold was born before them, so a fork that comes only now came late, and what
 * led up to it is older still. */
static size_t skip_late_events(const struct story *story, size_t count)
{
    while (count && story->kernel[count - 1]->kind != KERNEL_FORK)
        count--;
    return count;
}

/* Cuts the story into lives, each from its fork to the next one's, and tells them. */
static void tell_story(struct event_list *list, const struct story *story, size_t count,
                       const struct life_context *context)
{
    bool same = is_same_process(story);
    size_t first = same ? skip_late_events(story, count) : 0;
    struct life life = { .before = story->before, .kernel = story->kernel + first };
    for (size_t i = first; i < count; i++) {
        if (story->kernel[i]->kind == KERNEL_FORK) {
            if (life.before || life.kernel_count)
                life_tell(list, &life, context);
            life = (struct life){ .kernel = story->kernel + i };
        }
        life.kernel_count++;
    }
    bool continues = same || (story->after && forks_among(story, count) > 0);
    if (continues)
        life.after = story->after;
    if (life.before || life.after || life.kernel_count)
        life_tell(list, &life, context);
    if (story->after && !continues)
        life_tell(list, &(struct life){ .after = story->after, .kernel = story->kernel + count }, context);
}

/* The kernel's events by pid, those of one pid in their order. */
static int compare_kernel(const void *left, const void *right)
{
    const struct kernel_event *a = *(const struct kernel_event *const *)left;
    const struct kernel_event *b = *(const struct kernel_event *const *)right;
    if (a->pid != b->pid)
        return a->pid < b->pid ? -1 : 1;
    return (a > b) - (a < b);
}

static const struct kernel_event **by_pid(const struct kernel_event *kernel, size_t count)
{
    const struct kernel_event **sorted = xcalloc(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &kernel[i];
    qsort(sorted, count, sizeof *sorted, compare_kernel);
    return sorted;
}

/* Where the three sources stand that are merged by pid. */
struct merge {
    const struct sample *before, *after;
    size_t before_at, after_at;
    const struct kernel_event **kernel; /* by pid; those that were told are NULL */
    size_t kernel_at, kernel_count;
};

/* The next process of a sample; NULL at its end. Threads have no events. */
static const struct process *next_process(const struct sample *sample, size_t *at)
{
    while (*at < sample->count && process_is_thread(&sample->processes[*at]))
        ++*at;
    return *at < sample->count ? &sample->processes[*at] : NULL;
}

/* The end of the first thread is not the end of a process that runs on, and says nothing of how that will be.
 */
static void drop_first_thread_exit(struct merge *merge, const struct process *after, size_t end)
{
    if (!after || after->state != 'Z' || stat_has_ended(after))
        return;
    size_t kept = merge->kernel_at;
    for (size_t i = merge->kernel_at; i < end; i++)
        if (merge->kernel[i]->kind != KERNEL_EXIT)
            merge->kernel[kept++] = merge->kernel[i];
    while (kept < end)
        merge->kernel[kept++] = NULL;
}

/* Takes the story of the lowest pid that is left. False: there is none. */
static bool take_story(struct merge *merge, struct story *ret)
{
    const struct process *before = next_process(merge->before, &merge->before_at);
    const struct process *after = next_process(merge->after, &merge->after_at);
    pid_t pid = before ? before->id.pid : INT_MAX;
    if (after && after->id.pid < pid)
        pid = after->id.pid;
    if (merge->kernel_at < merge->kernel_count && merge->kernel[merge->kernel_at]->pid < pid)
        pid = merge->kernel[merge->kernel_at]->pid;
    if (pid == INT_MAX)
        return false;
    *ret = (struct story){ .before = before && before->id.pid == pid ? before : NULL,
                           .after = after && after->id.pid == pid ? after : NULL };
    merge->before_at += ret->before != NULL;
    merge->after_at += ret->after != NULL;
    size_t end = merge->kernel_at;
    while (end < merge->kernel_count && merge->kernel[end]->pid == pid)
        end++;
    drop_first_thread_exit(merge, ret->after, end);
    ret->kernel = merge->kernel + merge->kernel_at;
    while (merge->kernel_at + ret->count < end && ret->kernel[ret->count])
        ret->count++;
    merge->kernel_at = end;
    return true;
}

/* What was not told stays in the array, in its order. */
static void keep_untold(struct kernel_event *kernel, size_t *count, const bool *kept)
{
    size_t left = 0;
    for (size_t i = 0; i < *count; i++)
        if (kept[i])
            kernel[left++] = kernel[i];
    *count = left;
}

static int compare_times(const void *left, const void *right, void *data)
{
    const struct event *events = data;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    if (events[a].time != events[b].time)
        return events[a].time < events[b].time ? -1 : 1;
    return (a > b) - (a < b);
}

static void sort_by_time(struct event *events, size_t count)
{
    size_t in_order = 1;
    while (in_order < count && events[in_order - 1].time <= events[in_order].time)
        in_order++;
    if (in_order >= count)
        return;
    size_t *order = xcalloc(count, sizeof *order);
    struct event *sorted = xcalloc(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, compare_times, events);
    for (size_t i = 0; i < count; i++)
        sorted[i] = events[order[i]];
    memcpy(events, sorted, count * sizeof *sorted);
    free(order);
    free(sorted);
}

void changes_between(struct event_list *list, const struct sample *before, const struct sample *after,
                     struct kernel_event *kernel, size_t *kernel_count)
{
    size_t first = list->count;
    const struct kernel_event **all = by_pid(kernel, *kernel_count);
    struct life_context context = { before, after, all, *kernel_count, sysconf(_SC_CLK_TCK) };
    struct merge merge = { .before = before, .after = after, .kernel_count = *kernel_count };
    merge.kernel = by_pid(kernel, *kernel_count);
    bool *kept = xcalloc(*kernel_count, sizeof *kept);
    for (struct story story; take_story(&merge, &story);) {
        size_t told = events_before_after(&story, before, after);
        for (size_t i = told; i < story.count; i++)
            kept[story.kernel[i] - kernel] = true;
        if (before->count)
            tell_story(list, &story, told, &context);
    }
    keep_untold(kernel, kernel_count, kept);
    if (list->count > first)
        sort_by_time(list->events + first, list->count - first);
    free(kept);
    free(merge.kernel);
    free(all);
}
