/* Files, pipes, and what is done with all that has descriptors. */
#include "acts.h"
#include "things.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    READ_MAX = 4096,
    READ_SHOWN = 512, /* bytes of a text for what was read, */
    WRITE_SHOWN = 64, /* and for what is to be written */
};

/* The working directory is the lab's private one: a path that leads out of it is refused by the kernel. */
static int open_beneath(const char *path)
{
    struct open_how how = {
        .flags = O_RDWR | O_CREAT | O_CLOEXEC,
        .mode = 0600,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

/* A FILE around the descriptor. False: reported, and the descriptor is closed. */
static bool make_stream(const struct self *self, struct thing *thing)
{
    thing->extra = fdopen(thing->fds[0], "r+");
    if (thing->extra) {
        report_says(self, "", "FILE *%s = fdopen(%d, \"r+\");  %s = %p", thing->name, thing->fds[0],
                    thing->name, thing->extra);
        return true;
    }
    report_call(self, 0, errno, "fdopen(%d, \"r+\")", thing->fds[0]);
    things_remove(thing);
    return false;
}

/* NAME PATH [stdio] */
void act_open(struct self *self, int count, char **args)
{
    char path[1024];
    bool stream = count > 2 && strcmp(args[2], "stdio") == 0;
    int fd = open_beneath(args[1]);
    report_call(self, fd, failure(fd), "openat2(AT_FDCWD, %s, {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, %zu)",
                quote(path, sizeof path, args[1], strlen(args[1])), sizeof(struct open_how));
    if (fd < 0)
        return;
    struct thing *thing =
        things_new(self, args[0], stream ? PROTOCOL_THING_STREAM : PROTOCOL_THING_DESCRIPTOR);
    if (!thing) {
        close(fd);
        return;
    }
    thing->fds[0] = fd;
    if (!stream || make_stream(self, thing))
        things_tell(thing);
}

/* NAME [duplex] */
void act_pipe(struct self *self, int count, char **args)
{
    int ends[2] = { -1, -1 };
    bool duplex = count > 1 && strcmp(args[1], "duplex") == 0;
    int r = duplex ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) : pipe2(ends, O_CLOEXEC);
    int error = failure(r);
    if (duplex)
        report_call(self, r, error, "socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, {%d, %d})", ends[0],
                    ends[1]);
    else
        report_call(self, r, error, "pipe2({%d, %d}, O_CLOEXEC)", ends[0], ends[1]);
    if (r < 0)
        return;
    struct thing *thing = things_new(self, args[0], PROTOCOL_THING_PIPE);
    if (!thing) {
        close(ends[0]);
        close(ends[1]);
        return;
    }
    memcpy(thing->fds, ends, sizeof ends);
    things_tell(thing);
}

/* What a command means by NAME, or of a pipe by NAME[0] and NAME[1]; NAME alone is the end *ret_end. NULL:
 * reported. */
static struct thing *find_end(const struct self *self, const char *name, int *ret_end)
{
    int index;
    struct thing *thing = things_find(self, name, &index);
    int ends = thing && thing->kind == PROTOCOL_THING_PIPE ? 2 : 0;
    if (!thing || index >= ends) {
        report_call(self, -1, EBADF, "%s", name);
        return NULL;
    }
    if (index >= 0)
        *ret_end = index;
    else if (!ends)
        *ret_end = 0;
    return thing;
}

/* What lies in the buffer, where it can be seen that it is not in the file. */
static void tell_pending(const struct self *self, const struct thing *thing)
{
    size_t pending = __fpending(thing->extra);
    if (pending)
        report_says(self, N_("so many bytes lie in the stream's buffer, in its own memory: not in the file"),
                    "__fpending(%s) = %zu", thing->name, pending);
}

static void read_stream(const struct self *self, const struct thing *thing, size_t size)
{
    char bytes[READ_MAX], text[READ_SHOWN];
    report_enter(self, PROTOCOL_SLEEPS, 0, "fread(buf, 1, %zu, %s)", size, thing->name);
    errno = 0;
    size_t got = fread(bytes, 1, size, thing->extra);
    int error = ferror((FILE *)thing->extra) ? errno : 0;
    clearerr(thing->extra); /* a file that has grown may be read on */
    report_call(self, (long)got, error, "fread(%s, 1, %zu, %s)", quote(text, sizeof text, bytes, got), size,
                thing->name);
}

/* NAME N */
void act_read(struct self *self, int count, char **args)
{
    (void)count;
    char bytes[READ_MAX], text[READ_SHOWN] = "buf";
    int end = 0;
    size_t size = strtoul(args[1], NULL, 10);
    struct thing *thing = find_end(self, args[0], &end);
    if (!thing)
        return;
    if (thing->kind == PROTOCOL_THING_STREAM) {
        read_stream(self, thing, size);
        return;
    }
    report_enter(self, PROTOCOL_SLEEPS, 0, "read(%d, buf, %zu)", thing->fds[end], size);
    ssize_t got = read(thing->fds[end], bytes, size);
    int error = failure(got);
    if (got >= 0)
        quote(text, sizeof text, bytes, (size_t)got);
    report_call(self, got, error, "read(%d, %s, %zu)", thing->fds[end], text, size);
}

/* The text, or so many bytes of it over and over. To be freed; NULL: there is not so much memory. */
static char *repeated(const char *text, size_t size)
{
    size_t length = strlen(text);
    char *bytes = malloc(size + 1);
    if (!bytes)
        return NULL;
    for (size_t i = 0; i < size; i++)
        bytes[i] = length ? text[i % length] : ' ';
    bytes[size] = '\0';
    return bytes;
}

static void write_bytes(const struct self *self, const struct thing *thing, int fd, const char *bytes,
                        size_t size)
{
    char text[WRITE_SHOWN];
    quote(text, sizeof text, bytes, size);
    if (thing->kind == PROTOCOL_THING_STREAM) {
        report_enter(self, PROTOCOL_SLEEPS, 0, "fputs(%s, %s)", text, thing->name);
        int r = fputs(bytes, thing->extra);
        report_call(self, r, failure(r), "fputs(%s, %s)", text, thing->name);
        tell_pending(self, thing);
        return;
    }
    report_enter(self, PROTOCOL_SLEEPS, 0, "write(%d, %s, %zu)", fd, text, size);
    ssize_t written = write(fd, bytes, size);
    report_call(self, written, failure(written), "write(%d, %s, %zu)", fd, text, size);
}

/* NAME TEXT BYTES; 0: the text as it is */
void act_write(struct self *self, int count, char **args)
{
    (void)count;
    int end = 1;
    size_t size = strtoul(args[2], NULL, 10);
    struct thing *thing = find_end(self, args[0], &end);
    if (!thing)
        return;
    size = size ? size : strlen(args[1]);
    char *bytes = repeated(args[1], size);
    if (bytes)
        write_bytes(self, thing, thing->fds[end], bytes, size);
    else
        report_call(self, 0, ENOMEM, "malloc(%zu)", size + 1);
    free(bytes);
}

/* NAME N */
void act_seek(struct self *self, int count, char **args)
{
    (void)count;
    int end = 0;
    long offset = atol(args[1]);
    const struct thing *thing = find_end(self, args[0], &end);
    if (!thing)
        return;
    if (thing->kind == PROTOCOL_THING_STREAM) {
        int r = fseek(thing->extra, offset, SEEK_SET);
        report_call(self, r, failure(r), "fseek(%s, %ld, SEEK_SET)", thing->name, offset);
        return;
    }
    off_t r = lseek(thing->fds[end], offset, SEEK_SET);
    report_call(self, r, failure(r), "lseek(%d, %ld, SEEK_SET)", thing->fds[end], offset);
}

/* NAME */
void act_flush(struct self *self, int count, char **args)
{
    (void)count;
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_STREAM, NULL);
    if (!thing)
        return;
    report_enter(self, PROTOCOL_SLEEPS, 0, "fflush(%s)", thing->name);
    int r = fflush(thing->extra);
    report_call(self, r, failure(r), "fflush(%s)", thing->name);
}

static void close_stream(const struct self *self, struct thing *thing)
{
    int r = fclose(thing->extra);
    report_call(self, r, failure(r), "fclose(%s)", thing->name);
    thing->extra = NULL;
    thing->fds[0] = -1;
}

static void close_descriptor(const struct self *self, int *fd)
{
    int r = close(*fd);
    report_call(self, r, failure(r), "close(%d)", *fd);
    *fd = -1;
}

/* NAME: a pipe's name without an index means both its ends. */
void act_close(struct self *self, int count, char **args)
{
    (void)count;
    int end = -1;
    struct thing *thing = find_end(self, args[0], &end);
    if (!thing)
        return;
    if (thing->kind == PROTOCOL_THING_STREAM)
        close_stream(self, thing);
    else if (end >= 0)
        close_descriptor(self, &thing->fds[end]);
    for (int i = 0; i < 2 && end < 0; i++)
        if (thing->fds[i] >= 0)
            close_descriptor(self, &thing->fds[i]);
    if (thing->fds[0] < 0 && thing->fds[1] < 0)
        things_remove(thing);
    else
        things_tell(thing);
}
