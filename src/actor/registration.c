#include "registration.h"

#include "lifeline.h"
#include "room.h"
#include "things.h"
#include "title.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void take_name(struct self *self, const char *name)
{
    snprintf(self->name, sizeof self->name, "%s", name);
    title_show(self);
}

/* RLIMIT_LOCKS has had no effect since Linux 2.4, goes through fork, exec, setsid and an empty environment,
 * and can be read by everybody in /proc/PID/limits. */
static void take_mark(const char *text)
{
    rlim_t mark = strtoull(text, NULL, 10);
    if (setrlimit(RLIMIT_LOCKS, &(struct rlimit){ .rlim_cur = mark, .rlim_max = mark }) < 0)
        _exit(EXIT_FAILURE);
}

/* Where Yama is at work only ancestors may look at the call a process is in, and an orphan has lost the lab
 * as one. Elsewhere this is EINVAL. Not inherited by fork. */
static void allow_lab(const struct self *self)
{
    prctl(PR_SET_PTRACER, (unsigned long)self->lab, 0, 0, 0);
}

/* The lab holds more descriptors than the limit it was started with. */
static void lower_file_limit(const char *text)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = strtoull(text, NULL, 10);
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* One that spins and is left alone ends by SIGKILL. Goes through fork and exec: getrlimit(2). */
static void limit_cpu(const char *text)
{
    rlim_t seconds = strtoull(text, NULL, 10);
    if (setrlimit(RLIMIT_CPU, &(struct rlimit){ .rlim_cur = seconds, .rlim_max = seconds }) < 0)
        _exit(EXIT_FAILURE);
}

enum { NAME, MARK, LAB, FILES, CPU_SECONDS, DIRECTORY, FIELD_COUNT };

void registration_spawned(struct self *self, char **argv)
{
    char message[PROTOCOL_MESSAGE_MAX];
    char *fields[FIELD_COUNT];
    ssize_t length = recv(PROTOCOL_CONTROL_FD, message, sizeof message, 0);
    if (length <= 0 || protocol_split(message, (size_t)length, fields, FIELD_COUNT) != FIELD_COUNT)
        _exit(EXIT_FAILURE);
    if (chdir(fields[DIRECTORY]) < 0)
        _exit(EXIT_FAILURE);
    title_prepare(self, argv);
    things_prepare(self);
    take_mark(fields[MARK]);
    /* Without this an actor could exec a set-user-ID program, which the lab cannot kill. */
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    self->lab = (pid_t)strtol(fields[LAB], NULL, 10);
    allow_lab(self);
    lower_file_limit(fields[FILES]);
    limit_cpu(fields[CPU_SECONDS]);
    take_name(self, fields[NAME]);
    fcntl(PROTOCOL_CONTROL_FD, F_SETFD, FD_CLOEXEC);
    self->lifeline = lifeline_arm(getpid());
    if (self->lifeline < 0 || report_hello(self, "", PROTOCOL_CONTROL_FD, -1) < 0)
        _exit(EXIT_FAILURE);
}

void registration_forked(struct self *self, const char *name, const char *call)
{
    int old_lifeline = self->lifeline, ends[2];
    struct rlimit before = room_make();
    self->sequence = 0;
    self->daemonic_count = 0;
    take_name(self, name);
    allow_lab(self);
    self->lifeline = lifeline_arm(getpid());
    if (self->lifeline < 0)
        _exit(EXIT_FAILURE);
    close(old_lifeline);
    int parents = fcntl(PROTOCOL_CONTROL_FD, F_DUPFD_CLOEXEC, PROTOCOL_FIRST_FREE_FD);
    if (parents < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ||
        dup3(ends[0], PROTOCOL_CONTROL_FD, O_CLOEXEC) < 0)
        _exit(EXIT_FAILURE);
    close(ends[0]);
    room_restore(before);
    if (report_hello(self, call, parents, ends[1]) < 0)
        _exit(EXIT_FAILURE);
    /* From here on the parent's socket is the parent's alone. */
    close(parents);
    close(ends[1]);
}
