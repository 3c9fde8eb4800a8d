#include "family.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    QUIET_PASSES = 3,
    MOST_PASSES = 500, /* a process that cannot die now, in D on a broken disk, dies when it leaves D */
    PAUSE_MS = 5,
};

static bool read_limits(const char *pid, char *text, size_t size)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/%.16s/limits", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, text, size - 1);
    close(fd);
    if (length <= 0)
        return false;
    text[length] = '\0';
    return true;
}

static bool carries_mark(const char *pid, const char *mark)
{
    static const char title[] = "Max file locks";
    char limits[4096];
    if (!read_limits(pid, limits, sizeof limits))
        return false;
    const char *soft = strstr(limits, title);
    if (!soft)
        return false;
    soft += sizeof title - 1;
    soft += strspn(soft, " ");
    size_t length = strlen(mark);
    return strncmp(soft, mark, length) == 0 && !isdigit((unsigned char)soft[length]);
}

/* A pidfd is readable when all threads have ended: what is then left is a zombie, which no signal reaches.
 * The mark is read again once the pidfd is open, so that a pid used anew is not mistaken: a pidfd of what has
 * gone does nothing. */
static bool kill_living(const char *pid, const char *mark)
{
    int pidfd = (int)syscall(SYS_pidfd_open, atoi(pid), 0);
    if (pidfd < 0)
        return errno != ESRCH;
    struct pollfd poll_fd = { .fd = pidfd, .events = POLLIN };
    bool living = poll(&poll_fd, 1, 0) == 0 && carries_mark(pid, mark);
    if (living)
        syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    close(pidfd);
    return living;
}

/* Returns how many living members it met. */
static unsigned kill_once(const char *mark)
{
    unsigned met = 0;
    char own[16];
    snprintf(own, sizeof own, "%d", (int)getpid());
    DIR *proc = opendir("/proc");
    if (!proc)
        return 1;
    for (const struct dirent *entry; (entry = readdir(proc));) {
        if (!isdigit((unsigned char)entry->d_name[0]) || strcmp(entry->d_name, own) == 0)
            continue;
        if (carries_mark(entry->d_name, mark) && kill_living(entry->d_name, mark))
            met++;
    }
    closedir(proc);
    return met;
}

void family_kill(const char *mark)
{
    const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
    for (int pass = 0, quiet = 0; quiet < QUIET_PASSES && pass < MOST_PASSES; pass++) {
        quiet = kill_once(mark) == 0 ? quiet + 1 : 0;
        if (quiet < QUIET_PASSES)
            nanosleep(&pause, NULL);
    }
}
