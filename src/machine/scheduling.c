#include "machine/scheduling.h"

#include "machine/procread.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int scheduling_only_cpu(pid_t pid, int *ret)
{
    enum { CPUS_MAX = 8192 }; /* of any configuration of the kernel, whose whole mask must fit */
    cpu_set_t *set = CPU_ALLOC(CPUS_MAX);
    size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
    if (!set)
        return -ENOMEM;
    CPU_ZERO_S(size, set);
    int r = sched_getaffinity(pid, size, set) < 0 ? -errno : 0;
    if (r == 0) {
        int cpu = 0;
        while (cpu < CPUS_MAX && !CPU_ISSET_S(cpu, size, set))
            cpu++;
        *ret = CPU_COUNT_S(size, set) == 1 ? cpu : -1;
    }
    CPU_FREE(set);
    return r;
}

bool scheduling_has_autogroups(void)
{
    char text[8] = "";
    int fd = open("/proc/sys/kernel/sched_autogroup_enabled", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = procread_up_to(fd, text, sizeof text);
    close(fd);
    return length > 0 && text[0] == '1';
}

int scheduling_autogroup(pid_t pid, long *ret)
{
    char text[64];
    long number;
    int r = procread_small(pid, "autogroup", text, sizeof text);
    if (r < 0)
        return r;
    if (!*text)
        return -ENODATA;
    if (sscanf(text, "/autogroup-%ld", &number) != 1)
        return -EINVAL;
    *ret = number;
    return 0;
}

/* Whether the word stands in a text that parts its words by any of `parts`. */
static bool has_word(const char *text, const char *parts, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; *at; at += strspn(at, parts)) {
        size_t here = strcspn(at, parts);
        if (here == length && strncmp(at, word, length) == 0)
            return true;
        at += here;
    }
    return false;
}

static bool offers_cpu(const char *folder, size_t length)
{
    char path[512], text[256];
    snprintf(path, sizeof path, "/sys/fs/cgroup%.*s/cgroup.controllers", (int)length, folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t r = procread_up_to(fd, text, sizeof text);
    close(fd);
    return r > 0 && has_word(text, " \n", "cpu");
}

/* Version 2: a cgroup has a controller when those above it have, so the one below the root tells. The root of
 * a cgroup namespace is no root when it has a type: Documentation/admin-guide/cgroup-v2.rst. */
static bool in_cpu_cgroup2(const char *path)
{
    if (access("/sys/fs/cgroup/cgroup.type", F_OK) == 0 && offers_cpu("", 0))
        return true;
    return path[1] && offers_cpu(path, 1 + strcspn(path + 1, "/"));
}

/* Lines are ID:CONTROLLERS:PATH, of version 2 0::PATH (cgroups(7)). */
bool scheduling_in_cpu_cgroup(pid_t pid)
{
    char *text, *rest;
    bool inside = false, decided = false;
    if (procread_whole(pid, "cgroup", &text) < 0)
        return false;
    rest = text;
    for (char *line; !decided && (line = strsep(&rest, "\n"));) {
        strsep(&line, ":");
        const char *controllers = line ? strsep(&line, ":") : NULL;
        if (!line || line[0] != '/')
            continue;
        decided = has_word(controllers, ",", "cpu");
        if (decided)
            inside = line[1] != '\0';
        else if (!*controllers)
            inside = in_cpu_cgroup2(line);
    }
    free(text);
    return inside;
}
