/* One end of a socket to an actor or the warden: whole messages, with the kernel's word on who sent them. */
#pragma once

#include "lab/protocol.h"

#include <stdbool.h>
#include <sys/types.h>

struct channel_message {
    char bytes[PROTOCOL_MESSAGE_MAX];
    size_t length;
    pid_t sender; /* in our pid namespace; 0: not known */
    int socket;   /* that came along; -1: none. The caller closes it. */
    int pidfd;    /* of the sender; -1: none. The caller closes it. */
};

/* A pair of connected sockets, close-on-exec. 0 or -errno. */
int channel_pair(int ret[2]);
/* Has the kernel say who sends: SO_PASSCRED, and SO_PASSPIDFD (Linux 6.5) if `pidfds`. 0 or -errno. */
int channel_prepare(int socket, bool pidfds);
/* Takes the next message without waiting. 1, 0 when the other side is gone, or -errno: -EAGAIN when there is
 * none. */
int channel_receive(int socket, struct channel_message *ret);
/* Sends without waiting. 0 or -errno. */
int channel_send(int socket, const void *bytes, size_t length);

enum { CHANNEL_FILES_MAX = 3 };

/* The same with descriptors, which the other side gets copies of: SCM_RIGHTS, unix(7). */
int channel_send_files(int socket, const void *bytes, size_t length, const int *files, size_t count);

/* A message to be sent, field by field. */
struct channel_text {
    char bytes[PROTOCOL_MESSAGE_MAX];
    size_t length;
    int fields;
    bool full; /* something did not fit: it must not be sent */
};

void channel_put(struct channel_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
