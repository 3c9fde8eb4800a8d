#include "directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NAME_SIZE = 24 };

int directory_open(struct directory *ret, const char *name)
{
    struct stat about;
    int fd = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    if (strlen(name) >= sizeof ret->name || fstat(fd, &about) < 0 || about.st_uid != geteuid()) {
        close(fd);
        return -EPERM;
    }
    strcpy(ret->name, name);
    ret->fd = fd;
    return 0;
}

static bool is_real(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Opens a directory in another, made readable and writable first, for who lived there may have locked it: an
 * O_PATH descriptor needs no permission, and its name in /proc leads to nothing else. */
static DIR *open_inner(int top, const char *name)
{
    char path[40];
    struct open_how how = {
        .flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
    };
    int place = (int)syscall(SYS_openat2, top, name, &how, sizeof how);
    if (place < 0)
        return NULL;
    snprintf(path, sizeof path, "/proc/self/fd/%d", place);
    chmod(path, S_IRWXU);
    int fd = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    close(place);
    DIR *inner = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !inner)
        close(fd);
    return inner;
}

static bool remove_simple(int fd, const char *name)
{
    return unlinkat(fd, name, 0) == 0 || unlinkat(fd, name, AT_REMOVEDIR) == 0;
}

/* Gives a directory that is not empty a new name in the top one: a number that is free. To be moved it must
 * be writable (rename(2)). */
static bool move_up(int top, int from, const char *name, unsigned *moved)
{
    char number[NAME_SIZE];
    DIR *unlocked = open_inner(from, name);
    int r;
    if (unlocked)
        closedir(unlocked);
    do {
        snprintf(number, sizeof number, "%u", (*moved)++);
        r = renameat(from, name, top, number);
    } while (r < 0 && (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR));
    return r == 0;
}

/* What lies in the directory is removed or moved up, so that nothing lies deeper than two levels, however it
 * was made, and no recursion is needed. Returns whether anything was. */
static bool flatten(int top, DIR *inner, unsigned *moved)
{
    bool changed = false;
    for (const struct dirent *entry; (entry = readdir(inner));)
        if (is_real(entry))
            changed |= remove_simple(dirfd(inner), entry->d_name) ||
                       move_up(top, dirfd(inner), entry->d_name, moved);
    return changed;
}

static bool remove_entry(int top, const char *name, unsigned *moved)
{
    if (remove_simple(top, name))
        return true;
    DIR *inner = open_inner(top, name);
    if (!inner)
        return false;
    bool changed = flatten(top, inner, moved);
    closedir(inner);
    return unlinkat(top, name, AT_REMOVEDIR) == 0 || changed;
}

void directory_remove(struct directory *directory)
{
    unsigned moved = 0;
    bool changed;
    fchmod(directory->fd, S_IRWXU);
    DIR *top = fdopendir(directory->fd);
    if (!top)
        return;
    do {
        changed = false;
        rewinddir(top);
        for (const struct dirent *entry; (entry = readdir(top));)
            if (is_real(entry))
                changed |= remove_entry(dirfd(top), entry->d_name, &moved);
    } while (changed);
    closedir(top);
    rmdir(directory->name);
}
