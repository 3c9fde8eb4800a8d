#include "meter.h"

#include "base/clock.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_MS = 20, REST_MS = 160, PATIENCE_S = 120, MOST_BURSTS = 64 };

int64_t meter_cpu(pid_t pid)
{
    int64_t sum = 0;
    char path[300];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    if (!tasks)
        return 0;
    for (struct dirent *entry; (entry = readdir(tasks));) {
        long long used = 0;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "re");
        if (!file)
            continue;
        if (fscanf(file, "%lld", &used) == 1)
            sum += used;
        fclose(file);
    }
    closedir(tasks);
    return sum;
}

/* Waits for the end of the next burst and says what was used until then since the last one, in nanoseconds;
 * `*used` is the CPU time at its end. Less than 1 % of a CPU is rest: some programs look for keys all the
 * time. */
static int next_burst(const struct terminal *terminal, int64_t *used, int64_t *ret_cost)
{
    bool begun = false;
    int64_t last = *used, now = clock_now();
    int64_t busy = now, give_up = now + PATIENCE_S * NS_PER_SECOND;
    while (!begun || now - busy < REST_MS * NS_PER_MS) {
        if (now > give_up)
            return -ETIME;
        int64_t before = now;
        if (!terminal_drain(terminal, now + POLL_MS * NS_PER_MS))
            return -ESRCH;
        int64_t cpu = meter_cpu(terminal->pid);
        now = clock_now();
        if ((cpu - last) * 100 > now - before) {
            begun = true;
            busy = now;
        }
        last = cpu;
    }
    *ret_cost = last - *used;
    *used = last;
    return 0;
}

/* A clock on the screen and the like are small bursts of their own: they cost, but they are no refreshes. */
static int refreshes_among(const int64_t *bursts, int count)
{
    int64_t largest = 0;
    int refreshes = 0;
    for (int i = 0; i < count; i++)
        if (bursts[i] > largest)
            largest = bursts[i];
    for (int i = 0; i < count; i++)
        refreshes += bursts[i] * 4 >= largest;
    return refreshes;
}

static int meter_bursts(const struct terminal *terminal, const char *keys, int count, double *ret_ms)
{
    int64_t bursts[MOST_BURSTS], used = 0, sum = 0, cost;
    int seen = 0;
    int r = next_burst(terminal, &used, &cost);
    if (r == 0 && keys)
        terminal_press(terminal, keys);
    for (int i = 0; i < 3 && r == 0; i++)
        r = next_burst(terminal, &used, &cost);
    while (r == 0 && seen < MOST_BURSTS && refreshes_among(bursts, seen) < count) {
        r = next_burst(terminal, &used, &bursts[seen]);
        if (r == 0)
            sum += bursts[seen++];
    }
    if (r == 0)
        *ret_ms = (double)sum / refreshes_among(bursts, seen) / NS_PER_MS;
    return r;
}

int meter_refreshes(const char *const *argv, const char *keys, const char *home, int count, double *ret_ms)
{
    struct terminal terminal;
    int r = terminal_start(&terminal, argv, home);
    if (r < 0)
        return r;
    r = meter_bursts(&terminal, keys, count, ret_ms);
    terminal_stop(&terminal);
    return r;
}

int meter_run(const char *const *argv, double *ret_ms)
{
    struct rusage used;
    int status;
    pid_t pid = fork();
    if (pid < 0)
        return -errno;
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    if (wait4(pid, &status, 0, &used) < 0)
        return -errno;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return -ECHILD;
    /* Only the sum of the two is exact: the split is sampled by the clock tick. */
    *ret_ms = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
              (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    return 0;
}
