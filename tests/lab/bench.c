#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "base/memory.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEADLINE_MS = 20000 };

static void append(struct bench *bench, const char *text)
{
    size_t length = strlen(text);
    bench->told = grow(bench->told, &bench->capacity, bench->length + length + 1, 1);
    memcpy(bench->told + bench->length, text, length + 1);
    bench->length += length;
}

static void take_report(void *data, const struct lab_report *report)
{
    struct bench *bench = data;
    append(bench, report->actor ? report->actor : "");
    append(bench, ": ");
    append(bench, report->text);
    if (report->kind == LAB_REPORT_BLOCKED)
        append(bench, " ...");
    if (report->words) {
        append(bench, " -- ");
        append(bench, report->words);
    }
    append(bench, "\n");
}

char *bench_programs(void)
{
    const char *forklore = getenv("FORKLORE"), *slash = forklore ? strrchr(forklore, '/') : NULL;
    return slash ? xstrndup(forklore, (size_t)(slash - forklore)) : xstrdup(".");
}

static int setup(void **state, bool sandbox, struct lab_limits limits)
{
    struct features features;
    struct bench *bench = xcalloc(1, sizeof *bench);
    char *folder = bench_programs();
    if (features_probe(&features, getenv("FORKLORE_WITHOUT"), NULL) < 0)
        return -1;
    struct lab_options options = {
        .features = &features,
        .listener = { take_report, bench },
        .terminal = { .fd = -1 },
        .sandbox = sandbox,
        .may_exec = true,
        .programs = folder,
        .limits = limits,
    };
    int r = lab_new(&bench->lab, &options);
    free(folder);
    append(bench, "");
    *state = bench;
    return r;
}

int bench_setup(void **state)
{
    return setup(state, false, (struct lab_limits){ 0 });
}

int bench_setup_sandbox(void **state)
{
    return setup(state, true, (struct lab_limits){ 0 });
}

int bench_setup_limited(void **state, const struct lab_limits *limits)
{
    return setup(state, false, *limits);
}

int bench_teardown(void **state)
{
    struct bench *bench = *state;
    lab_free(bench->lab);
    free(bench->told);
    free(bench);
    return 0;
}

enum { TOLD_MOST = 900 };

/* Dispatches once there is something to do; fails when that takes longer than `deadline`. */
static void step(struct bench *bench, int64_t deadline)
{
    struct pollfd ready = { .fd = lab_fd(bench->lab), .events = POLLIN };
    int64_t left = (deadline - clock_now()) / NS_PER_MS;
    if (left <= 0 || poll(&ready, 1, (int)left) != 1) {
        /* the end is what matters, and cmocka cuts long messages */
        size_t from = bench->length > TOLD_MOST ? bench->length - TOLD_MOST : 0;
        fail_msg("too slow; told at last:\n%s", bench->told ? bench->told + from : "");
    }
    lab_dispatch(bench->lab);
}

void bench_run(struct bench *bench, const char *script)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    struct lab_error error;
    if (lab_submit(bench->lab, script, &error) < 0)
        fail_msg("%d:%d: %s", error.line, error.column, error.text);
    while (!lab_idle(bench->lab))
        step(bench, deadline);
}

struct lab_error bench_reject(struct bench *bench, const char *script)
{
    struct lab_error error = { .line = 0 };
    assert_true(lab_submit(bench->lab, script, &error) < 0);
    assert_true(lab_idle(bench->lab));
    return error;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A copy in which the pids of actors are their names. */
static char *with_names(const struct bench *bench)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (const char *at = bench->told; *at;) {
        char *end;
        unsigned long number = is_digit(*at) ? strtoul(at, &end, 10) : 0;
        const struct actor *found = NULL;
        if (!is_digit(*at)) {
            fputc(*at++, out);
            continue;
        }
        for (size_t i = 0; i < lab_actor_count(bench->lab) && number > 1; i++)
            if ((unsigned long)lab_actor(bench->lab, i)->id.pid == number)
                found = lab_actor(bench->lab, i);
        if (found)
            fprintf(out, "<%s>", found->name);
        else
            fwrite(at, 1, (size_t)(end - at), out);
        at = end;
    }
    fclose(out);
    return text;
}

void bench_expect(struct bench *bench, const char *lines)
{
    char *text = with_names(bench);
    bool equal = strcmp(text, lines) == 0;
    if (!equal)
        print_error("told:\n%sexpected:\n%s", text, lines);
    free(text);
    assert_true(equal);
    bench_forget(bench);
}

bool bench_has(struct bench *bench, const char *part)
{
    char *text = with_names(bench);
    bool found = strstr(text, part);
    free(text);
    return found;
}

size_t bench_place(struct bench *bench, const char *part)
{
    char *text = with_names(bench);
    const char *found = strstr(text, part);
    size_t place = found ? (size_t)(found - text) : 0;
    free(text);
    assert_non_null(found);
    return place;
}

void bench_await(struct bench *bench, const char *part)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    while (!bench_has(bench, part))
        step(bench, deadline);
}

void bench_forget(struct bench *bench)
{
    bench->length = 0;
    bench->told[0] = '\0';
}
