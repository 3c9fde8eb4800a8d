/* forklore-actor: one demonstration process. It reads orders from the lab and carries them out with real
 * system calls. It is small and plain because people look at it: what /proc shows of it should be what the
 * lesson is about. */
#include "acts.h"
#include "attention.h"
#include "registration.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void obey(struct self *self, char *message, size_t length)
{
    char *fields[PROTOCOL_FIELDS_MAX];
    int count = protocol_split(message, length, fields, PROTOCOL_FIELDS_MAX);
    const struct act *act = act_find(fields[1]);
    self->sequence = (unsigned)strtoul(fields[0], NULL, 10);
    attention_clear();
    if (act)
        act->run(self, count - 2, fields + 2);
    else
        report_call(self, -1, ENOSYS, "%s()", fields[1]);
    /* A child that was born in the act owes nothing: the order was its parent's. */
    if (self->sequence)
        report_done(self);
}

/* An order to exec brings three descriptors, any other none. At RLIMIT_NOFILE the kernel hands over fewer. */
static void take_files(struct self *self, struct msghdr *header)
{
    const struct cmsghdr *part = CMSG_FIRSTHDR(header);
    if (!part || part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
        return;
    size_t size = part->cmsg_len - CMSG_LEN(0);
    memcpy(self->files, CMSG_DATA(part), size < sizeof self->files ? size : sizeof self->files);
}

static void close_files(struct self *self)
{
    for (int i = 0; i < 3; i++) {
        if (self->files[i] >= 0)
            close(self->files[i]);
        self->files[i] = -1;
    }
}

/* As recv(2). */
static ssize_t receive(struct self *self, char *message, size_t size)
{
    union {
        char bytes[CMSG_SPACE(sizeof self->files)];
        struct cmsghdr align;
    } control;
    struct iovec text = { .iov_base = message, .iov_len = size };
    struct msghdr header = {
        .msg_iov = &text, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
    };
    ssize_t length = recvmsg(PROTOCOL_CONTROL_FD, &header, MSG_CMSG_CLOEXEC);
    if (length > 0)
        take_files(self, &header);
    return length;
}

int main(int argc, char **argv)
{
    struct self self = { .lifeline = -1, .files = { -1, -1, -1 } };
    char message[PROTOCOL_MESSAGE_MAX];
    if (argc < 1)
        return EXIT_FAILURE;
    attention_prepare();
    registration_spawned(&self, argv);
    for (;;) {
        ssize_t length = receive(&self, message, sizeof message);
        if (length > 0)
            obey(&self, message, (size_t)length);
        else if (length == 0 || errno != EINTR)
            _exit(EXIT_SUCCESS);
        close_files(&self);
    }
}
