#include "terminal.h"

#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The user's own configuration would change what is measured. */
static void exec_program(const char *const *argv, const char *home)
{
    const char *path = getenv("PATH");
    char *environment[] = {
        xasprintf("PATH=%s", path ? path : "/usr/bin:/bin"),
        xasprintf("HOME=%s", home),
        xasprintf("XDG_CONFIG_HOME=%s", home),
        xasprintf("XDG_STATE_HOME=%s", home),
        xasprintf("XDG_DATA_HOME=%s", home),
        "TERM=xterm-256color",
        "LC_ALL=C.UTF-8",
        NULL,
    };
    execvpe(argv[0], (char *const *)argv, environment);
    _exit(127);
}

int terminal_start(struct terminal *ret, const char *const *argv, const char *home)
{
    struct terminal terminal;
    struct winsize size = { .ws_row = 50, .ws_col = 160 };
    pid_t self = getpid();
    terminal.pid = forkpty(&terminal.fd, NULL, NULL, &size);
    if (terminal.pid < 0)
        return -errno;
    if (terminal.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != self)
            _exit(0);
        exec_program(argv, home);
    }
    *ret = terminal;
    return 0;
}

void terminal_stop(struct terminal *terminal)
{
    const struct timespec moment = { .tv_nsec = 10 * NS_PER_MS };
    int64_t deadline = clock_now() + 3 * NS_PER_SECOND;
    close(terminal->fd);
    while (waitpid(terminal->pid, NULL, WNOHANG) == 0) {
        if (clock_now() > deadline)
            kill(terminal->pid, SIGKILL);
        nanosleep(&moment, NULL);
    }
}

ssize_t terminal_read(const struct terminal *terminal, char *output, size_t size, int64_t deadline)
{
    struct pollfd pollfd = { .fd = terminal->fd, .events = POLLIN };
    int64_t left = deadline - clock_now();
    struct timespec timeout = { .tv_sec = left / NS_PER_SECOND, .tv_nsec = left % NS_PER_SECOND };
    if (left <= 0 || ppoll(&pollfd, 1, &timeout, NULL) <= 0)
        return 0;
    ssize_t count = read(terminal->fd, output, size);
    return count > 0 ? count : -1; /* EIO: no process has the terminal open any more (pty(7)) */
}

bool terminal_drain(const struct terminal *terminal, int64_t deadline)
{
    char output[4096];
    ssize_t count;
    do
        count = terminal_read(terminal, output, sizeof output, deadline);
    while (count > 0);
    return count == 0;
}

void terminal_press(const struct terminal *terminal, const char *keys)
{
    /* A key that does not get through shows as a latency that never ends; there is nothing better to do about
     * it. */
    if (write(terminal->fd, keys, strlen(keys)) < 0)
        perror("write to a terminal");
}
