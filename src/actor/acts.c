#include "acts.h"

#include <string.h>

static const struct act acts[] = {
    { "fork", act_fork },
    { "vfork", act_vfork },
    { "double-fork", act_double_fork },
    { "daemon", act_daemon },
    { "exec", act_exec },
    { "exit", act_exit },
    { "_exit", act_exit_at_once },
    { "abort", act_abort },
    { "segv", act_segv },
    { "daemonic", act_daemonic },
    { "setuid", act_setuid },
    { "rlimit", act_rlimit },
    { "thread", act_thread },
    { "wait", act_wait },
    { "waitpid", act_waitpid },
    { "join", act_join },
    { "pause", act_pause },
    { "sleep", act_sleep },
    { "spin", act_spin },
    { "work", act_work },
    { "yield", act_yield },
    { "stop", act_stop },
    { "kill", act_kill },
    { "ignore", act_ignore },
    { "default", act_default },
    { "sigchld", act_sigchld },
    { "handle", act_handle },
    { "block", act_block },
    { "unblock", act_unblock },
    { "raise", act_raise },
    { "nice", act_nice },
    { "setpriority", act_setpriority },
    { "cpu", act_cpu },
    { "sched", act_sched },
    { "setsid", act_setsid },
    { "setpgid", act_setpgid },
    { "subreaper", act_subreaper },
    { "tty", act_tty },
    { "foreground", act_foreground },
    { "getline", act_getline },
    { "type", act_type },
    { "mlock", act_mlock },
    { "ptracer", act_ptracer },
    { "trace", act_trace },
    { "untrace", act_untrace },
    { "let", act_let },
    { "add", act_add },
    { "show", act_show },
    { "list", act_list },
    { "call", act_call },
    { "alloc", act_alloc },
    { "touch", act_touch },
    { "mmap", act_mmap },
    { "sem", act_sem },
    { "acquire", act_acquire },
    { "release", act_release },
    { "getvalue", act_getvalue },
};

const struct act *act_find(const char *name)
{
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, name) == 0)
            return &acts[i];
    return NULL;
}
