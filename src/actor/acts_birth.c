#include "acts.h"

#include "lifeline.h"
#include "registration.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* One argument for each child: its name. */
void act_fork(struct self *self, int count, char **args)
{
    for (int i = 0; i < count; i++) {
        pid_t child = fork();
        if (child == 0) {
            registration_forked(self, args[i], "fork()");
            return;
        }
        report_birth(self, child, failure(child), "fork()");
        if (child < 0)
            return;
    }
}

/* N: so many children that end at once, and are no actors. It stops where fork fails. */
void act_zombies(struct self *self, int count, char **args)
{
    (void)count;
    long made = 0, wanted = atol(args[0]);
    pid_t child = 1;
    while (made < wanted && (child = fork()) > 0)
        made++;
    if (child == 0)
        _exit(EXIT_SUCCESS);
    int error = failure(child);
    report_says(self, "", "for (n = 0; n < %ld; n++) if (fork() == 0) _exit(0);  n = %ld", wanted, made);
    if (child < 0)
        report_call(self, -1, error, "fork()");
}

/* CLONE_VFORK without CLONE_VM: the parent waits in D as after vfork(2) until the child execs or ends, and
 * the child, with memory of its own, can live on as an actor. */
static long clone_vfork(void)
{
#ifdef __s390__
    return syscall(SYS_clone, 0, CLONE_VFORK | SIGCHLD, 0, 0, 0);
#else
    return syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
#endif
}

void act_vfork(struct self *self, int count, char **args)
{
    (void)count;
    report_enter(self, PROTOCOL_SLEEPS, 0, "vfork()");
    long child = clone_vfork();
    if (child == 0) {
        registration_forked(self, args[0], "vfork()");
        return;
    }
    report_birth(self, child, failure(child), "vfork()");
}

/* The child between the two forks. Where it leads a session, its own child leads none and belongs to nobody's
 * terminal. */
static void be_between(struct self *self, const char *name, bool leads)
{
    if (leads) {
        pid_t session = setsid();
        report_call(self, session, failure(session), "setsid()");
    }
    pid_t child = fork();
    if (child == 0) {
        registration_forked(self, name, "fork()");
        return;
    }
    report_birth(self, child, failure(child), "fork()");
    report_enter(self, PROTOCOL_ENDS, 0, "_exit(0)");
    _exit(EXIT_SUCCESS);
}

/* The child between waits at a gate, a pipe that its parent closes, until the parent has told of it: what it
 * says itself comes after that. */
static void await_gate(int gate[2])
{
    char nothing;
    close(gate[1]);
    ssize_t end = read(gate[0], &nothing, 1);
    (void)end;
    close(gate[0]);
}

static void fork_twice(struct self *self, const char *name, bool leads)
{
    int status, gate[2];
    bool gated = pipe(gate) == 0;
    pid_t between = fork();
    if (between == 0) {
        if (gated)
            await_gate(gate);
        be_between(self, name, leads);
        return;
    }
    report_call(self, between, failure(between), "fork()");
    if (gated) {
        close(gate[0]);
        close(gate[1]);
    }
    if (between < 0)
        return;
    pid_t ended = waitpid(between, &status, 0);
    report_wait(self, ended, failure(ended), status, "waitpid(%d, &status, 0)", (int)between);
}

/* NAME, of the grandchild */
void act_double_fork(struct self *self, int count, char **args)
{
    (void)count;
    fork_twice(self, args[0], false);
}

/* NAME, of the grandchild */
void act_daemon(struct self *self, int count, char **args)
{
    (void)count;
    fork_twice(self, args[0], true);
}

/* execvp("sh", {"sh", "-c", "true", NULL}) */
static const char *exec_text(char *text, size_t size, int count, char **args)
{
    size_t length = (size_t)snprintf(text, size, "execvp(\"%s\", {", args[0]);
    for (int i = 0; i < count && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "\"%s\", ", args[i]);
    if (length < size)
        snprintf(text + length, size - length, "NULL})");
    return text;
}

/* The files that came with the order become the standard ones; what these were is kept, should the exec fail.
 * Not in the way of the new program: close-on-exec, and above what shell scripts use. */
static void change_files(const struct self *self, int kept[3])
{
    for (int i = 0; i < 3; i++) {
        kept[i] = -1;
        if (self->files[i] < 0)
            continue;
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, PROTOCOL_FIRST_FREE_FD);
        dup2(self->files[i], i);
    }
}

static void change_files_back(const int kept[3])
{
    for (int i = 0; i < 3; i++)
        if (kept[i] >= 0) {
            dup2(kept[i], i);
            close(kept[i]);
        }
}

/* What the new program forks knows nothing of the lab: it gets a process group of its own, and that gets a
 * lifeline. */
void act_exec(struct self *self, int count, char **args)
{
    char text[1024], *arguments[PROTOCOL_FIELDS_MAX + 1];
    int kept[3];
    exec_text(text, sizeof text, count, args);
    memcpy(arguments, args, (size_t)count * sizeof *args);
    arguments[count] = NULL;

    pid_t stage = getpgrp();
    setpgid(0, 0);
    int group_lifeline = lifeline_arm(-getpgrp());
    report_enter(self, PROTOCOL_EXECS, 0, "%s", text);
    change_files(self, kept);
    execvp(arguments[0], arguments);
    int error = errno;
    change_files_back(kept);
    if (group_lifeline >= 0)
        close(group_lifeline);
    setpgid(0, stage);
    report_call(self, -1, error, "%s", text);
}

static void *wait_for_ever(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static int start_thread(const struct self *self)
{
    pthread_t thread;
    sigset_t all, before;
    /* Signals are the leader's: it alone obeys orders. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&thread, NULL, wait_for_ever, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    report_call(self, error, error, "pthread_create(&thread, NULL, start, NULL)");
    return error;
}

/* COUNT [exit-leader]: so many threads; then the leading one ends. */
void act_thread(struct self *self, int count, char **args)
{
    for (int i = atoi(args[0]); i > 0; i--)
        if (start_thread(self) != 0)
            return;
    if (count > 1 && strcmp(args[1], "exit-leader") == 0) {
        report_enter(self, PROTOCOL_LEAVES, 0, "pthread_exit(NULL)");
        pthread_exit(NULL);
    }
}
