#include "app/live.h"

#include "app/lessons.h"
#include "app/replay.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    COST_SHARE = 10, /* reading takes at most one part in ten of the time, however large the machine */
    KERNEL_EVENTS_MOST = 100000,
    RICH_MOST = 400,
};

/* ---- asking ---- */

/* The command line and VmLck are read for the actors and for the rows on screen only. */
static size_t list_rich(const struct live *live, pid_t *pids)
{
    size_t count = 0;
    size_t end = live->view.top + (size_t)live_tree_height(live);
    for (size_t place = live->view.top; place < end && place < live->view.visible_count && count < RICH_MOST;
         place++) {
        const struct tree_row *row = &live->tree.rows[live->view.visible[place]];
        if (row->kind == TREE_LIVE)
            pids[count++] = row->process->id.pid;
    }
    for (size_t i = 0; live->lab && i < lab_actor_count(live->lab) && count < RICH_MOST; i++)
        if (lab_actor(live->lab, i)->state != ACTOR_REAPED)
            pids[count++] = lab_actor(live->lab, i)->id.pid;
    return count;
}

/* What this process has used of the CPU, ns: unlike the time that passed, it says what reading costs on a
 * busy machine too. */
static int64_t cpu_time(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * NS_PER_SECOND + used.tv_nsec;
}

/* What is sorted by is read for all rows, or the order would depend on which of them are on screen. */
static enum sample_need needs_of(const struct live *live)
{
    unsigned needs = columns_need(live->columns, live->column_shown);
    if (live->sorted)
        needs |= live->sorted->needs;
    if (live->sorted && live->sorted == column_find("stat"))
        needs |= SAMPLE_LOCKED;
    if (live->view.threads)
        needs |= SAMPLE_THREADS;
    return (enum sample_need)needs;
}

static void ask(struct live *live)
{
    pid_t rich[RICH_MOST];
    struct sample_request request = {
        .needs = needs_of(live),
        .rich = rich,
        .rich_count = list_rich(live, rich),
    };
    live->asked = true;
    live->ask_again = false;
    live->cpu_asked = cpu_time();
    reader_ask(live->reader, &request);
}

void live_sample_soon(struct live *live)
{
    if (!live->reader)
        return;
    if (live->asked)
        live->ask_again = true;
    else
        ask(live);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *data)
{
    (void)source, (void)usec;
    struct live *live = data;
    if (!live->asked)
        ask(live);
    return 0;
}

/* The next sample: `delay` later, or later still when reading is dear. */
static void set_timer(struct live *live)
{
    double delay = live->options.delay * 1e6;
    double fair = (double)live->cost / 1000 * COST_SHARE;
    sd_event_source_set_time_relative(live->sample_timer, (uint64_t)(delay > fair ? delay : fair));
    sd_event_source_set_enabled(live->sample_timer, SD_EVENT_ONESHOT);
}

int live_sample_start(struct live *live)
{
    int r =
        sd_event_add_time_relative(live->loop, &live->sample_timer, CLOCK_BOOTTIME, 0, 1000, on_timer, live);
    return r < 0 ? r : sd_event_source_set_floating(live->sample_timer, true);
}

/* ---- events ---- */

/* The socket has failed: from now on the header says "sampled". */
static void stop_listening(struct live *live)
{
    live->connector_source = sd_event_source_disable_unref(live->connector_source);
    connector_free(live->connector);
    live->connector = NULL;
}

int live_kernel_events_arrived(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct live *live = data;
    size_t count, lost, room = 512;
    do {
        live->kernel_events = grow(live->kernel_events, &live->kernel_event_room,
                                   live->kernel_event_count + room, sizeof *live->kernel_events);
        if (connector_read(live->connector, live->kernel_events + live->kernel_event_count, room, &count,
                           &lost) < 0) {
            stop_listening(live);
            return 0;
        }
        live->kernel_event_count += count;
        live->losing_events = live->losing_events || lost;
        if (live->kernel_event_count > KERNEL_EVENTS_MOST) {
            /* a fork storm: what is dropped is said */
            live->kernel_event_count = 0;
            live->losing_events = true;
        }
    } while (count == room);
    return 0;
}

static bool was_actor(const struct moment *moment, struct process_id id)
{
    for (size_t i = 0; moment && i < moment->actor_count; i++)
        if (process_id_equal(moment->actors[i], id))
            return true;
    return false;
}

bool live_is_actor(const struct live *live, struct process_id id)
{
    return (live->lab && lab_actor_by_id(live->lab, id)) || was_actor(rewind_moment(live), id);
}

pid_t live_self(const struct live *live)
{
    const struct recording_header *header = replay_header(live);
    return header ? header->self : getpid();
}

/* A child of an actor that is no actor itself (an exec'd shell's) belongs to the lab too. */
bool live_in_lab(void *data, const struct process *process)
{
    const struct live *live = data;
    for (int depth = 0; process && depth < 64; depth++) {
        if (live_is_actor(live, process->id) || process->id.pid == live_self(live))
            return true;
        process = sample_find(&live->sample, process->ppid);
    }
    return false;
}

static bool in_selected_subtree(const struct live *live, pid_t pid, pid_t parent)
{
    pid_t root = live->view.selected.pid;
    for (int depth = 0; depth < 1000; depth++) {
        if (pid == root)
            return true;
        if (depth == 0) {
            pid = parent;
            continue;
        }
        const struct process *process = sample_find(&live->sample, pid);
        if (!process || process->ppid == 0)
            return false;
        pid = process->ppid;
    }
    return false;
}

/* The warden, and whatever else this program starts for its own use. */
static bool is_helper(const struct live *live, struct process_id id)
{
    const struct process *process = sample_find_id(&live->sample, id);
    if (!process)
        process = sample_find_id(&live->sample_before, id);
    return process && process->ppid == live_self(live);
}

bool live_is_worth_logging(const struct live *live, const struct event *event)
{
    if (event_is_routine(event))
        return false;
    if (live->replay) /* whoever looks at a recording looks for what happened; names of kernel threads change
                         all the time */
        return event->kind != EVENT_EXEC || event->exact;
    if (live_is_actor(live, event->id))
        return event->kind == EVENT_STATE || event->kind == EVENT_RENICED;
    return !is_helper(live, event->id) && in_selected_subtree(live, event->id.pid, event->parent);
}

static enum style event_style(const struct event *event)
{
    switch (event->kind) {
    case EVENT_BORN: return STYLE_NEW;
    case EVENT_ZOMBIE: return STYLE_ZOMBIE;
    case EVENT_GONE: return STYLE_GONE;
    case EVENT_ADOPTED: return STYLE_CHANGED;
    default: return STYLE_PLAIN;
    }
}

void live_log_event(struct event_log *log, const struct event *event)
{
    char words[256];
    struct event_log_line line = {
        .time = event->time,
        .text = (char *)event_words(words, sizeof words, event),
        .style = event_style(event),
    };
    event_log_name(&line, event->comm, event->id.pid);
    event_log_add(log, &line);
}

void live_log_line(struct event_log *log, const struct history_line *told)
{
    struct event_log_line line = {
        .time = told->time,
        .text = told->text,
        .words = told->words,
        .style = told->failed ? STYLE_ERROR : STYLE_PLAIN,
    };
    if (told->name)
        event_log_name(&line, told->name, told->pid);
    event_log_add(log, &line);
}

/* While the past is shown, what is now is kept elsewhere. */
struct now {
    struct sample *sample, *before;
    struct marks *marks;
};

static struct now what_is_now(struct live *live)
{
    struct scene *present = &live->rewind.present;
    return live->rewind.past ? (struct now){ &present->sample, &present->before, present->marks }
                             : (struct now){ &live->sample, &live->sample_before, live->marks };
}

static void take_changes(struct live *live, const struct now *now)
{
    struct event_list list = { 0 };
    changes_between(&list, now->before, now->sample, live->kernel_events, &live->kernel_event_count);
    live_redact_events(live, list.events, list.count);
    marks_apply(now->marks, now->before, list.events, list.count, now->sample->time);
    for (size_t i = 0; i < list.count; i++)
        if (live_is_worth_logging(live, &list.events[i]))
            live_log_event(&live->log, &list.events[i]);
    rewind_note_sample(live, now->sample, list.events, list.count);
    event_list_release(&list);
}

/* What a command prints has several lines: to be read over the tree, unless something else is open there. */
static void take_text(struct live *live, const struct lab_report *report)
{
    struct pager *pager = live->overlay.kind == OVERLAY_NONE && !lesson_is_shown(live)
                              ? live_show(live, _("Printed by the lab (any other key closes)"))
                              : NULL;
    char *text = xstrdup(report->text), *rest = text;
    for (const char *line; (line = strsep(&rest, "\n")) && (*line || rest);) {
        if (pager)
            pager_add(pager, line, false);
        else
            event_log_add(&live->log, &(struct event_log_line){ .time = report->time, .text = (char *)line });
    }
    free(text);
    live_redraw(live);
}

static void take_report(struct live *live, const struct lab_report *report)
{
    lessons_take_report(live, report);
    rewind_note_report(live, report);
    newcomer_take_report(live, report);
    if (report->kind == LAB_REPORT_TEXT) {
        take_text(live, report);
        return;
    }
    char *text = xasprintf("%s%s", report->kind == LAB_REPORT_OUTPUT ? "| " : "", report->text);
    struct event_log_line line = {
        .time = report->time,
        .text = text,
        .words = (char *)report->words,
        .style = report->failed ? STYLE_ERROR : STYLE_PLAIN,
    };
    if (report->actor)
        event_log_name(&line, report->actor, report->id.pid);
    event_log_add(&live->log, &line);
    free(text);
    if (report->kind != LAB_REPORT_OUTPUT) /* what is printed changes no process, and may come often */
        live_sample_soon(live);
    live_redraw(live);
}

void live_take_report(void *data, const struct lab_report *report)
{
    struct live *live = data;
    struct lab_report shown = *report;
    char *text = live_redact_text(live, report->text), *words = live_redact_text(live, report->words);
    shown.text = text;
    shown.words = words;
    take_report(live, &shown);
    free(text);
    free(words);
}

/* ---- showing ---- */

/* Processes that are gone are not taken out one by one: the sets begin anew when most of them must be. */
static void forget_containers(struct live *live)
{
    if (live->in_container.count + live->not_in_container.count < 2 * live->sample.count + 1000)
        return;
    id_set_clear(&live->in_container);
    id_set_clear(&live->not_in_container);
}

static bool in_container(void *data, const struct process *process)
{
    struct live *live = data;
    if (id_set_has(&live->in_container, process->id))
        return true;
    if (id_set_has(&live->not_in_container, process->id))
        return false;
    bool inside = false;
    if (live->rewind.past) /* its pid may be another's today */
        return false;
    procfile_in_container(process->id.pid, &inside);
    id_set_add(inside ? &live->in_container : &live->not_in_container, process->id);
    return inside;
}

/* A new actor is selected as soon as it is seen; and never later, when the reader is at something else. */
static void select_wanted(struct live *live, int height)
{
    const struct actor *wanted = live->wanted[0] ? lab_actor_by_name(live->lab, live->wanted) : NULL;
    if (!wanted || !sample_find_id(&live->sample, wanted->id))
        return;
    live->wanted[0] = '\0';
    if (tree_view_select_process(&live->view, &live->tree, wanted->id, height))
        live->view.show_children = true;
    else
        live_say(live, _("%s is there, but a filter or a mode hides it"), wanted->name);
}

/* At the start Forklore itself is selected. */
static void place_selection(struct live *live, int height)
{
    const struct process *self = sample_find(&live->sample, live_self(live));
    select_wanted(live, height);
    if (live->placed || !self)
        return;
    live->placed = tree_view_select_process(&live->view, &live->tree, self->id, height);
    /* with room below it: that is where its actors will be */
    size_t above = (size_t)height / 3;
    if (live->view.visible_count > (size_t)height)
        live->view.top = live->view.cursor > above ? live->view.cursor - above : 0;
}

static void keep_in_the_middle(struct live *live, int height)
{
    size_t above = (size_t)(height / 2);
    live->view.top = live->view.cursor > above ? live->view.cursor - above : 0;
    tree_view_select(&live->view, &live->tree, live->view.cursor, height);
}

/* A subtree whose root is gone would be empty for ever. The selection goes where it was at the start. */
static void leave_lost_subtree(struct live *live)
{
    struct process_id root = live->view.only_subtree;
    if (!root.pid || !live->sample.count || tree_find(&live->tree, root) != TREE_NO_ROW)
        return;
    live->view.only_subtree = (struct process_id){ 0 };
    live->placed = false;
    live_say(live, _("%d is gone, whose subtree was shown: all processes are shown again"), root.pid);
}

/* A lesson's tree is not scrolled. Where its rows are too many, those of processes that are gone give way. */
static void make_room_for_lesson(struct live *live, const struct order *order,
                                 const struct tree_view_facts *facts, int height)
{
    if (live->view.visible_count > (size_t)height) {
        tree_build(&live->tree, &live->sample, NULL, order);
        tree_view_update(&live->view, &live->tree, facts, height);
    }
    live->view.top = 0;
}

void live_rebuild(struct live *live)
{
    struct column_context values = { &live->sample, &live->computer, live->users };
    struct order order = { .descending = live->descending, .context = &values };
    if (live->sorted)
        order.compare = live->sorted->compare;
    struct tree_view_facts facts = { live_in_lab, in_container, lesson_has, live };
    int height = live_tree_height(live);
    if (live->view.list)
        tree_build_list(&live->tree, &live->sample, live->marks, &order);
    else
        tree_build(&live->tree, &live->sample, live->marks, &order);
    leave_lost_subtree(live);
    forget_containers(live);
    lesson_find_family(live);
    tree_view_update(&live->view, &live->tree, &facts, height);
    if (lesson_is_shown(live)) {
        make_room_for_lesson(live, &order, &facts, height);
        live_redraw(live);
        return;
    }
    place_selection(live, height);
    if (live->view.follow)
        keep_in_the_middle(live, height);
    live_redraw(live);
}

/* The reader resolves between sweeps what was asked for here, so that a name is known before it is shown. */
static void note_users(struct live *live, const struct sample *sample)
{
    const struct process *before = NULL;
    for (size_t i = 0; i < sample->count; i++) {
        const struct process *process = &sample->processes[i];
        if (!before || process->euid != before->euid)
            users_name(live->users, process->euid);
        before = process;
    }
}

/* The past stands still; only the bar grows. */
static void show_now(struct live *live, const struct now *now)
{
    if (live->rewind.past) {
        live_redraw(live);
        return;
    }
    marks_expire(now->marks, now->sample->time);
    live_rebuild(live);
}

int live_sample_arrived(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct live *live = data;
    live->events_lost = live->losing_events;
    live->losing_events = false;
    if (live->connector)
        live_kernel_events_arrived(NULL, -1, 0, live);
    struct now now = what_is_now(live);
    struct sample old = *now.before;
    *now.before = *now.sample;
    *now.sample = old;
    int r = reader_take(live->reader, now.sample);
    if (r < 0) {
        /* the old sample stays on the screen, and the reader is told */
        old = *now.sample;
        *now.sample = *now.before;
        *now.before = old;
        live_complain(live, _("/proc could not be read: %s (%s)"), error_name(r), error_words(r));
    } else {
        live->cost = cpu_time() - live->cpu_asked;
        computer_read(&live->computer);
        note_users(live, now.sample);
        live_redact_sample(live, now.sample);
        take_changes(live, &now);
        show_now(live, &now);
    }
    live->asked = false;
    set_timer(live);
    if (live->ask_again)
        ask(live);
    return 0;
}
