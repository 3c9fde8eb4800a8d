#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the leader tells about the program. */
struct report {
    pid_t pid;
    enum job_state state;
    int status;
};

static void report(int socket, pid_t pid, enum job_state state, int status)
{
    struct report message = { .pid = pid, .state = state, .status = status };

    send(socket, &message, sizeof(message), MSG_NOSIGNAL);
}

/* The program's signals are as a shell would leave them. */
static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void run_program(char *const argv[], char *const environment[])
{
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    reset_signals();
    execvpe(argv[0], argv, environment);
    fprintf(stderr, "%s: cannot be started\r\n", argv[0]);
    _exit(127);
}

static void attend_program(int socket, pid_t pid)
{
    int status;
    char command;

    report(socket, pid, JOB_RUNNING, 0);
    while (waitpid(pid, &status, WUNTRACED) == pid) {
        tcsetpgrp(STDIN_FILENO, getpgrp());
        report(socket, pid, WIFSTOPPED(status) ? JOB_STOPPED : JOB_ENDED, status);
        if (!WIFSTOPPED(status) || recv(socket, &command, 1, 0) != 1)
            break;
        tcsetpgrp(STDIN_FILENO, pid);
        kill(-pid, SIGCONT);
        report(socket, pid, JOB_RUNNING, 0);
    }
    /* The session leader's end would hang up the terminal: stay until the test is over. */
    while (recv(socket, &command, 1, 0) == 1)
        ;
    _exit(0);
}

/* The signal handler's: whom a closed terminal concerns. */
static volatile pid_t program_group;

/* The kernel tells the session's leader alone that its terminal is gone; a shell passes it on to its jobs. */
static void on_hang_up(int number)
{
    if (program_group > 0)
        kill(-program_group, number);
}

static void lead_session(int socket, int slave, char *const argv[], char *const environment[])
{
    const struct sigaction hang_up = { .sa_handler = on_hang_up, .sa_flags = SA_RESTART };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    for (int fd = 0; fd <= 2; fd++)
        dup2(slave, fd);
    socket = dup2(socket, 3);
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    close_range(4, ~0U, 0); /* the terminal's master above all: it must be open in one process only */
    signal(SIGTTOU, SIG_IGN);
    sigaction(SIGHUP, &hang_up, NULL);
    pid_t pid = fork();
    if (pid == 0)
        run_program(argv, environment);
    program_group = pid;
    setpgid(pid, pid);
    tcsetpgrp(STDIN_FILENO, pid);
    attend_program(socket, pid);
}

int job_start(struct job *job, int slave, char *const argv[], char *const environment[])
{
    int sockets[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
        return -errno;
    pid_t leader = fork();
    if (leader < 0) {
        int r = -errno;
        close(sockets[0]);
        close(sockets[1]);
        return r;
    }
    if (leader == 0) {
        close(sockets[0]);
        lead_session(sockets[1], slave, argv, environment);
    }
    close(sockets[1]);
    *job = (struct job){ .state = JOB_RUNNING, .leader = leader, .socket = sockets[0] };
    while (job->pid == 0) {
        struct report message;
        if (recv(job->socket, &message, sizeof(message), 0) != sizeof(message))
            return -EIO;
        job->pid = message.pid;
    }
    return 0;
}

void job_update(struct job *job)
{
    struct report message;

    if (job->state == JOB_NONE)
        return;
    while (recv(job->socket, &message, sizeof(message), MSG_DONTWAIT) == sizeof(message)) {
        job->state = message.state;
        job->status = message.status;
    }
}

void job_continue(struct job *job)
{
    send(job->socket, "c", 1, MSG_NOSIGNAL);
}

void job_release(struct job *job)
{
    if (job->state == JOB_NONE)
        return;
    job_update(job);
    if (job->state != JOB_ENDED)
        kill(job->pid, SIGKILL);
    close(job->socket);
    kill(job->leader, SIGKILL);
    waitpid(job->leader, NULL, 0);
    *job = (struct job){ 0 };
}
