#include "acts.h"

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

/* ignore or default */
void act_sigchld(struct self *self, int count, char **args)
{
    (void)count;
    set_disposition(self, SIGCHLD, "SIGCHLD", strcmp(args[0], "ignore") == 0);
}
