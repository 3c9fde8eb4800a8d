/* The actor about itself: one demonstration process and the words it has with the lab. */
#pragma once

#include "lab/protocol.h"

#include <errno.h>
#include <sys/types.h>

struct things;

enum { DAEMONIC_MAX = 64 };

struct self {
    char name[16];
    unsigned sequence; /* of the order under way; 0: none, or it was the parent's and this is its child */
    int lifeline;      /* this process's own description of the lab's pipe */
    pid_t lab;
    char *title; /* where the kernel looks for this process's command line */
    size_t title_room;
    struct things *things;        /* what it has by name: things.h */
    int files[3];                 /* that came with the order: the standard files of what it execs; -1: none */
    pid_t daemonic[DAEMONIC_MAX]; /* children that its exit() ends */
    int daemonic_count;
};

/* Reports of what happens; the format gives the call as a C programmer writes it, without its result. An
 * actor whose lab is gone ends here. */
void report_enter(const struct self *self, enum protocol_manner manner, long limit_ms, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
void report_call(const struct self *self, long value, int error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same of a call that returns where memory is. */
void report_address(const struct self *self, const void *address, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void report_birth(const struct self *self, long child, int error, const char *call);
/* A call of wait's family; `status` as it filled it in, looked at only when child > 0. */
void report_wait(const struct self *self, long child, int error, int status, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* A call that came from a socket, of this type (socket(2)) and bound to this port of 127.0.0.1; type 0: none.
 */
void report_peer(const struct self *self, long value, int error, int type, int port, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Marks a text that the lab translates. */
#define N_(text) text

/* What it did or sees without a call, in C, and words about it, marked by N_(); "": none are needed. */
void report_says(const struct self *self, const char *words, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* That it has this thing now: lab/protocol.h says what number and count are. */
void report_thing(const char *name, enum protocol_thing kind, unsigned long number, long count);
void report_done(const struct self *self);
/* Sent over the socket `over`. `socket`: this actor's new socket's other end, to be handed to the lab; -1:
 * the lab has it. Returns 0 or -errno. */
int report_hello(const struct self *self, const char *call, int over, int socket);

/* errno for a call that returned `value`, 0 when that is a success. */
static inline int failure(long value)
{
    return value < 0 ? errno : 0;
}
