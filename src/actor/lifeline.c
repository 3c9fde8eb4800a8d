#include "lifeline.h"

#include "lab/protocol.h"
#include "room.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Opening the pipe by its name in /proc gives a new description; dup() would share the owner with the parent.
 */
static int open_lifeline(void)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", PROTOCOL_LIFELINE_FD);
    struct rlimit before = room_make();
    int low = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int error = errno;
    /* Programs that actors exec use low numbers themselves: shell scripts 3 to 9. */
    int fd = low < 0 ? low : fcntl(low, F_DUPFD, PROTOCOL_FIRST_FREE_FD);
    if (low >= 0) {
        error = errno;
        close(low);
    }
    room_restore(before);
    return fd < 0 ? -error : fd;
}

int lifeline_arm(pid_t owner)
{
    int fd = open_lifeline();
    if (fd < 0)
        return fd;
    if (fcntl(fd, F_SETOWN, owner) < 0 || fcntl(fd, F_SETSIG, SIGKILL) < 0 ||
        fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    /* The lab may have ended before this description was armed. */
    struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
    if (poll(&poll_fd, 1, 0) > 0 && poll_fd.revents & POLLHUP)
        _exit(EXIT_FAILURE);
    return fd;
}
