#include "app/follower.h"

#include "app/environment.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "machine/connector.h"
#include "machine/reader.h"
#include "model/changes.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <systemd/sd-event.h>
#include <time.h>
#include <unistd.h>

enum {
    COST_SHARE = 10, /* at most one part in ten of a CPU is used */
    KERNEL_EVENTS_MOST = 100000,
    KERNEL_EVENTS_AT_ONCE = 512,
    TIMER_ACCURACY_US = 1000,
};

struct follower {
    const struct follower_options *options;
    const struct follower_client *client;
    int output;
    sd_event *loop;
    sd_event_source *timer;
    struct users *users;
    struct reader *reader;
    struct connector *connector; /* NULL: births and ends are seen in samples alone */
    struct sample before, after;
    struct kernel_event *kernel;
    size_t kernel_count, kernel_room, lost;
    int64_t asked;  /* on the clock of the CPU time used */
    int64_t ending; /* the last sample is one that is younger than this; 0: not ending */
    bool started;   /* the first sample has come */
};

/* The CPU time that all threads have used. The time that passes would be no measure of the cost: on a busy
 * machine, most of it is others'. */
static int64_t cpu_time(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * NS_PER_SECOND + used.tv_nsec;
}

static void ask(struct follower *follower)
{
    struct sample_request request = { 0 };
    if (follower->client->ask)
        follower->client->ask(follower->client->data, &request);
    follower->asked = cpu_time();
    reader_ask(follower->reader, &request);
}

/* Ends after one more reading, so that what has happened until now is told; at once when that was asked for
 * already. */
static void finish(struct follower *follower)
{
    if (follower->ending || !follower->started) {
        sd_event_exit(follower->loop, 0);
        return;
    }
    follower->ending = clock_now();
    sd_event_source_set_enabled(follower->timer, SD_EVENT_OFF);
    ask(follower);
}

static void read_kernel_events(struct follower *follower)
{
    size_t count, lost;
    do {
        follower->kernel = grow(follower->kernel, &follower->kernel_room,
                                follower->kernel_count + KERNEL_EVENTS_AT_ONCE, sizeof *follower->kernel);
        if (connector_read(follower->connector, follower->kernel + follower->kernel_count,
                           KERNEL_EVENTS_AT_ONCE, &count, &lost) < 0)
            return;
        follower->kernel_count += count;
        follower->lost += lost;
        if (follower->kernel_count > KERNEL_EVENTS_MOST) {
            follower->lost += follower->kernel_count;
            follower->kernel_count = 0;
        }
    } while (count == KERNEL_EVENTS_AT_ONCE);
}

/* Tells of one moment. As struct follower_client's take(). */
static int tell(struct follower *follower)
{
    struct event_list list = { 0 };
    changes_between(&list, &follower->before, &follower->after, follower->kernel, &follower->kernel_count);
    struct followed moment = {
        .before = &follower->before,
        .after = &follower->after,
        .events = list.events,
        .event_count = list.count,
        .lost = follower->lost,
        .exact = follower->connector != NULL,
        .users = follower->users,
    };
    int status = follower->client->take(follower->client->data, &moment);
    follower->lost = 0;
    event_list_release(&list);
    return status;
}

static void set_timer(struct follower *follower)
{
    double delay = follower->options->delay * 1e6;
    double fair = (double)(cpu_time() - follower->asked) / 1000 * COST_SHARE;
    sd_event_source_set_time_relative(follower->timer, (uint64_t)(delay > fair ? delay : fair));
    sd_event_source_set_enabled(follower->timer, SD_EVENT_ONESHOT);
}

static int on_sample(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct follower *follower = data;
    struct sample older = follower->before;
    follower->before = follower->after;
    follower->after = older;
    int r = reader_take(follower->reader, &follower->after);
    if (r < 0) {
        fprintf(stderr, _("forklore: /proc could not be read: %s (%s)\n"), error_name(r), error_words(r));
        return sd_event_exit(follower->loop, 1);
    }
    if (follower->connector)
        read_kernel_events(follower);
    follower->started = true;
    bool last = follower->ending && follower->after.time >= follower->ending;
    int status = tell(follower);
    if (status != 0 || last)
        return sd_event_exit(follower->loop, status > 0 ? status : 0);
    if (!follower->ending)
        set_timer(follower);
    return 0;
}

static int on_kernel_events(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    read_kernel_events(data);
    return 0;
}

static int on_timer(sd_event_source *source, uint64_t usec, void *data)
{
    (void)source, (void)usec;
    ask(data);
    return 0;
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info, void *data)
{
    (void)source, (void)info;
    finish(data);
    return 0;
}

static int on_time_over(sd_event_source *source, uint64_t usec, void *data)
{
    (void)source, (void)usec;
    struct follower *follower = data;
    if (follower->started)
        finish(follower);
    else
        follower->ending = 1; /* the first sample, which is under way, is the last too */
    return 0;
}

static int on_output_closed(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)fd, (void)events, (void)data;
    return sd_event_exit(sd_event_source_get_event(source), 0);
}

static int add_sources(struct follower *follower)
{
    sd_event *loop = follower->loop;
    int r = sd_event_add_io(loop, NULL, reader_fd(follower->reader), EPOLLIN, on_sample, follower);
    if (r >= 0)
        r = sd_event_add_signal(loop, NULL, SIGINT, on_signal, follower);
    if (r >= 0)
        r = sd_event_add_signal(loop, NULL, SIGTERM, on_signal, follower);
    if (r >= 0)
        r = sd_event_add_time(loop, &follower->timer, CLOCK_MONOTONIC, 0, TIMER_ACCURACY_US, on_timer,
                              follower);
    if (r >= 0)
        r = sd_event_source_set_enabled(follower->timer, SD_EVENT_OFF);
    if (r >= 0 && follower->connector)
        r = sd_event_add_io(loop, NULL, connector_fd(follower->connector), EPOLLIN, on_kernel_events,
                            follower);
    if (r >= 0 && follower->options->duration > 0)
        r = sd_event_add_time_relative(loop, NULL, CLOCK_MONOTONIC,
                                       (uint64_t)(follower->options->duration * 1e6), TIMER_ACCURACY_US,
                                       on_time_over, follower);
    /* a pipe tells when its reader goes; a file cannot be watched, and need not be */
    if (follower->output >= 0)
        sd_event_add_io(loop, NULL, follower->output, 0, on_output_closed, NULL);
    return r < 0 ? r : 0;
}

static void block_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
}

static int start(struct follower *follower, const struct features *features)
{
    follower->users = users_new();
    if (!features->has[FEATURE_CONNECTOR] || connector_open(&follower->connector) < 0)
        follower->connector = NULL;
    block_signals();
    int r = reader_new(&follower->reader, follower->users);
    if (r == 0)
        r = sd_event_new(&follower->loop);
    return r < 0 ? r : add_sources(follower);
}

static void release(struct follower *follower)
{
    sd_event_source_unref(follower->timer);
    sd_event_unref(follower->loop);
    reader_free(follower->reader);
    connector_free(follower->connector);
    users_free(follower->users);
    sample_release(&follower->before);
    sample_release(&follower->after);
    free(follower->kernel);
}

int follower_run(const struct follower_options *options, const struct follower_client *client, int output)
{
    struct follower follower = { .options = options, .client = client, .output = output };
    struct features features;
    int status = environment_features(&features);
    if (status != 0)
        return status;
    int r = start(&follower, &features);
    if (r == 0) {
        ask(&follower);
        r = sd_event_loop(follower.loop);
    }
    if (r < 0)
        fprintf(stderr, _("forklore: the event loop failed: %s (%s)\n"), error_name(r), error_words(r));
    release(&follower);
    return r < 0 ? 1 : r;
}
