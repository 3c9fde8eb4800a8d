#include "machine/control.h"

#include "machine/kernel.h"
#include "machine/procfile.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* The pidfd comes first and the look second: if the pid had been given to another process before it was
 * opened, the look finds another start time. */
int control_open(struct process_id id, int *ret_pidfd)
{
    int pidfd = (int)syscall(SYS_pidfd_open, id.pid, 0);
    if (pidfd < 0)
        return -errno;
    struct process_id now;
    int r = procfile_identity(id.pid, &now);
    if (r == 0 && !process_id_equal(id, now))
        r = -ESRCH;
    if (r < 0) {
        close(pidfd);
        return r;
    }
    *ret_pidfd = pidfd;
    return 0;
}

int control_signal(struct process_id id, int signal)
{
    int pidfd;
    int r = control_open(id, &pidfd);
    if (r < 0)
        return r;
    if (syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) < 0)
        r = -errno;
    close(pidfd);
    return r;
}

int control_renice(struct process_id id, int nice)
{
    if (!procfile_exists(id))
        return -ESRCH;
    if (setpriority(PRIO_PROCESS, id.pid, nice) < 0)
        return -errno;
    return procfile_exists(id) ? 0 : -ESTALE;
}

int control_exit_status(int pidfd, int *ret_status)
{
    struct kernel_pidfd_info info = { .mask = KERNEL_PIDFD_INFO_EXIT };
    if (ioctl(pidfd, KERNEL_PIDFD_GET_INFO, &info) < 0 || !(info.mask & KERNEL_PIDFD_INFO_EXIT))
        return -ENODATA;
    *ret_status = info.exit_code;
    return 0;
}
