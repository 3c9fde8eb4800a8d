#include "acts.h"

#include "attention.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void act_wait(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    int status;
    report_enter(self, PROTOCOL_SLEEPS, 0, "wait(&status)");
    pid_t child = wait(&status);
    report_wait(self, child, failure(child), status, "wait(&status)");
}

/* PID [WNOHANG] */
void act_waitpid(struct self *self, int count, char **args)
{
    int status;
    pid_t wanted = atoi(args[0]);
    int options = count > 1 && strcmp(args[1], "WNOHANG") == 0 ? WNOHANG : 0;
    const char *option_text = options ? "WNOHANG" : "0";
    if (!options)
        report_enter(self, PROTOCOL_SLEEPS, 0, "waitpid(%d, &status, 0)", (int)wanted);
    pid_t child = waitpid(wanted, &status, options);
    report_wait(self, child, failure(child), status, "waitpid(%d, &status, %s)", (int)wanted, option_text);
}

void act_pause(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_enter(self, PROTOCOL_SLEEPS, 0, "pause()");
    int r = pause();
    report_call(self, r, failure(r), "pause()");
}

/* MILLISECONDS */
void act_sleep(struct self *self, int count, char **args)
{
    (void)count;
    long ms = atol(args[0]);
    struct timespec span = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    report_enter(self, PROTOCOL_SLEEPS, ms, "nanosleep({%ld, %ld}, NULL)", (long)span.tv_sec, span.tv_nsec);
    int r = nanosleep(&span, NULL);
    report_call(self, r, failure(r), "nanosleep({%ld, %ld}, NULL)", (long)span.tv_sec, span.tv_nsec);
}

static long elapsed_ms(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* [MILLISECONDS]; without it until the lab interrupts. The clock is read without a system call (vdso(7)). */
void act_spin(struct self *self, int count, char **args)
{
    long limit = count > 0 ? atol(args[0]) : 0;
    struct timespec start;
    report_enter(self, PROTOCOL_RUNS, limit, "for (;;)");
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (!attention_wanted() && (limit == 0 || elapsed_ms(&start) < limit))
        ;
    if (attention_wanted())
        report_call(self, -1, EINTR, "for (;;)");
    else
        report_call(self, 0, 0, "for (;;)");
}

void act_stop(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_enter(self, PROTOCOL_SLEEPS, 0, "kill(%d, SIGSTOP)", (int)getpid());
    int r = kill(getpid(), SIGSTOP);
    report_call(self, r, failure(r), "kill(%d, SIGSTOP)", (int)getpid());
}
