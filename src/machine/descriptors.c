#include "machine/descriptors.h"

#include "machine/procread.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { MQUEUE_MAGIC = 0x19800202 }; /* ipc/mqueue.c */

int descriptor_target(pid_t pid, int fd, char *target, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    ssize_t length = readlink(path, target, size - 1);
    if (length < 0)
        return errno == ENOENT ? -ESRCH : -errno;
    target[length] = '\0';
    return 0;
}

ssize_t descriptor_count(pid_t pid)
{
    char path[40];
    ssize_t count = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT ? -ESRCH : -errno;
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += isdigit((unsigned char)entry->d_name[0]) != 0;
    closedir(folder);
    return count;
}

int descriptor_offset(pid_t pid, int fd, long long *ret)
{
    char name[40], text[512];
    snprintf(name, sizeof name, "fdinfo/%d", fd);
    int r = procread_small(pid, name, text, sizeof text);
    if (r < 0)
        return r;
    if (strncmp(text, "pos:", 4) != 0)
        return -EINVAL;
    *ret = strtoll(text + 4, NULL, 10);
    return 0;
}

/* What else it may lead to could feel being opened: a FIFO does. */
int descriptor_messages(pid_t pid, int fd, long *ret)
{
    char path[64];
    struct statfs where;
    struct mq_attr attributes;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    if (statfs(path, &where) < 0)
        return errno == ENOENT ? -ESRCH : -errno;
    if (where.f_type != MQUEUE_MAGIC)
        return -EINVAL;
    mqd_t queue = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (queue < 0)
        return -errno;
    int r = mq_getattr(queue, &attributes) < 0 ? -errno : 0;
    mq_close(queue);
    if (r == 0)
        *ret = attributes.mq_curmsgs;
    return r;
}
