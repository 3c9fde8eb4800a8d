#include "machine/procread.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int procread_open(pid_t pid, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? -ESRCH : -errno;
    return fd;
}

ssize_t procread_up_to(int fd, char *text, size_t size)
{
    size_t length = 0;
    while (length + 1 < size) {
        ssize_t taken = read(fd, text + length, size - 1 - length);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken < 0)
            return -errno;
        if (taken == 0)
            break;
        length += taken;
    }
    text[length] = '\0';
    return (ssize_t)length;
}

int procread_small(pid_t pid, const char *name, char *text, size_t size)
{
    int fd = procread_open(pid, name);
    if (fd < 0)
        return fd;
    ssize_t length = procread_up_to(fd, text, size);
    close(fd);
    return length < 0 ? (int)length : 0;
}

int procread_whole(pid_t pid, const char *name, char **ret)
{
    int fd = procread_open(pid, name);
    if (fd < 0)
        return fd;
    char *text = NULL;
    size_t capacity = 0, used = 0;
    ssize_t length;
    do {
        text = grow(text, &capacity, used + 4096, 1);
        length = procread_up_to(fd, text + used, capacity - used);
        if (length > 0)
            used += length;
    } while (length > 0);
    close(fd);
    if (length < 0) {
        free(text);
        return (int)length;
    }
    *ret = text;
    return 0;
}
