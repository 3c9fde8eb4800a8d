#include "machine/scheduling.h"

#include "machine/procread.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
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
    if (sscanf(text, "/autogroup-%ld", &number) != 1)
        return -EINVAL;
    *ret = number;
    return 0;
}
