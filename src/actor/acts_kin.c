#include "acts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOCKED_BYTES = 64 * 1024 };

void act_getpid(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_call(self, getpid(), 0, "getpid()");
}

void act_getppid(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_call(self, getppid(), 0, "getppid()");
}

void act_setsid(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    pid_t r = setsid();
    report_call(self, r, failure(r), "setsid()");
}

/* PID GROUP */
void act_setpgid(struct self *self, int count, char **args)
{
    (void)count;
    int r = setpgid(atoi(args[0]), atoi(args[1]));
    report_call(self, r, failure(r), "setpgid(%s, %s)", args[0], args[1]);
}

/* on or off. What is orphaned below it becomes its child, not PID 1's; a forked child is none. */
void act_subreaper(struct self *self, int count, char **args)
{
    (void)count;
    unsigned long on = strcmp(args[0], "on") == 0;
    int r = prctl(PR_SET_CHILD_SUBREAPER, on, 0, 0, 0);
    report_call(self, r, failure(r), "prctl(PR_SET_CHILD_SUBREAPER, %lu)", on);
}

void act_mlock(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    void *memory = mmap(NULL, LOCKED_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        report_call(self, -1, errno, "mmap(NULL, %d, ...)", LOCKED_BYTES);
        return;
    }
    int r = mlock(memory, LOCKED_BYTES);
    report_call(self, r, failure(r), "mlock(%p, %d)", memory, LOCKED_BYTES);
}

/* PID: who may trace this process, where Yama asks */
void act_ptracer(struct self *self, int count, char **args)
{
    (void)count;
    int r = prctl(PR_SET_PTRACER, strtoul(args[0], NULL, 10), 0, 0, 0);
    report_call(self, r, failure(r), "prctl(PR_SET_PTRACER, %s)", args[0]);
}

/* PTRACE_SEIZE sends no SIGSTOP; the stop that PTRACE_INTERRUPT brings is the t of STAT. */
void act_trace(struct self *self, int count, char **args)
{
    (void)count;
    pid_t pid = atoi(args[0]);
    int status;
    long r = ptrace(PTRACE_SEIZE, pid, NULL, NULL);
    report_call(self, r, failure(r), "ptrace(PTRACE_SEIZE, %s, NULL, NULL)", args[0]);
    if (r < 0)
        return;
    r = ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
    report_call(self, r, failure(r), "ptrace(PTRACE_INTERRUPT, %s, NULL, NULL)", args[0]);
    /* Its stop is a message to the tracer, which is waited for so that `trace` is done when it is over. */
    report_enter(self, PROTOCOL_SLEEPS, 0, "waitpid(%s, &status, __WALL)", args[0]);
    pid_t stopped = waitpid(pid, &status, __WALL);
    report_wait(self, stopped, failure(stopped), status, "waitpid(%s, &status, __WALL)", args[0]);
}

void act_untrace(struct self *self, int count, char **args)
{
    (void)count;
    long r = ptrace(PTRACE_DETACH, atoi(args[0]), NULL, NULL);
    report_call(self, r, failure(r), "ptrace(PTRACE_DETACH, %s, NULL, NULL)", args[0]);
}
