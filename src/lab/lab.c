#include "lab/lab.h"

#include "base/clock.h"
#include "base/memory.h"
#include "lab/adoption.h"
#include "lab/directory.h"
#include "lab/ending.h"
#include "lab/foreign.h"
#include "lab/guard.h"
#include "lab/limits.h"
#include "lab/members.h"
#include "lab/source.h"
#include "lab/state.h"
#include "machine/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum {
    EVENTS_PER_DISPATCH = 256, /* the owner has other things to do */
    LAST_WAIT_MS = 5000,       /* for killed actors to end: one may sleep on a disk */
};

/* A number below the hard limit, so that it can be set without privilege. A lab within a lab has one already.
 */
static int choose_mark(rlim_t *ret)
{
    struct rlimit locks;
    if (getrlimit(RLIMIT_LOCKS, &locks) < 0)
        return -errno;
    rlim_t most = locks.rlim_max == RLIM_INFINITY ? RLIM_INFINITY >> 2 : locks.rlim_max;
    rlim_t mark;
    if (most < 2)
        return -EPERM;
    if (getrandom(&mark, sizeof mark, 0) != sizeof mark)
        return -EIO;
    *ret = 1 + mark % (most - 1);
    return 0;
}

static int open_lifeline(struct lab *lab)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    lab->lifeline_read = ends[0];
    lab->lifeline_write = ends[1];
    /* An actor that has changed its user opens it anew by its name in /proc. */
    return fchmod(ends[0], 0666) < 0 ? -errno : 0;
}

/* Each actor takes two descriptors, and three more once it runs another program. */
static int raise_file_limit(struct lab *lab)
{
    if (getrlimit(RLIMIT_NOFILE, &lab->files) < 0)
        return -errno;
    struct rlimit raised = { .rlim_cur = lab->files.rlim_max, .rlim_max = lab->files.rlim_max };
    return setrlimit(RLIMIT_NOFILE, &raised) < 0 ? -errno : 0;
}

static int open_all(struct lab *lab)
{
    int r = choose_mark(&lab->mark);
    if (r == 0)
        r = raise_file_limit(lab);
    if (r == 0)
        r = open_lifeline(lab);
    if (r == 0 && (lab->epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
        r = -errno;
    if (r == 0 && (lab->timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)) < 0)
        r = -errno;
    if (r == 0)
        r = source_watch(lab, lab->timer, SOURCE_TIMER, NULL);
    return r;
}

static void copy_terminal(struct lab_terminal *to, const struct lab_terminal *from)
{
    *to = (struct lab_terminal){ .fd = from->modes || from->restore ? from->fd : -1 };
    if (from->restore)
        to->restore = xstrdup(from->restore);
    if (from->modes) {
        struct termios *modes = xmalloc(sizeof *modes);
        *modes = *from->modes;
        to->modes = modes;
    }
}

int lab_new(struct lab **ret, const struct lab_options *options)
{
    struct lab *lab = xcalloc(1, sizeof *lab);
    lab->features = *options->features;
    lab->listener = options->listener;
    lab->limits = limits_in_force(&options->limits);
    lab->stopwatch = clock_now();
    lab->may_exec = options->may_exec;
    copy_terminal(&lab->terminal, &options->terminal);
    lab->folder = programs_folder(options->programs);
    lab->epoll = lab->timer = lab->lifeline_read = lab->lifeline_write = lab->warden_socket = -1;
    int r = open_all(lab);
    if (r == 0)
        r = adoption_begin(lab, options->sandbox);
    if (r == 0)
        r = directory_make(&lab->directory);
    if (r == 0 && (r = guard_start(lab)) < 0)
        rmdir(lab->directory); /* nobody was there yet, so it is empty */
    if (r < 0) {
        lab_free(lab);
        return r;
    }
    *ret = lab;
    return 0;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* Waits for an actor that was killed, and for its zombie if it is our child or has become one. */
static void await_end(struct member *member, int64_t deadline)
{
    struct pollfd pidfd = { .fd = member->pidfd, .events = POLLIN };
    int64_t left = deadline - clock_now();
    if (member->pidfd >= 0 && left > 0)
        poll(&pidfd, 1, (int)(left / NS_PER_MS) + 1);
    if (member->spawned && member->actor.state != ACTOR_REAPED)
        waitpid(member->actor.id.pid, NULL, WNOHANG);
    adoption_reap(member);
}

static void kill_everyone(struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (member_is_living(lab->members[i]))
            syscall(SYS_pidfd_send_signal, lab->members[i]->pidfd, SIGKILL, NULL, 0);
    guard_sweep_and_wait(lab);
    int64_t deadline = clock_now() + LAST_WAIT_MS * NS_PER_MS;
    for (size_t i = 0; i < lab->member_count; i++)
        await_end(lab->members[i], deadline);
}

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    queue_release(&lab->queue);
    if (lab->member_count)
        kill_everyone(lab);
    while (lab->member_count)
        member_remove(lab, lab->members[lab->member_count - 1]);
    guard_dismiss(lab);
    adoption_end(lab);
    close_if_open(lab->lifeline_write);
    close_if_open(lab->lifeline_read);
    close_if_open(lab->timer);
    close_if_open(lab->epoll);
    if (lab->files.rlim_max)
        setrlimit(RLIMIT_NOFILE, &lab->files);
    free((void *)lab->terminal.modes);
    free((void *)lab->terminal.restore);
    pools_release(&lab->pools);
    remembered_release(&lab->remembered);
    free(lab->members);
    free(lab->folder);
    free(lab->directory);
    free(lab);
}

const char *lab_directory(const struct lab *lab)
{
    return lab->directory;
}

int lab_fd(const struct lab *lab)
{
    return lab->epoll;
}

/* The tick runs while a command is under way or something must be looked for; 0: as soon as the owner
 * watches. */
static void set_timer(const struct lab *lab, long ms)
{
    struct itimerspec timer = { .it_value.tv_nsec = 1 };
    if (ms)
        timer.it_value = (struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * NS_PER_MS };
    timerfd_settime(lab->timer, 0, &timer, NULL);
}

static void set_tick(const struct lab *lab)
{
    long forgotten = limits_next_ms(lab), adopted = adoption_next_look(lab);
    if (lab->queue.count || ending_pending(lab) || foreign_pending(lab))
        set_timer(lab, LAB_TICK_MS);
    else if (adopted && (!forgotten || adopted < forgotten))
        set_timer(lab, adopted);
    else if (forgotten)
        set_timer(lab, forgotten);
}

void lab_dispatch(struct lab *lab)
{
    for (int i = 0; i < EVENTS_PER_DISPATCH && source_handle_one(lab); i++)
        ;
    ending_settle(lab);
    foreign_settle(lab);
    adoption_look(lab);
    queue_run(lab);
    limits_end_forgotten(lab);
    set_tick(lab);
}

int lab_submit(struct lab *lab, const char *source, struct lab_error *ret_error)
{
    int r = queue_add(&lab->queue, source, false, ret_error);
    if (r == 0)
        set_timer(lab, 0);
    return r;
}

bool lab_idle(const struct lab *lab)
{
    return lab->queue.count == 0;
}

size_t lab_failures(const struct lab *lab)
{
    return lab->failures;
}

const char *lab_done(const struct lab *lab, size_t index)
{
    return index < lab->queue.done_count ? lab->queue.done[index] : NULL;
}
