#include "acts.h"
#include "queues.h"
#include "things.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORD_SIZE = 64 };

/* What an exception says in another language stands here, and goes back as a text: "error no function
 * 'cube'". */
struct outcome {
    bool failed;
    long value;
    char error[PROTOCOL_QUEUE_TEXT_MAX / 2];
};

static struct outcome succeed(long value)
{
    return (struct outcome){ .value = value };
}

static struct outcome fail(const char *what, const char *word)
{
    struct outcome outcome = { .failed = true };
    snprintf(outcome.error, sizeof outcome.error, "%s '%s'", what, word);
    return outcome;
}

static struct outcome sleep_ms(const struct self *self, long ms)
{
    struct timespec span = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    if (ms < 0)
        return fail("bad number", "sleep");
    report_enter(self, PROTOCOL_SLEEPS, ms, "nanosleep({%ld, %ld}, NULL)", (long)span.tv_sec, span.tv_nsec);
    int r = nanosleep(&span, NULL);
    report_call(self, r, failure(r), "nanosleep({%ld, %ld}, NULL)", (long)span.tv_sec, span.tv_nsec);
    return r < 0 ? fail("interrupted", "sleep") : succeed(ms);
}

/* The functions that a worker knows. */
static struct outcome compute(const struct self *self, const char *function, const char *number)
{
    char *end;
    long n = strtol(number, &end, 10);
    if (!*number || *end || n > 1000000 || n < -1000000)
        return fail("bad number", number);
    if (strcmp(function, "square") == 0)
        return succeed(n * n);
    if (strcmp(function, "cube") == 0)
        return succeed(n * n * n);
    if (strcmp(function, "sleep") == 0)
        return sleep_ms(self, n);
    return fail("no function", function);
}

/* A task is "INDEX FUNCTION NUMBER", its result "INDEX VALUE" or "INDEX error WHY". */
static void work_on(const struct self *self, char *task, char *result, size_t size)
{
    char *rest, *index = strtok_r(task, " ", &rest), *function = strtok_r(NULL, " ", &rest);
    const char *number = function ? rest + strspn(rest, " ") : "";
    if (!index || !function) {
        snprintf(result, size, "0 error no task");
        return;
    }
    struct outcome outcome = compute(self, function, number);
    if (outcome.failed) {
        report_says(self, N_("an exception: the worker goes on, and the result says so"), "%s(%s): %s",
                    function, number, outcome.error);
        snprintf(result, size, "%s error %s", index, outcome.error);
    } else {
        report_says(self, "", "%s(%s) = %ld", function, number, outcome.value);
        snprintf(result, size, "%s %ld", index, outcome.value);
    }
}

/* TASKS RESULTS. A call that fails or is interrupted ends it, and the actor is free again. */
void act_worker(struct self *self, int count, char **args)
{
    (void)count;
    char task[MESSAGE_SIZE], result[MESSAGE_SIZE];
    const struct thing *tasks = things_need(self, args[0], PROTOCOL_THING_QUEUE, NULL);
    const struct thing *results = things_need(self, args[1], PROTOCOL_THING_QUEUE, NULL);
    const struct patience patience = { .endless = true };
    while (tasks && results && queue_get(self, tasks->fds[0], task, &patience) >= 0) {
        if (strcmp(task, "stop") == 0) {
            report_enter(self, PROTOCOL_ENDS, 0, "exit(0)");
            exit(EXIT_SUCCESS);
        }
        work_on(self, task, result, sizeof result);
        if (queue_put(self, results->fds[0], result, &patience) < 0)
            return;
    }
}

/* Results by the numbers of their tasks. */
struct collected {
    int count;
    struct item {
        long index, value;
    } items[LIST_ITEMS_MAX];
};

static void insert(struct collected *collected, long index, long value)
{
    int place = collected->count++;
    for (; place > 0 && collected->items[place - 1].index > index; place--)
        collected->items[place] = collected->items[place - 1];
    collected->items[place] = (struct item){ index, value };
}

static void take_result(const struct self *self, const char *message, struct collected *collected)
{
    char *rest, quoted[2 * PROTOCOL_QUEUE_TEXT_MAX];
    long index = strtol(message, &rest, 10);
    bool failed = strncmp(rest, " error", 6) == 0;
    report_says(self, failed ? N_("the task failed: here the exception is raised again") : "", "message = %s",
                quote(quoted, sizeof quoted, message, strlen(message)));
    if (!failed)
        insert(collected, index, strtol(rest, NULL, 10));
}

/* Becomes the actor's list of that name: in its memory, where others can read it. */
static void keep(struct self *self, char *name, const struct collected *collected)
{
    char numbers[LIST_ITEMS_MAX * 24] = "", *args[] = { name, numbers };
    size_t used = 0;
    for (int i = 0; i < collected->count; i++)
        used += (size_t)snprintf(numbers + used, sizeof numbers - used, "%s%ld", i ? " " : "",
                                 collected->items[i].value);
    act_list(self, 2, args);
}

/* POOL COUNT: takes so many results; those of tasks that succeeded become a list of the pool's name. */
void act_result(struct self *self, int count, char **args)
{
    (void)count;
    char message[MESSAGE_SIZE], name[sizeof((struct thing *)0)->name + 1];
    struct collected collected = { .count = 0 };
    const struct patience patience = { .endless = true };
    snprintf(name, sizeof name, "%s" PROTOCOL_POOL_RESULTS, args[0]);
    const struct thing *results = things_need(self, name, PROTOCOL_THING_QUEUE, NULL);
    for (long left = atol(args[1]); results && left > 0 && collected.count < LIST_ITEMS_MAX; left--) {
        if (queue_get(self, results->fds[0], message, &patience) < 0)
            return;
        take_result(self, message, &collected);
    }
    if (results)
        keep(self, args[0], &collected);
}
