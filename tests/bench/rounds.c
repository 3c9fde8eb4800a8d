#include "rounds.h"

#include "contestant.h"
#include "latency.h"
#include "meter.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { REFRESHES = 5 };

static int count_processes(void)
{
    int count = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; proc && (entry = readdir(proc));)
        count += entry->d_name[0] >= '1' && entry->d_name[0] <= '9';
    if (proc)
        closedir(proc);
    return count;
}

static void send_result(const struct rounds *rounds, struct result result)
{
    /* The reader of the pipe is our ancestor: when it is gone, so are we. */
    if (write(rounds->out, &result, sizeof result) != sizeof result)
        perror("bench");
}

/* Short runs vary the most: the cheapest of several is what the run itself costs. */
static int measure_run(const struct contestant *contestant, double *ret_ms)
{
    double best = INFINITY, spent = 0;
    int r = 0;
    for (int i = 0; i < 5 && spent < 500 && r == 0; i++) {
        double cost = 0;
        r = meter_run(contestant->argv, &cost);
        best = fmin(best, cost);
        spent += cost;
    }
    if (r == 0)
        *ret_ms = best;
    return r;
}

static double measure(const struct rounds *rounds, const struct contestant *contestant)
{
    double cost = NAN;
    int r = contestant->prints
                ? measure_run(contestant, &cost)
                : meter_refreshes(contestant->argv, contestant->keys, rounds->home, REFRESHES, &cost);
    if (r < 0)
        fprintf(stderr, "bench: %s: %s\n", contestant->name, strerror(-r));
    else
        fprintf(stderr, "    %-16s %10.2f ms\n", contestant->name, cost);
    return cost;
}

static void time_presses(const struct rounds *rounds)
{
    double latencies[LATENCY_MOST];
    int count = latency_measure(rounds->home, rounds->presses, latencies);
    if (count < 0)
        fprintf(stderr, "bench: key presses: %s\n", strerror(-count));
    for (int i = 0; i < count; i++)
        send_result(rounds, (struct result){ .kind = RESULT_LATENCY, .value = latencies[i] });
}

int rounds_run(const struct rounds *rounds)
{
    size_t count;
    const struct contestant *all = contestants(&count);
    send_result(rounds, (struct result){ .kind = RESULT_PROCESSES, .value = count_processes() });
    for (int round = 0; round < rounds->count; round++) {
        fprintf(stderr, "bench: %d processes, round %d of %d\n", rounds->size, round + 1, rounds->count);
        for (size_t i = 0; i < count; i++)
            if (strstr(all[i].name, rounds->only) && contestant_installed(&all[i]))
                send_result(rounds, (struct result){ RESULT_COST, (int)i, round, measure(rounds, &all[i]) });
    }
    if (rounds->presses > 0)
        time_presses(rounds);
    return 0;
}
