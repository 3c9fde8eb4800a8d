#include "base/errors.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>

const char *error_name(int error)
{
    static _Thread_local char unnamed[32];
    const char *name = strerrorname_np(abs(error));
    if (name)
        return name;
    snprintf(unnamed, sizeof unnamed, "errno %d", abs(error));
    return unnamed;
}

const char *error_words(int error)
{
    static _Thread_local char words[128];
    return strerror_r(abs(error), words, sizeof words);
}

const char *signal_name(int signal)
{
    static _Thread_local char name[32];
    const char *abbreviation = sigabbrev_np(signal);
    if (abbreviation)
        snprintf(name, sizeof name, "SIG%s", abbreviation);
    else if (signal == SIGRTMIN)
        snprintf(name, sizeof name, "SIGRTMIN");
    else if (signal > SIGRTMIN && signal <= SIGRTMAX)
        snprintf(name, sizeof name, "SIGRTMIN+%d", signal - SIGRTMIN);
    else
        snprintf(name, sizeof name, "signal %d", signal);
    return name;
}

static int plain_number(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    return *text && !*end && number > 0 && number <= SIGRTMAX ? (int)number : 0;
}

int signal_number(const char *name)
{
    int number = plain_number(name);
    if (number)
        return number;
    if (strncasecmp(name, "SIG", 3) == 0)
        name += 3;
    for (int signal = 1; signal < SIGRTMIN; signal++) {
        const char *abbreviation = sigabbrev_np(signal);
        if (abbreviation && strcasecmp(abbreviation, name) == 0)
            return signal;
    }
    if (strncasecmp(name, "RTMIN", 5) == 0) {
        if (!name[5])
            return SIGRTMIN;
        int offset = name[5] == '+' ? plain_number(name + 6) : 0;
        if (offset && SIGRTMIN + offset <= SIGRTMAX)
            return SIGRTMIN + offset;
    }
    return 0;
}

const char *wait_status_words(char *text, size_t size, int status)
{
    if (WIFEXITED(status))
        snprintf(text, size, "exit %d", WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        snprintf(text, size, WCOREDUMP(status) ? "signal %s, core dumped" : "signal %s",
                 signal_name(WTERMSIG(status)));
    else if (WIFSTOPPED(status))
        snprintf(text, size, "stopped by %s", signal_name(WSTOPSIG(status)));
    else if (WIFCONTINUED(status))
        snprintf(text, size, "continued");
    else
        snprintf(text, size, "status %d", status);
    return text;
}

const char *signal_set_words(char *text, size_t size, unsigned long long set)
{
    size_t used = 0;
    text[0] = '\0';
    for (int number = 1; number <= 64 && used < size; number++)
        if (set & 1ULL << (number - 1))
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " " : "", signal_name(number));
    return text;
}
