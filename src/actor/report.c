#include "self.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A message under way: fields are appended, each with its NUL, and what does not fit is cut. */
struct message {
    char bytes[PROTOCOL_MESSAGE_MAX];
    size_t length;
};

__attribute__((format(printf, 2, 0))) static void put_list(struct message *message, const char *format,
                                                           va_list arguments)
{
    size_t room = sizeof message->bytes - message->length;
    if (room == 0)
        return;
    int length = vsnprintf(message->bytes + message->length, room, format, arguments);
    if (length < 0)
        return;
    message->length += (size_t)length < room ? (size_t)length + 1 : room;
}

__attribute__((format(printf, 2, 3))) static void put(struct message *message, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_list(message, format, arguments);
    va_end(arguments);
}

static void say(const struct message *message)
{
    while (send(PROTOCOL_CONTROL_FD, message->bytes, message->length, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            _exit(EXIT_FAILURE);
}

void report_enter(const struct self *self, enum protocol_manner manner, long limit_ms, const char *format,
                  ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    put(&message, "%c", PROTOCOL_ENTER);
    put(&message, "%u", self->sequence);
    va_start(arguments, format);
    put_list(&message, format, arguments);
    va_end(arguments);
    put(&message, "%c", manner);
    put(&message, "%ld", limit_ms);
    say(&message);
}

static void start_result(struct message *message, const struct self *self, long value, int error)
{
    put(message, "%u", self->sequence);
    put(message, "%ld", value);
    put(message, "%d", error);
}

/* All of PROTOCOL_CALL up to the call's own text. */
__attribute__((format(printf, 5, 0))) static void put_call(struct message *message, const struct self *self,
                                                           long value, int error, const char *format,
                                                           va_list arguments)
{
    put(message, "%c", PROTOCOL_CALL);
    start_result(message, self, value, error);
    put_list(message, format, arguments);
}

void report_call(const struct self *self, long value, int error, const char *format, ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    va_start(arguments, format);
    put_call(&message, self, value, error, format, arguments);
    va_end(arguments);
    say(&message);
}

void report_address(const struct self *self, const void *address, const char *format, ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    put(&message, "%c", PROTOCOL_CALL);
    put(&message, "%u", self->sequence);
    put(&message, "%#lx", (unsigned long)address);
    put(&message, "0");
    va_start(arguments, format);
    put_list(&message, format, arguments);
    va_end(arguments);
    say(&message);
}

void report_birth(const struct self *self, long child, int error, const char *call)
{
    struct message message = { .length = 0 };
    put(&message, "%c", child < 0 ? PROTOCOL_CALL : PROTOCOL_BIRTH);
    start_result(&message, self, child, error);
    put(&message, "%s", call);
    say(&message);
}

void report_wait(const struct self *self, long child, int error, int status, const char *format, ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    va_start(arguments, format);
    put_call(&message, self, child, error, format, arguments);
    va_end(arguments);
    if (child > 0)
        put(&message, "%d", status);
    say(&message);
}

void report_peer(const struct self *self, long value, int error, int type, int port, const char *format, ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    va_start(arguments, format);
    put_call(&message, self, value, error, format, arguments);
    va_end(arguments);
    if (type) {
        put(&message, "%s", "");
        put(&message, "%d %d", type, port);
    }
    say(&message);
}

void report_says(const struct self *self, const char *words, const char *format, ...)
{
    struct message message = { .length = 0 };
    va_list arguments;
    put(&message, "%c", PROTOCOL_SAYS);
    put(&message, "%u", self->sequence);
    va_start(arguments, format);
    put_list(&message, format, arguments);
    va_end(arguments);
    put(&message, "%s", words);
    say(&message);
}

void report_thing(const char *name, enum protocol_thing kind, unsigned long number, long count)
{
    struct message message = { .length = 0 };
    put(&message, "%c", PROTOCOL_THING);
    put(&message, "%s", name);
    put(&message, "%c", kind);
    put(&message, "%lu", number);
    put(&message, "%ld", count);
    say(&message);
}

void report_done(const struct self *self)
{
    struct message message = { .length = 0 };
    put(&message, "%c", PROTOCOL_DONE);
    put(&message, "%u", self->sequence);
    say(&message);
}

int report_hello(const struct self *self, const char *call, int over, int socket)
{
    struct message message = { .length = 0 };
    put(&message, "%c", PROTOCOL_HELLO);
    put(&message, "%s", self->name);
    put(&message, "%s", call);

    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = { .bytes = "" };
    struct iovec text = { .iov_base = message.bytes, .iov_len = message.length };
    struct msghdr header = { .msg_iov = &text, .msg_iovlen = 1 };
    if (socket >= 0) {
        header.msg_control = control.bytes;
        header.msg_controllen = sizeof control.bytes;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof socket);
        memcpy(CMSG_DATA(rights), &socket, sizeof socket);
    }
    while (sendmsg(over, &header, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            return -errno;
    return 0;
}
