#include "handlers.h"

#include "lab/protocol.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIGNALS = 65 };

/* A handler gets the number of its signal and nothing else: what it needs besides lies here. */
static char names[SIGNALS][16];

struct note {
    char bytes[128];
    size_t length;
};

static void put(struct note *note, const char *text)
{
    size_t length = strlen(text) + 1;
    if (length > sizeof note->bytes - note->length)
        return;
    memcpy(note->bytes + note->length, text, length);
    note->length += length;
}

static void put_number(struct note *note, long number)
{
    char text[24];
    size_t at = sizeof text - 1;
    unsigned long rest = number < 0 ? -(unsigned long)number : (unsigned long)number;
    text[at] = '\0';
    do
        text[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        text[--at] = '-';
    put(note, text + at);
}

static void say(const struct note *note)
{
    while (send(PROTOCOL_CONTROL_FD, note->bytes, note->length, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            _exit(EXIT_FAILURE);
}

static void say_signalled(int signal)
{
    struct note note = { .length = 0 };
    put(&note, (char[]){ PROTOCOL_SIGNALLED, '\0' });
    put(&note, names[signal]);
    say(&note);
}

static void say_waited(pid_t child, int error, int status)
{
    struct note note = { .length = 0 };
    put(&note, (char[]){ PROTOCOL_ASIDE, '\0' });
    put(&note, "0");
    put_number(&note, child);
    put_number(&note, error);
    put(&note, "waitpid(-1, &status, WNOHANG)");
    if (child > 0)
        put_number(&note, status);
    say(&note);
}

static pid_t reap(void)
{
    int status;
    pid_t child = waitpid(-1, &status, WNOHANG);
    say_waited(child, child < 0 ? errno : 0, status);
    return child;
}

void handler_name(int signal, const char *name)
{
    if (signal > 0 && signal < SIGNALS)
        snprintf(names[signal], sizeof names[signal], "%s", name);
}

void handler_tell(int signal)
{
    int error = errno;
    say_signalled(signal);
    errno = error;
}

void handler_reap_all(int signal)
{
    int error = errno;
    say_signalled(signal);
    while (reap() > 0)
        ;
    errno = error;
}

void handler_reap_once(int signal)
{
    int error = errno;
    say_signalled(signal);
    reap();
    errno = error;
}
