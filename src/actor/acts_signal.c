#include "acts.h"

#include "handlers.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* PID NUMBER NAME */
void act_kill(struct self *self, int count, char **args)
{
    (void)count;
    int r = kill(atoi(args[0]), atoi(args[1]));
    report_call(self, r, failure(r), "kill(%s, %s)", args[0], args[2]);
}

static void set_disposition(struct self *self, int signal, const char *name, bool ignored)
{
    struct sigaction action = { .sa_handler = ignored ? SIG_IGN : SIG_DFL };
    int r = sigaction(signal, &action, NULL);
    report_call(self, r, failure(r), "sigaction(%s, {%s}, NULL)", name, ignored ? "SIG_IGN" : "SIG_DFL");
}

/* NUMBER NAME */
void act_ignore(struct self *self, int count, char **args)
{
    (void)count;
    set_disposition(self, atoi(args[0]), args[1], true);
}

/* NUMBER NAME */
void act_default(struct self *self, int count, char **args)
{
    (void)count;
    set_disposition(self, atoi(args[0]), args[1], false);
}

/* Without SA_RESTART: a call that the signal comes into returns EINTR. A handler that returns to the
 * instruction that brought the signal would run again for ever, so of those signals it is called once. */
static void set_handler(struct self *self, int signal, const char *name, void (*handler)(int),
                        const char *handler_text)
{
    bool once = signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL;
    struct sigaction action = { .sa_handler = handler, .sa_flags = once ? (int)SA_RESETHAND : 0 };
    handler_name(signal, name);
    int r = sigaction(signal, &action, NULL);
    report_call(self, r, failure(r), "sigaction(%s, {%s%s}, NULL)", name, handler_text,
                once ? ", SA_RESETHAND" : "");
}

/* ignore, default, handler or handler-once */
void act_sigchld(struct self *self, int count, char **args)
{
    (void)count;
    if (strcmp(args[0], "handler") == 0)
        set_handler(self, SIGCHLD, "SIGCHLD", handler_reap_all, "reap_all");
    else if (strcmp(args[0], "handler-once") == 0)
        set_handler(self, SIGCHLD, "SIGCHLD", handler_reap_once, "reap_once");
    else
        set_disposition(self, SIGCHLD, "SIGCHLD", strcmp(args[0], "ignore") == 0);
}

/* NUMBER NAME */
void act_handle(struct self *self, int count, char **args)
{
    (void)count;
    set_handler(self, atoi(args[0]), args[1], handler_tell, "handler");
}

static int change_mask(struct self *self, int how, const char *how_text, char **args)
{
    sigset_t set;
    sigemptyset(&set);
    int r = sigaddset(&set, atoi(args[0]));
    if (r == 0)
        r = sigprocmask(how, &set, NULL);
    report_call(self, r, failure(r), "sigprocmask(%s, {%s}, NULL)", how_text, args[1]);
    return r;
}

/* NUMBER NAME. Of SIGKILL and SIGSTOP the call succeeds and does nothing (sigprocmask(2)). */
void act_block(struct self *self, int count, char **args)
{
    (void)count;
    sigset_t now;
    if (change_mask(self, SIG_BLOCK, "SIG_BLOCK", args) == 0 && sigprocmask(SIG_BLOCK, NULL, &now) == 0 &&
        !sigismember(&now, atoi(args[0])))
        report_says(self, N_("the kernel ignores attempts to block it"), "sigismember(&blocked, %s) = 0",
                    args[1]);
}

/* NUMBER NAME */
void act_unblock(struct self *self, int count, char **args)
{
    (void)count;
    change_mask(self, SIG_UNBLOCK, "SIG_UNBLOCK", args);
}

/* NUMBER NAME. It may be the last that is heard of this process. */
void act_raise(struct self *self, int count, char **args)
{
    (void)count;
    report_enter(self, PROTOCOL_SLEEPS, 0, "raise(%s)", args[1]);
    int r = raise(atoi(args[0]));
    report_call(self, r, failure(r), "raise(%s)", args[1]);
}

/* SECONDS */
void act_alarm(struct self *self, int count, char **args)
{
    (void)count;
    unsigned left = alarm((unsigned)atoi(args[0]));
    report_call(self, left, 0, "alarm(%s)", args[0]);
}
