/* record_cost TICKS: what recording adds to reading, in the crowd that it is started in: CPU time and bytes
 * of the first, whole moment and of those after it, beside the CPU time of the reading alone. */
#include "base/clock.h"
#include "base/memory.h"
#include "machine/sampler.h"
#include "model/changes.h"
#include "model/recording.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TICKS_MOST = 1000 };

struct tick {
    int64_t reading, recording; /* CPU time, ns */
    uint64_t bytes;
};

static int64_t cpu_time(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * NS_PER_SECOND + used.tv_nsec;
}

/* One reading and what is recorded of it, as `forklore record` does it: with what has changed since. */
static int take(struct sampler *sampler, struct recording_writer *writer, struct users *users,
                struct sample *before, struct sample *after, struct tick *ret)
{
    struct event_list list = { 0 };
    struct sample_request request = { .needs = before->count ? 0 : SAMPLE_CMDLINE };
    size_t none = 0;
    int64_t begin = cpu_time();
    int r = sampler_read(sampler, &request, after);
    int64_t read = cpu_time();
    if (r < 0)
        return r;
    uint64_t bytes = recording_bytes(writer);
    changes_between(&list, before, after, NULL, &none);
    struct moment moment = { .events = list.events, .event_count = list.count };
    r = recording_write(writer, after, &moment, users);
    *ret = (struct tick){ read - begin, cpu_time() - read, recording_bytes(writer) - bytes };
    event_list_release(&list);
    return r;
}

static int smaller_first(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static int64_t median(const struct tick *ticks, size_t count, size_t offset)
{
    int64_t values[TICKS_MOST];
    for (size_t i = 0; i < count; i++)
        memcpy(&values[i], (const char *)&ticks[i] + offset, sizeof *values);
    qsort(values, count, sizeof *values, smaller_first);
    return values[count / 2];
}

static void print(const char *what, const struct tick *ticks, size_t count)
{
    double reading = (double)median(ticks, count, offsetof(struct tick, reading)) / 1e6,
           recording = (double)median(ticks, count, offsetof(struct tick, recording)) / 1e6;
    printf("%-22s %10.2f ms %10.2f ms %8.3f %12lld\n", what, reading, recording, recording / reading,
           (long long)median(ticks, count, offsetof(struct tick, bytes)));
}

static int run(size_t count, FILE *to)
{
    struct tick ticks[TICKS_MOST];
    struct recording_header header = { .self = 0 };
    struct recording_writer *writer = NULL;
    struct sampler *sampler = NULL;
    struct users *users = users_new();
    struct sample before = { 0 }, after = { 0 };
    computer_read(&header.computer);
    int r = sampler_new(&sampler);
    if (r == 0)
        r = recording_writer_new(&writer, to, &header);
    for (size_t i = 0; i < count && r == 0; i++) {
        struct sample older = before;
        before = after;
        after = older;
        r = take(sampler, writer, users, &before, &after, &ticks[i]);
    }
    if (r == 0) {
        printf("%zu processes recorded %8s %13s %8s %12s\n", after.count, "reading", "recording", "ratio",
               "bytes");
        print("the first moment", ticks, 1);
        print("each after it, median", ticks + 1, count - 1);
        printf("\n");
    }
    recording_writer_free(writer);
    sampler_free(sampler);
    users_free(users);
    sample_release(&before);
    sample_release(&after);
    return r;
}

int main(int argc, char **argv)
{
    int count = argc == 2 ? atoi(argv[1]) : 0;
    if (count < 2 || count > TICKS_MOST) {
        fprintf(stderr, "usage: record_cost 2-%d\n", TICKS_MOST);
        return 2;
    }
    FILE *to = fopen("/dev/null", "we");
    int r = to ? run((size_t)count, to) : -errno;
    if (to)
        fclose(to);
    if (r < 0)
        fprintf(stderr, "record_cost: %s\n", strerror(-r));
    return r < 0;
}
