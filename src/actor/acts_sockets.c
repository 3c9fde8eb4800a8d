/* Sockets on 127.0.0.1: the lab sees to it that they are led to other actors alone. */
#include "acts.h"
#include "things.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    RECEIVE_MAX = 4096,
    RECEIVE_SHOWN = 512, /* bytes of a text for what came, */
    SEND_SHOWN = 48,     /* and for what is sent */
    BACKLOG = 16,
};

#define ADDRESS "{AF_INET, 127.0.0.1:%d}"

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
}

static int port_of(int fd)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    return getsockname(fd, (struct sockaddr *)&address, &size) < 0 ? 0 : ntohs(address.sin_port);
}

/* After a call that failed; what an expectation reads of the last call is to be that one. */
static void close_failed(const struct self *self, int fd)
{
    int r = close(fd);
    report_says(self, "", "close(%d) = %d", fd, r);
}

static void remove_failed(const struct self *self, struct thing *thing)
{
    close_failed(self, thing->fds[0]);
    thing->fds[0] = -1;
    things_remove(thing);
}

/* A thing for a socket that is bound, told to the lab. NULL: reported, and the socket is closed. */
static struct thing *new_socket(const struct self *self, const char *name, int fd, int type)
{
    struct thing *thing = things_new(self, name, PROTOCOL_THING_SOCKET);
    if (!thing) {
        close(fd);
        return NULL;
    }
    thing->fds[0] = fd;
    thing->count = type;
    thing->port = port_of(fd);
    things_tell(thing);
    return thing;
}

static void report_socket(const struct self *self, int fd, int error, int type)
{
    report_call(self, fd, error, "socket(AF_INET, %s|SOCK_CLOEXEC, 0)",
                type == SOCK_DGRAM ? "SOCK_DGRAM" : "SOCK_STREAM");
}

/* A socket bound to a port, 0: one of the kernel's choice. NULL: reported, and it is closed.
 *
 * A client's socket is bound too, so that the lab knows whose it is; and the lab is told so before any call
 * is reported, for who hears from this socket may say that in the meantime. Without SO_REUSEADDR a port that
 * a connection had is taken for a minute more (tcp(7), TIME_WAIT). */
static struct thing *bound_socket(const struct self *self, const char *name, int type, int port)
{
    struct sockaddr_in address = loopback(port);
    bool reuses = type == SOCK_STREAM && port;
    int one = 1, reused = 0, fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        report_socket(self, fd, errno, type);
        return NULL;
    }
    if (reuses)
        reused = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) < 0 ? errno : 0;
    int error = failure(bind(fd, (struct sockaddr *)&address, sizeof address));
    struct thing *thing = error ? NULL : new_socket(self, name, fd, type);
    report_socket(self, fd, 0, type);
    if (reuses)
        report_call(self, reused ? -1 : 0, reused, "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, {1}, %zu)", fd,
                    sizeof one);
    report_call(self, error ? -1 : 0, error, "bind(%d, " ADDRESS ", %zu)", fd, port, sizeof address);
    if (error)
        close_failed(self, fd);
    if (thing)
        report_call(self, 0, 0, "getsockname(%d, " ADDRESS ", {%zu})", fd, thing->port, sizeof address);
    return thing;
}

/* NAME PORT */
void act_udp(struct self *self, int count, char **args)
{
    (void)count;
    bound_socket(self, args[0], SOCK_DGRAM, atoi(args[1]));
}

/* NAME PORT */
void act_listen(struct self *self, int count, char **args)
{
    (void)count;
    struct thing *thing = bound_socket(self, args[0], SOCK_STREAM, atoi(args[1]));
    if (!thing)
        return;
    int r = listen(thing->fds[0], BACKLOG);
    report_call(self, r, failure(r), "listen(%d, %d)", thing->fds[0], BACKLOG);
    if (r < 0)
        remove_failed(self, thing);
}

/* NAME NEW */
void act_accept(struct self *self, int count, char **args)
{
    (void)count;
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    const struct thing *listener = things_need(self, args[0], PROTOCOL_THING_SOCKET, NULL);
    if (!listener)
        return;
    int of = listener->fds[0];
    report_enter(self, PROTOCOL_SLEEPS, 0, "accept4(%d, &address, &size, SOCK_CLOEXEC)", of);
    int fd = accept4(of, (struct sockaddr *)&address, &size, SOCK_CLOEXEC);
    if (fd < 0) {
        report_call(self, fd, errno, "accept4(%d, &address, &size, SOCK_CLOEXEC)", of);
        return;
    }
    int port = ntohs(address.sin_port);
    new_socket(self, args[1], fd, SOCK_STREAM);
    report_peer(self, fd, 0, SOCK_STREAM, port, "accept4(%d, " ADDRESS ", {%u}, SOCK_CLOEXEC)", of, port,
                (unsigned)size);
}

/* NEW PORT */
void act_connect(struct self *self, int count, char **args)
{
    (void)count;
    int port = atoi(args[1]);
    struct sockaddr_in address = loopback(port);
    struct thing *thing = bound_socket(self, args[0], SOCK_STREAM, 0);
    if (!thing)
        return;
    int fd = thing->fds[0];
    report_enter(self, PROTOCOL_SLEEPS, 0, "connect(%d, " ADDRESS ", %zu)", fd, port, sizeof address);
    int r = connect(fd, (struct sockaddr *)&address, sizeof address);
    report_call(self, r, failure(r), "connect(%d, " ADDRESS ", %zu)", fd, port, sizeof address);
    if (r < 0)
        remove_failed(self, thing);
}

/* NAME PORT TEXT */
void act_sendto(struct self *self, int count, char **args)
{
    (void)count;
    char text[SEND_SHOWN];
    int port = atoi(args[1]);
    size_t size = strlen(args[2]);
    struct sockaddr_in address = loopback(port);
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_SOCKET, NULL);
    if (!thing)
        return;
    int fd = thing->fds[0];
    quote(text, sizeof text, args[2], size);
    report_enter(self, PROTOCOL_SLEEPS, 0, "sendto(%d, %s, %zu, 0, " ADDRESS ", %zu)", fd, text, size, port,
                 sizeof address);
    ssize_t sent = sendto(fd, args[2], size, 0, (struct sockaddr *)&address, sizeof address);
    report_call(self, sent, failure(sent), "sendto(%d, %s, %zu, 0, " ADDRESS ", %zu)", fd, text, size, port,
                sizeof address);
}

/* NAME N */
void act_recvfrom(struct self *self, int count, char **args)
{
    (void)count;
    char bytes[RECEIVE_MAX], text[RECEIVE_SHOWN];
    struct sockaddr_in address = { .sin_port = 0 };
    socklen_t address_size = sizeof address;
    size_t size = strtoul(args[1], NULL, 10);
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_SOCKET, NULL);
    if (!thing)
        return;
    int fd = thing->fds[0];
    report_enter(self, PROTOCOL_SLEEPS, 0, "recvfrom(%d, buf, %zu, 0, &address, &size)", fd, size);
    ssize_t got = recvfrom(fd, bytes, size, 0, (struct sockaddr *)&address, &address_size);
    int error = failure(got), port = ntohs(address.sin_port);
    if (got < 0)
        report_call(self, got, error, "recvfrom(%d, buf, %zu, 0, &address, &size)", fd, size);
    else if (!port) /* a connection's other side is no news, and is not told (recv(2)) */
        report_call(self, got, 0, "recvfrom(%d, %s, %zu, 0, &address, {%u})", fd,
                    quote(text, sizeof text, bytes, (size_t)got), size, (unsigned)address_size);
    else
        report_peer(self, got, 0, (int)thing->count, port, "recvfrom(%d, %s, %zu, 0, " ADDRESS ", {%u})", fd,
                    quote(text, sizeof text, bytes, (size_t)got), size, port, (unsigned)address_size);
}
