#include "acts.h"

#include "attention.h"
#include "in_thread.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
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

/* PID [WNOHANG] [WUNTRACED] */
void act_waitpid(struct self *self, int count, char **args)
{
    static const char *const texts[] = { "0", "WNOHANG", "WUNTRACED", "WNOHANG | WUNTRACED" };
    int status, options = 0;
    pid_t wanted = atoi(args[0]);
    for (int i = 1; i < count; i++)
        options |= strcmp(args[i], "WNOHANG") == 0 ? WNOHANG : WUNTRACED;
    const char *option_text = texts[!!(options & WNOHANG) + 2 * !!(options & WUNTRACED)];
    if (!(options & WNOHANG))
        report_enter(self, PROTOCOL_SLEEPS, 0, "waitpid(%d, &status, %s)", (int)wanted, option_text);
    pid_t child = waitpid(wanted, &status, options);
    report_wait(self, child, failure(child), status, "waitpid(%d, &status, %s)", (int)wanted, option_text);
}

static void poll_and_wait(struct self *self, pid_t pid, int pidfd, int ms)
{
    struct pollfd poll_fd = { .fd = pidfd, .events = POLLIN };
    int status;
    report_enter(self, PROTOCOL_SLEEPS, ms, "poll({%d, POLLIN}, 1, %d)", pidfd, ms);
    int r = poll(&poll_fd, 1, ms);
    report_call(self, r, failure(r), "poll({%d, POLLIN}, 1, %d)", pidfd, ms);
    if (r <= 0)
        return;
    pid_t child = waitpid(pid, &status, WNOHANG);
    report_wait(self, child, failure(child), status, "waitpid(%d, &status, WNOHANG)", (int)pid);
}

/* PID MILLISECONDS. A pidfd can be read from once its process has ended: pidfd_open(2). */
void act_join(struct self *self, int count, char **args)
{
    (void)count;
    pid_t pid = atoi(args[0]);
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    report_call(self, pidfd, failure(pidfd), "pidfd_open(%d, 0)", (int)pid);
    if (pidfd < 0)
        return;
    poll_and_wait(self, pid, pidfd, atoi(args[1]));
    int r = close(pidfd);
    report_call(self, r, failure(r), "close(%d)", pidfd);
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

static double clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Reading the clock of CPU time is a system call, so it is read now and then. */
static void use_cpu(void)
{
    for (volatile int i = 0; i < 20000; i++)
        ;
}

static void use_cpu_until(void *data)
{
    const double *end = data;
    while (!attention_wanted() && clock_ms(CLOCK_PROCESS_CPUTIME_ID) < *end)
        use_cpu();
}

/* MILLISECONDS, of CPU time, yes or no: whether another thread uses it. The result is how many passed by the
 * clock, rounded: the two clocks do not run at quite the same rate, and no fewer should be told than were
 * used. */
void act_work(struct self *self, int count, char **args)
{
    (void)count;
    long ms = atol(args[0]);
    double start = clock_ms(CLOCK_MONOTONIC), end = clock_ms(CLOCK_PROCESS_CPUTIME_ID) + (double)ms;
    if (strcmp(args[1], "yes") == 0) {
        if (!in_thread(self, "work", use_cpu_until, &end, PROTOCOL_RUNS, ms))
            return;
    } else {
        report_enter(self, PROTOCOL_RUNS, ms, "work(%ld)", ms);
        use_cpu_until(&end);
    }
    if (attention_wanted())
        report_call(self, -1, EINTR, "work(%ld)", ms);
    else
        report_call(self, (long)(clock_ms(CLOCK_MONOTONIC) - start + 0.5), 0, "work(%ld)", ms);
}

void act_yield(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    int r = sched_yield();
    report_call(self, r, failure(r), "sched_yield()");
}

void act_stop(struct self *self, int count, char **args)
{
    (void)count;
    (void)args;
    report_enter(self, PROTOCOL_SLEEPS, 0, "kill(%d, SIGSTOP)", (int)getpid());
    int r = kill(getpid(), SIGSTOP);
    report_call(self, r, failure(r), "kill(%d, SIGSTOP)", (int)getpid());
}
