#include "acts.h"
#include "in_thread.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* STATUS */
void act_exit(struct self *self, int count, char **args)
{
    (void)count;
    report_enter(self, PROTOCOL_ENDS, 0, "exit(%s)", args[0]);
    exit(atoi(args[0]));
}

/* STATUS */
void act_exit_at_once(struct self *self, int count, char **args)
{
    (void)count;
    report_enter(self, PROTOCOL_ENDS, 0, "_exit(%s)", args[0]);
    _exit(atoi(args[0]));
}

void act_abort(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_enter(self, PROTOCOL_ENDS, 0, "abort()");
    abort();
}

/* The compiler must not see that it is NULL: it would put another trap in place of the write. Where SIGSEGV
 * has a handler, that runs first (SA_RESETHAND) and the second try ends it. */
static void write_nowhere(void *unused)
{
    (void)unused;
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}

/* yes or no: whether another thread does it */
void act_segv(struct self *self, int count, char **args)
{
    (void)count;
    if (strcmp(args[0], "yes") == 0) {
        in_thread(self, "write_nowhere", write_nowhere, NULL, PROTOCOL_ENDS, 0);
        return;
    }
    report_enter(self, PROTOCOL_ENDS, 0, "*(int *)NULL = 1");
    write_nowhere(NULL);
}

/* A child that was waited for meanwhile is ours no longer, and its pid may be another's. */
static bool is_child(pid_t pid)
{
    siginfo_t info;
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* atexit(3) hands its functions nothing. */
static struct self *ending;

/* As multiprocessing does for Process(daemon=True): first all are told to end, then each is waited for. */
static void end_daemonic(void)
{
    for (int i = 0; i < ending->daemonic_count; i++) {
        if (!is_child(ending->daemonic[i]))
            continue;
        int r = kill(ending->daemonic[i], SIGTERM);
        report_call(ending, r, failure(r), "kill(%d, SIGTERM)", (int)ending->daemonic[i]);
    }
    for (int i = 0; i < ending->daemonic_count; i++) {
        int status, pid = ending->daemonic[i];
        if (!is_child(pid))
            continue;
        report_enter(ending, PROTOCOL_SLEEPS, 0, "waitpid(%d, &status, 0)", pid);
        pid_t child = waitpid(pid, &status, 0);
        report_wait(ending, child, failure(child), status, "waitpid(%d, &status, 0)", pid);
    }
}

/* Once for a process and what it forks: registered functions are inherited (atexit(3)). */
static int register_end(struct self *self)
{
    if (ending)
        return 0;
    int r = atexit(end_daemonic);
    report_call(self, r, 0, "atexit(end_daemonic)");
    if (r == 0)
        ending = self;
    return r;
}

/* PID, of a child */
void act_daemonic(struct self *self, int count, char **args)
{
    (void)count;
    pid_t pid = atoi(args[0]);
    if (!is_child(pid)) {
        report_call(self, -1, errno, "waitid(P_PID, %d, &info, WEXITED | WNOHANG | WNOWAIT)", (int)pid);
        return;
    }
    for (int i = 0; i < self->daemonic_count; i++)
        if (self->daemonic[i] == pid || !is_child(self->daemonic[i]))
            self->daemonic[i--] = self->daemonic[--self->daemonic_count];
    if (self->daemonic_count == DAEMONIC_MAX || register_end(self) != 0)
        return;
    self->daemonic[self->daemonic_count++] = pid;
    report_says(self, N_("exit() of its parent ends it and waits for it; _exit() and signals leave it alone"),
                "daemonic[%d] = %d", self->daemonic_count - 1, (int)pid);
}
