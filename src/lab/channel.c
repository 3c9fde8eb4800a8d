#include "lab/channel.h"

#include "machine/kernel.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int channel_pair(int ret[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ret) < 0 ? -errno : 0;
}

int channel_prepare(int socket, bool pidfds)
{
    const int on = 1;
    if (setsockopt(socket, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0)
        return -errno;
    if (pidfds && setsockopt(socket, SOL_SOCKET, SO_PASSPIDFD, &on, sizeof on) < 0)
        return -errno;
    return 0;
}

/* Every descriptor that came is either handed on or closed here. */
static void take_descriptors(struct channel_message *message, const struct cmsghdr *part)
{
    int *place = part->cmsg_type == SCM_PIDFD ? &message->pidfd : &message->socket;
    size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; i++) {
        int fd;
        memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
        if (*place < 0)
            *place = fd;
        else if (fd >= 0)
            close(fd);
    }
}

static void take_parts(struct channel_message *message, struct msghdr *header)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part; part = CMSG_NXTHDR(header, part)) {
        if (part->cmsg_level != SOL_SOCKET)
            continue;
        if (part->cmsg_type == SCM_CREDENTIALS) {
            struct ucred sender;
            memcpy(&sender, CMSG_DATA(part), sizeof sender);
            message->sender = sender.pid;
        } else if (part->cmsg_type == SCM_RIGHTS || part->cmsg_type == SCM_PIDFD) {
            take_descriptors(message, part);
        }
    }
}

int channel_receive(int socket, struct channel_message *ret)
{
    union {
        char bytes[CMSG_SPACE(sizeof(struct ucred)) + 2 * CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec text = { .iov_base = ret->bytes, .iov_len = sizeof ret->bytes };
    struct msghdr header = {
        .msg_iov = &text,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t length = recvmsg(socket, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (length < 0)
        return errno == ECONNRESET ? 0 : -errno;
    ret->length = (size_t)length;
    ret->sender = 0;
    ret->socket = ret->pidfd = -1;
    take_parts(ret, &header);
    if (length > 0)
        ret->bytes[length - 1] = '\0';
    return length > 0;
}

int channel_send(int socket, const void *bytes, size_t length)
{
    return send(socket, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

int channel_send_files(int socket, const void *bytes, size_t length, const int *files, size_t count)
{
    union {
        char bytes[CMSG_SPACE(CHANNEL_FILES_MAX * sizeof(int))];
        struct cmsghdr align;
    } control = { .bytes = "" };
    struct iovec text = { .iov_base = (void *)bytes, .iov_len = length };
    struct msghdr header = { .msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = CMSG_SPACE(count * sizeof *files) };
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(count * sizeof *files);
    memcpy(CMSG_DATA(rights), files, count * sizeof *files);
    return sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

void channel_put(struct channel_text *text, const char *format, ...)
{
    size_t room = sizeof text->bytes - text->length;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room || text->fields == PROTOCOL_FIELDS_MAX) {
        text->full = true;
        return;
    }
    text->length += (size_t)length + 1;
    text->fields++;
}
