#include "screen/crash.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof *fatal_signals };

/* A signal handler is given no context, so what it needs stands here: the one exception to "no globals". */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios modes;
    const char *bytes;
    size_t length;
} guard;

/* Only calls that signal-safety(7) allows. SA_RESETHAND has put the default action back, so raising it again
 * ends the program as it would have ended, core dump included. */
static void restore_and_die(int signal)
{
    if (guard.armed) {
        guard.armed = 0;
        tcsetattr(guard.fd, TCSANOW, &guard.modes);
        ssize_t written = write(guard.fd, guard.bytes, guard.length);
        (void)written; /* nothing can be done about it here */
    }
    raise(signal);
}

void crash_guard_start(int fd, const struct termios *modes, const char *bytes)
{
    guard.fd = fd;
    guard.modes = *modes;
    guard.bytes = bytes;
    guard.length = strlen(bytes);
    guard.armed = 1;
    struct sigaction action = { .sa_handler = restore_and_die, .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
    for (int i = 0; i < FATAL_SIGNALS; i++)
        sigaction(fatal_signals[i], &action, NULL);
}

void crash_guard_stop(void)
{
    guard.armed = 0;
    for (int i = 0; i < FATAL_SIGNALS; i++)
        signal(fatal_signals[i], SIG_DFL);
}
