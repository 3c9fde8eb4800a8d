#include "lab/programs.h"

#include "base/memory.h"
#include "lab/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

char *programs_folder(const char *folder)
{
    char own[PATH_MAX];
    if (folder)
        return xstrdup(folder);
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0)
        return xstrdup(PKGLIBEXECDIR);
    own[length] = '\0';
    char *slash = strrchr(own, '/');
    if (!slash)
        return xstrdup(PKGLIBEXECDIR);
    *slash = '\0';
    char *actor = xasprintf("%s/forklore-actor", own);
    char *found = xstrdup(access(actor, X_OK) == 0 ? own : PKGLIBEXECDIR);
    free(actor);
    return found;
}

/* The functions from here to run_child() run between fork and exec, beside a thread that may hold any lock:
 * system calls only (signal-safety(7)). */

static void reset_signals(void)
{
    sigset_t none;
    for (int signal = 1; signal <= SIGRTMAX; signal++)
        sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The sources may have the numbers that others are to get, so all move out of the way before any takes its
 * place. */
static void place_descriptors(const struct program_start *start)
{
    enum { COUNT = 3 };
    const int wanted[COUNT] = { PROTOCOL_LIFELINE_FD, PROTOCOL_CONTROL_FD, PROTOCOL_TERMINAL_FD };
    int sources[COUNT] = { start->lifeline, start->control, start->terminal };
    for (int i = 0; i < COUNT; i++)
        if (sources[i] >= 0)
            sources[i] = fcntl(sources[i], F_DUPFD_CLOEXEC, PROTOCOL_FIRST_FREE_FD);
    for (int i = 0; i < COUNT; i++)
        if (sources[i] < 0 || dup2(sources[i], wanted[i]) < 0)
            close(wanted[i]);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(null, fd);
    syscall(SYS_close_range, STDERR_FILENO + 1, PROTOCOL_LIFELINE_FD - 1, 0);
    syscall(SYS_close_range, PROTOCOL_FIRST_FREE_FD, ~0U, 0);
}

static void write_number(char *text, int number)
{
    char digits[12];
    int count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count > 0)
        *text++ = digits[--count];
    *text = '\0';
}

static void run_child(const struct program_start *start, const char *path)
{
    char *argv[] = { (char *)start->title, NULL };
    char failure[16] = { PROTOCOL_NO_EXEC, '\0' };
    reset_signals();
    setpgid(0, start->group);
    place_descriptors(start);
    execve(path, argv, environ);
    write_number(failure + 2, errno);
    send(PROTOCOL_CONTROL_FD, failure, sizeof failure, MSG_NOSIGNAL);
    _exit(127);
}

int program_start(pid_t *ret, const struct program_start *start)
{
    char *path = xasprintf("%s/%s", start->folder, start->name);
    sigset_t all, before;
    /* A handler of ours must not run in the child. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    int error = errno;
    if (child == 0)
        run_child(start, path);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(path);
    if (child < 0)
        return -error;
    *ret = child;
    return 0;
}
