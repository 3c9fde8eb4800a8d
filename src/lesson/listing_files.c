#include "lesson/listing_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool listing_name_is_good(const char *name)
{
    static const char bytes[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    return *name && *name != '.' && *name != '-' && name[strspn(name, bytes)] == '\0';
}

static int write_all(int fd, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t written = write(fd, text, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -errno;
        text += written;
        left -= (size_t)written;
    }
    return 0;
}

static int write_listing(int directory, const struct lesson_listing *listing)
{
    if (!listing_name_is_good(listing->file))
        return -EINVAL;
    int fd = openat(directory, listing->file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return -errno;
    int r = write_all(fd, listing->text);
    if (close(fd) < 0 && r == 0)
        r = -errno;
    return r;
}

int listing_files_write(const struct lesson *lesson, const char *directory,
                        const struct lesson_listing **ret_failed)
{
    int r = 0, fd = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *ret_failed = lesson->listings;
    if (fd < 0)
        return -errno;
    for (size_t i = 0; i < lesson->listing_count && r == 0; i++) {
        *ret_failed = &lesson->listings[i];
        r = write_listing(fd, &lesson->listings[i]);
    }
    close(fd);
    return r;
}
