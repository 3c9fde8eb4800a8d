#include "app/live.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <time.h>

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
