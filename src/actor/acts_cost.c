/* What it costs to make processes: one for each task, or one for all of them. */
#include "acts.h"
#include "attention.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MS_PER_CHILD_MOST = 50 }; /* a tenth of one is usual, but many may want the CPU */

static long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The lab's attention may interrupt; no child is left behind for that. */
static pid_t reap(pid_t child)
{
    int status;
    pid_t reaped;
    do
        reaped = waitpid(child, &status, 0);
    while (reaped < 0 && errno == EINTR);
    return reaped;
}

/* Children one after another, each ended and reaped before the next. Returns how many. */
static long make_each(long count, int *ret_error)
{
    for (long made = 0; made < count; made++) {
        *ret_error = EINTR;
        if (attention_wanted())
            return made;
        pid_t child = fork();
        if (child == 0)
            _exit(EXIT_SUCCESS);
        if (child < 0 || reap(child) < 0) {
            *ret_error = errno;
            return made;
        }
    }
    return count;
}

/* Gives each byte back that it gets, until there is nobody who could send one. */
static _Noreturn void answer(int from, int to)
{
    char task;
    while (read(from, &task, 1) == 1 && write(to, &task, 1) == 1)
        ;
    _exit(EXIT_SUCCESS);
}

static long ask(int to, int from, long count, int *ret_error)
{
    char task = 0;
    for (long answered = 0; answered < count; answered++) {
        errno = EINTR; /* a signal between two calls interrupts none of them */
        if (attention_wanted() || write(to, &task, 1) != 1 || read(from, &task, 1) != 1) {
            *ret_error = errno;
            return answered;
        }
    }
    return count;
}

/* One child that lives for all tasks. Returns how many it has answered. */
static long make_one(long count, int *ret_error)
{
    int there[2], back[2];
    if (pipe(there) < 0) {
        *ret_error = errno;
        return 0;
    }
    if (pipe(back) < 0) {
        *ret_error = errno;
        close(there[0]);
        close(there[1]);
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        close(there[1]);
        close(back[0]);
        answer(there[0], back[1]);
    }
    *ret_error = errno;
    close(there[0]);
    close(back[1]);
    long done = child < 0 ? 0 : ask(there[1], back[0], count, ret_error);
    close(there[1]);
    close(back[0]);
    if (child > 0 && reap(child) < 0) {
        *ret_error = errno;
        return 0;
    }
    return done;
}

/* NAME N yes|no: whether one child is reused. The microseconds that passed become its variable of that name.
 */
void act_churn(struct self *self, int count, char **args)
{
    (void)count;
    char loop[120], value[24], *variable[] = { args[0], value };
    long tasks = atol(args[1]);
    int error = 0;
    bool reuse = args[2][0] == 'y';
    snprintf(loop, sizeof loop,
             reuse ? "for (i = 0; i < %ld; i++) write(), read()"
                   : "for (i = 0; i < %ld; i++) fork(), waitpid()",
             tasks);
    report_enter(self, PROTOCOL_RUNS, tasks * MS_PER_CHILD_MOST, "%s", loop);
    long start = now_us(), done = reuse ? make_one(tasks, &error) : make_each(tasks, &error);
    snprintf(value, sizeof value, "n%ld", now_us() - start);
    if (done < tasks) {
        report_call(self, -1, error, "%s", loop);
        return;
    }
    report_call(self, done, 0, "%s", loop);
    act_let(self, 2, variable);
}
