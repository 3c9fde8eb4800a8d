/* What it costs to pass numbers on to another process, by each of the ways that there are for it. */
#include "acts.h"
#include "attention.h"
#include "elements.h"
#include "queues.h"

#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PER_MS = 2 }; /* at the least, on a machine where many want the CPU */

/* What the child that takes the numbers ends with. */
enum { GOT_ALL = 0, GOT_OTHERS = 1 };

/* Whose turn it is with shared memory, which by itself tells nobody that something new is there. */
struct turns {
    sem_t room, full;
};

struct way {
    const struct thing *thing;
    struct turns *turns;
    long numbers;
};

static long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* How many of the numbers from `first` on lie in shared memory at a time. */
static long share(const struct way *way, long first)
{
    long left = way->numbers - first;
    return left < way->thing->count ? left : way->thing->count;
}

/* False with errno, EINTR when the lab asks. */
static bool put_into_memory(const struct way *way)
{
    volatile int *at = way->thing->memory;
    for (long first = 0; first < way->numbers; first += way->thing->count) {
        errno = EINTR;
        if (attention_wanted() || sem_wait(&way->turns->room) < 0)
            return false;
        for (long i = 0; i < share(way, first); i++)
            at[i] = (int)(first + i);
        sem_post(&way->turns->full);
    }
    return true;
}

static long take_from_memory(const struct way *way)
{
    const volatile int *at = way->thing->memory;
    long sum = 0;
    for (long first = 0; first < way->numbers; first += way->thing->count) {
        if (sem_wait(&way->turns->full) < 0)
            return -1;
        for (long i = 0; i < share(way, first); i++)
            sum += at[i];
        sem_post(&way->turns->room);
    }
    return sum;
}

static bool put_one(const struct way *way, int number)
{
    const int *fds = way->thing->fds;
    if (way->thing->kind == PROTOCOL_THING_PIPE)
        return write(fds[1], &number, sizeof number) == sizeof number;
    return mq_send(fds[0], (const char *)&number, sizeof number, 0) == 0;
}

static bool put_all(const struct way *way)
{
    if (way->turns)
        return put_into_memory(way);
    for (int i = 0; i < way->numbers; i++) {
        errno = EINTR;
        if (attention_wanted() || !put_one(way, i))
            return false;
    }
    return true;
}

/* Their sum; -1: they did not come. */
static long take_all(const struct way *way)
{
    const int *fds = way->thing->fds;
    union {
        int number;
        char bytes[MESSAGE_SIZE];
    } message;
    long sum = 0;
    if (way->turns)
        return take_from_memory(way);
    for (long i = 0; i < way->numbers; i++) {
        ssize_t got = way->thing->kind == PROTOCOL_THING_PIPE
                          ? read(fds[0], &message.number, sizeof message.number)
                          : mq_receive(fds[0], message.bytes, sizeof message.bytes, NULL);
        if (got != sizeof message.number)
            return -1;
        sum += message.number;
    }
    return sum;
}

/* It ends with its parent, for whom alone it is there. */
static _Noreturn void receive(const struct way *way, pid_t parent)
{
    long expected = way->numbers * (way->numbers - 1) / 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(GOT_OTHERS);
    _exit(take_all(way) == expected ? GOT_ALL : GOT_OTHERS);
}

static int reap(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The microseconds from the first number to the end of the child that has taken them all; -1 and errno. */
static long transfer(const struct way *way)
{
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        receive(way, parent);
    if (child < 0)
        return -1;
    long start = now_us();
    int error = put_all(way) ? 0 : errno;
    if (error)
        kill(child, SIGKILL);
    if (reap(child) != GOT_ALL && !error)
        error = EBADMSG;
    errno = error;
    return error ? -1 : now_us() - start;
}

static struct turns *new_turns(void)
{
    struct turns *turns =
        mmap(NULL, sizeof *turns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (turns == MAP_FAILED)
        return NULL;
    sem_init(&turns->room, 1, 1);
    sem_init(&turns->full, 1, 0);
    return turns;
}

static const char *loop_text(char *text, size_t size, const struct way *way)
{
    const struct thing *thing = way->thing;
    int used = snprintf(text, size, "for (i = 0; i < %ld; i++) ", way->numbers);
    char *rest = text + used;
    size -= (size_t)used;
    if (thing->kind == PROTOCOL_THING_PIPE)
        snprintf(rest, size, "write(%d, &i, sizeof i)", thing->fds[1]);
    else if (thing->kind == PROTOCOL_THING_QUEUE)
        snprintf(rest, size, "mq_send(%d, &i, sizeof i, 0)", thing->fds[0]);
    else if (thing->count == 1)
        snprintf(rest, size, "{ sem_wait(&room); *%s = i; sem_post(&full); }", thing->name);
    else
        snprintf(rest, size, "%s[i %% %ld] = i", thing->name, thing->count);
    return text;
}

/* NAME N THING. The microseconds become its variable of that name. */
void act_transfer(struct self *self, int count, char **args)
{
    (void)count;
    char text[160], value[24], *variable[] = { args[0], value };
    struct way way = { .thing = things_find(self, args[2], NULL), .numbers = atol(args[1]) };
    if (!way.thing)
        return;
    if (elements_are_in(way.thing) && !(way.turns = new_turns())) {
        report_call(self, -1, errno, "mmap(NULL, %zu, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0)",
                    sizeof *way.turns);
        return;
    }
    loop_text(text, sizeof text, &way);
    report_enter(self, PROTOCOL_RUNS, 1000 + way.numbers / PER_MS, "%s", text);
    long us = transfer(&way);
    int error = failure(us);
    if (way.turns)
        munmap(way.turns, sizeof *way.turns);
    report_call(self, us < 0 ? -1 : way.numbers, error, "%s", text);
    snprintf(value, sizeof value, "n%ld", us);
    if (us >= 0)
        act_let(self, 2, variable);
}
