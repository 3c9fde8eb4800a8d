#include "machine/adopter.h"

#include "base/clock.h"
#include "machine/control.h"
#include "machine/probe_child.h"
#include "machine/procfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_MS = 2 };

/* What the process between does: it forks the orphan, which waits at the leash, tells its pid and ends. */
static void leave_an_orphan(const int leash[2], int report)
{
    pid_t orphan = fork();
    if (orphan == 0) {
        char byte;
        close(leash[1]);
        close(report);
        while (read(leash[0], &byte, 1) < 0 && errno == EINTR)
            ;
        _exit(0);
    }
    ssize_t sent = write(report, &orphan, sizeof orphan);
    _exit(sent == sizeof orphan && orphan > 0 ? 0 : 1);
}

/* The pid of an orphan that lives until leash[1] is closed; the process between has been waited for, so that
 * the orphan has been adopted. Or -errno. */
static pid_t make_orphan(const int leash[2])
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0)
        return -errno;
    pid_t orphan = -1, between = fork();
    if (between == 0)
        leave_an_orphan(leash, report[1]);
    int error = errno;
    close(report[1]);
    if (between > 0) {
        probe_child_wait(between);
        if (read(report[0], &orphan, sizeof orphan) != sizeof orphan)
            orphan = -1;
        error = EAGAIN; /* the second fork failed: for want of processes */
    }
    close(report[0]);
    return orphan > 0 ? orphan : -error;
}

static int find_adopter(pid_t orphan, struct process_id *ret_id, struct adopter *ret)
{
    struct process_storage storage;
    struct process process;
    int r = procfile_read(orphan, &process, &storage);
    if (r < 0)
        return r;
    *ret_id = process.id;
    *ret = (struct adopter){ .pid = process.ppid };
    if (ret->pid > 0 && procfile_read(ret->pid, &process, &storage) == 0)
        snprintf(ret->name, sizeof ret->name, "%s", process.comm);
    return 0;
}

/* As the adopter itself we are the one that reaps. */
static bool is_gone(struct process_id id, const struct adopter *adopter)
{
    if (adopter->pid == getpid())
        waitpid(id.pid, NULL, WNOHANG);
    return !procfile_exists(id);
}

/* Its zombie is timed from the moment its end was seen. */
static void watch_zombie(struct process_id id, int pidfd, int64_t deadline, struct adopter *adopter)
{
    struct pollfd ended = { .fd = pidfd, .events = POLLIN };
    int64_t began = clock_now();
    poll(&ended, 1, (int)(deadline / NS_PER_MS));
    int64_t end = clock_now();
    while (!(adopter->reaps = is_gone(id, adopter)) && clock_now() - began < deadline)
        poll(NULL, 0, LOOK_MS);
    adopter->zombie = adopter->reaps ? clock_now() - end : deadline;
}

int adopter_probe(struct adopter *ret, int64_t deadline)
{
    struct adopter adopter;
    struct process_id id;
    int leash[2], pidfd = -1;
    if (pipe2(leash, O_CLOEXEC) < 0)
        return -errno;
    pid_t orphan = make_orphan(leash);
    int r = orphan < 0 ? orphan : find_adopter(orphan, &id, &adopter);
    if (r == 0)
        r = control_open(id, &pidfd);
    close(leash[0]);
    close(leash[1]);
    if (r < 0)
        return r;
    watch_zombie(id, pidfd, deadline, &adopter);
    close(pidfd);
    *ret = adopter;
    return 0;
}
