#include "latency.h"

#include "base/clock.h"
#include "terminal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bar in front of the selected row: drawn when the selection moves and at no other time. */
#define MARK "\xe2\x96\x8c"

enum { FIRST_SCREEN_S = 60, ANSWER_S = 5, SWEEP_S = 60, ALL_S = 240, MOST_PAUSE_MS = 60 };

/* Waits until the mark has been drawn. 0, -ETIME, or -ESRCH when the program has ended. */
static int wait_for_mark(const struct terminal *terminal, int64_t deadline)
{
    char output[4096 + sizeof MARK];
    size_t kept = 0;
    for (;;) {
        ssize_t count = terminal_read(terminal, output + kept, 4096, deadline);
        if (count <= 0)
            return count == 0 ? -ETIME : -ESRCH;
        kept += (size_t)count;
        if (memmem(output, kept, MARK, strlen(MARK)))
            return 0;
        /* The mark may be cut in two by the end of this read. */
        size_t tail = kept < strlen(MARK) - 1 ? kept : strlen(MARK) - 1;
        memmove(output, output + kept - tail, tail);
        kept = tail;
    }
}

static bool thread_runs(pid_t pid, const char *thread)
{
    char path[300], stat[512], *state;
    snprintf(path, sizeof path, "/proc/%d/task/%s/stat", pid, thread);
    FILE *file = fopen(path, "re");
    bool read = file && fgets(stat, sizeof stat, file);
    if (file)
        fclose(file);
    return read && (state = strrchr(stat, ')')) && state[1] == ' ' && state[2] == 'R';
}

static bool reader_runs(pid_t pid)
{
    char path[64];
    bool runs = false;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    for (struct dirent *entry; tasks && !runs && (entry = readdir(tasks));)
        runs = entry->d_name[0] != '.' && atoi(entry->d_name) != pid && thread_runs(pid, entry->d_name);
    if (tasks)
        closedir(tasks);
    return runs;
}

/* Pauses of different lengths, so that presses fall on all parts of a sweep alike. */
static int wait_for_sweep(const struct terminal *terminal, unsigned *chance)
{
    int64_t give_up = clock_now() + SWEEP_S * NS_PER_SECOND;
    do {
        if (clock_now() > give_up)
            return -ETIME;
        int64_t pause = 1 + rand_r(chance) % MOST_PAUSE_MS;
        if (!terminal_drain(terminal, clock_now() + pause * NS_PER_MS))
            return -ESRCH;
    } while (!reader_runs(terminal->pid));
    return 0;
}

static int time_press(const struct terminal *terminal, const char *key, unsigned *chance, double *ret_ms)
{
    int r = wait_for_sweep(terminal, chance);
    if (r < 0)
        return r;
    int64_t pressed = clock_now();
    terminal_press(terminal, key);
    r = wait_for_mark(terminal, pressed + ANSWER_S * NS_PER_SECOND);
    if (r == 0)
        *ret_ms = (double)(clock_now() - pressed) / NS_PER_MS;
    return r;
}

int latency_measure(const char *home, int presses, double *ret_ms)
{
    static const char *const argv[] = { "forklore", "--delay", "0.1", NULL };
    static const char *const arrows[] = { "\033OB",
                                          "\033OA" }; /* Down and Up, as terminfo's xterm sends them */
    struct terminal terminal;
    unsigned chance = 1;
    int r = terminal_start(&terminal, argv, home);
    if (r < 0)
        return r;
    r = wait_for_mark(&terminal, clock_now() + FIRST_SCREEN_S * NS_PER_SECOND);
    int64_t enough = clock_now() + ALL_S * NS_PER_SECOND;
    int count = 0;
    while (r == 0 && count < presses && count < LATENCY_MOST && clock_now() < enough) {
        r = time_press(&terminal, arrows[count % 2], &chance, &ret_ms[count]);
        count += r == 0;
    }
    terminal_stop(&terminal);
    return r < 0 ? r : count;
}
