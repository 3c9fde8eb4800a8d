#include "model/signal_words.h"

#include "base/errors.h"
#include "base/i18n.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

const char *signal_default_words(int signal)
{
    switch (signal) {
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH: return _("is ignored");
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU: return _("stops it");
    case SIGCONT: return _("lets it continue if it is stopped");
    case SIGQUIT:
    case SIGILL:
    case SIGTRAP:
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGSEGV:
    case SIGXCPU:
    case SIGXFSZ:
    case SIGSYS: return _("ends it, with a core dump where those are kept");
    default: return _("ends it");
    }
}

static bool has(unsigned long long set, int signal)
{
    return set >> (signal - 1) & 1;
}

const char *signal_prediction(char *text, size_t size, int signal, const struct process *process,
                              const struct signal_sets *sets)
{
    char state = process->state;
    const char *name = signal_name(signal);
    bool cannot_be_caught = signal == SIGKILL || signal == SIGSTOP;
    if (state == 'Z')
        snprintf(text, size, _("it is a zombie: no signal does anything to it"));
    else if (process->id.pid == 1 && (cannot_be_caught || (sets && !has(sets->caught, signal))))
        snprintf(text, size, _("process 1 takes only signals that it catches: %s does nothing"), name);
    else if (!sets)
        snprintf(text, size, _("%s by default %s; whether it is caught cannot be read"), name,
                 signal_default_words(signal));
    else if (!cannot_be_caught && has(sets->blocked, signal))
        snprintf(text, size, _("it blocks %s: the signal will be pending"), name);
    else if (has(sets->ignored, signal))
        snprintf(text, size, _("it ignores %s: nothing will happen"), name);
    else if (!cannot_be_caught && has(sets->caught, signal))
        snprintf(text, size, _("it catches %s: its handler will run"), name);
    else if (state == 'T' && signal != SIGKILL && signal != SIGCONT && signal != SIGSTOP)
        snprintf(text, size, _("it is stopped: %s takes effect when it continues"), name);
    else
        snprintf(text, size, "%s %s", name, signal_default_words(signal));
    return text;
}
