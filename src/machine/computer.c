#include "machine/computer.h"

#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Under hidepid, PID 1 (always another user's, unless we are root) does not exist for us: proc(5). */
static bool sees_only_own(void)
{
    return geteuid() != 0 && access("/proc/1/stat", F_OK) != 0 && access("/proc/self/stat", F_OK) == 0;
}

void computer_read(struct computer *ret)
{
    memset(ret, 0, sizeof *ret);
    struct utsname names;
    if (uname(&names) == 0) {
        snprintf(ret->name, sizeof ret->name, "%s", names.nodename);
        snprintf(ret->kernel, sizeof ret->kernel, "%s", names.release);
    }
    if (getloadavg(ret->load, 3) != 3)
        memset(ret->load, 0, sizeof ret->load);
    ret->ticks_per_second = sysconf(_SC_CLK_TCK);
    ret->cpus = sysconf(_SC_NPROCESSORS_ONLN);
    ret->boot = clock_to_unix(0);
    ret->only_own = sees_only_own();
}
