#include "app/child_program.h"

#include "base/clock.h"
#include "base/memory.h"
#include "machine/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct stream {
    int fd; /* -1: closed */
    char *text;
    size_t length, room;
};

enum { OUTPUT, ERRORS, STREAMS };

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    return posix_spawnattr_setflags(attributes,
                                    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* The input is opened before the directory changes. */
static int set_files(posix_spawn_file_actions_t *actions, const struct child_program *program,
                     const int theirs[STREAMS])
{
    const char *input = program->input ? program->input : "/dev/null";
    int r = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, input, O_RDONLY, 0);
    if (r == 0)
        r = posix_spawn_file_actions_adddup2(actions, theirs[OUTPUT], STDOUT_FILENO);
    if (r == 0)
        r = posix_spawn_file_actions_adddup2(actions, theirs[ERRORS], STDERR_FILENO);
    if (r == 0 && program->directory)
        r = posix_spawn_file_actions_addchdir_np(actions, program->directory);
    return r;
}

static int start(const struct child_program *program, const int theirs[STREAMS], pid_t *ret)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int r = set_attributes(&attributes);
    if (r == 0)
        r = set_files(&actions, program, theirs);
    if (r == 0)
        r = posix_spawnp(ret, program->arguments[0], &actions, &attributes, program->arguments,
                         program->environment ? program->environment : environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return -r;
}

/* False: it prints too much. */
static bool read_some(struct stream *stream)
{
    stream->text = grow(stream->text, &stream->room, stream->length + 4096, 1);
    ssize_t length = read(stream->fd, stream->text + stream->length, 4095);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (length <= 0)
        close_fd(&stream->fd);
    else
        stream->length += (size_t)length;
    return stream->length <= CHILD_OUTPUT_MAX;
}

/* Until it has ended and its output has, or until the deadline. */
static void follow(const struct child_program *program, int pidfd, struct stream streams[STREAMS],
                   struct child_result *ret)
{
    int64_t deadline = clock_now() + program->deadline_ms * NS_PER_MS;
    bool ended = false;
    while (!ended || streams[OUTPUT].fd >= 0) {
        struct pollfd ready[] = { { .fd = streams[OUTPUT].fd, .events = POLLIN },
                                  { .fd = streams[ERRORS].fd, .events = POLLIN },
                                  { .fd = ended ? -1 : pidfd, .events = POLLIN },
                                  { .fd = program->interrupt, .events = POLLIN } };
        int64_t left = deadline - clock_now();
        ret->late = left <= 0;
        if (ret->late)
            return;
        if (poll(ready, 4, (int)(left / NS_PER_MS) + 1) < 0)
            continue;
        ret->late = ready[3].revents;
        if (ret->late)
            return;
        for (int i = 0; i < STREAMS; i++)
            ret->too_much |= ready[i].revents && !read_some(&streams[i]);
        if (ret->too_much)
            return;
        ended |= ready[2].revents != 0;
    }
}

/* What it wrote there before it ended; others may still hold that end. */
static void read_rest(struct stream *stream)
{
    struct pollfd ready = { .fd = stream->fd, .events = POLLIN };
    while (stream->fd >= 0 && poll(&ready, 1, 0) == 1 && read_some(stream))
        ;
    close_fd(&stream->fd);
}

/* The leader's zombie keeps the number of the group from being used anew until it has been killed. */
static int kill_and_reap(pid_t pid)
{
    siginfo_t end = { 0 };
    int status;
    kill(-pid, SIGKILL);
    while (waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR)
        ;
    kill(-pid, SIGKILL); /* who was forked just then */
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static char *take_text(struct stream *stream)
{
    stream->text = grow(stream->text, &stream->room, stream->length + 1, 1);
    stream->text[stream->length] = '\0';
    return stream->text;
}

static int open_pipes(struct stream streams[STREAMS], int theirs[STREAMS])
{
    for (int i = 0; i < STREAMS; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) < 0)
            return -errno;
        streams[i].fd = ends[0];
        theirs[i] = ends[1];
    }
    return 0;
}

int child_program_run(const struct child_program *program, struct child_result *ret)
{
    struct stream streams[STREAMS] = { { .fd = -1 }, { .fd = -1 } };
    int theirs[STREAMS] = { -1, -1 };
    pid_t pid;
    int r = open_pipes(streams, theirs);
    if (r == 0)
        r = start(program, theirs, &pid);
    for (int i = 0; i < STREAMS; i++)
        close_fd(&theirs[i]);
    if (r == 0) {
        int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
        *ret = (struct child_result){ .late = pidfd < 0 };
        if (pidfd >= 0)
            follow(program, pidfd, streams, ret);
        ret->status = kill_and_reap(pid);
        for (int i = 0; i < STREAMS && !ret->too_much; i++)
            read_rest(&streams[i]);
        ret->output = take_text(&streams[OUTPUT]);
        ret->errors = take_text(&streams[ERRORS]);
        close_fd(&pidfd);
    }
    for (int i = 0; i < STREAMS; i++)
        close_fd(&streams[i].fd);
    return r;
}

bool child_program_exists(const char *name)
{
    const char *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    bool found = false;
    for (const char *at = path ? path : "/usr/local/bin:/usr/bin:/bin"; *at && !found;) {
        size_t length = strcspn(at, ":");
        char *file = xasprintf("%.*s/%s", (int)length, at, name);
        found = length && access(file, X_OK) == 0;
        free(file);
        at += length + (at[length] == ':');
    }
    return found;
}
