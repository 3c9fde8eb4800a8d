#include "machine/schedstat.h"

#include "machine/procread.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int add_thread(pid_t pid, const char *thread, struct schedstat *sum)
{
    char name[64], text[128];
    struct schedstat part;
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

int schedstat_read(pid_t pid, struct schedstat *ret)
{
    char path[40];
    struct schedstat sum = { 0 };
    int r = -ENOENT;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT ? -ESRCH : -errno;
    /* A thread may end while the others are read. */
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (isdigit((unsigned char)entry->d_name[0]) && add_thread(pid, entry->d_name, &sum) == 0)
            r = 0;
    closedir(folder);
    if (r == 0)
        *ret = sum;
    return r;
}
