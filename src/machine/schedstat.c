#include "machine/schedstat.h"

#include "machine/procread.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_counted(pid_t pid, const char *thread, void *data)
{
    char name[64], text[128];
    struct schedstat part, *sum = data;
    snprintf(name, sizeof name, "task/%.20s/schedstat", thread);
    int r = procread_small(pid, name, text, sizeof text);
    if (r < 0)
        return r;
    if (sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64, &part.ran, &part.delayed, &part.slices) != 3)
        return -EINVAL;
    sum->ran += part.ran;
    sum->delayed += part.delayed;
    sum->slices += part.slices;
    return 0;
}

static int add_switches(pid_t pid, const char *thread, void *data)
{
    char name[64], *text;
    int64_t voluntary, involuntary;
    struct switches *sum = data;
    snprintf(name, sizeof name, "task/%.20s/status", thread);
    int r = procread_whole(pid, name, &text);
    if (r < 0)
        return r;
    /* The last two lines; a name cannot forge them, its newlines are shown escaped. */
    const char *lines = strstr(text, "\nvoluntary_ctxt_switches:");
    if (!lines || sscanf(lines, " voluntary_ctxt_switches: %" SCNd64 " nonvoluntary_ctxt_switches: %" SCNd64,
                         &voluntary, &involuntary) != 2) {
        r = -EINVAL;
    } else {
        sum->voluntary += voluntary;
        sum->involuntary += involuntary;
    }
    free(text);
    return r;
}

/* Adds up what is read of each thread. 0, or -errno when it was of none. */
static int add_threads(pid_t pid, int (*add)(pid_t pid, const char *thread, void *data), void *sum)
{
    char path[40];
    int r = -ENOENT;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT ? -ESRCH : -errno;
    /* A thread may end while the others are read. */
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (isdigit((unsigned char)entry->d_name[0]) && add(pid, entry->d_name, sum) == 0)
            r = 0;
    closedir(folder);
    return r;
}

int schedstat_read(pid_t pid, struct schedstat *ret)
{
    struct schedstat sum = { 0 };
    int r = add_threads(pid, add_counted, &sum);
    if (r == 0)
        *ret = sum;
    return r;
}

int switches_read(pid_t pid, struct switches *ret)
{
    struct switches sum = { 0 };
    int r = add_threads(pid, add_switches, &sum);
    if (r == 0)
        *ret = sum;
    return r;
}
