#include "acts.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* nice() may well return -1: errno alone tells a failure (nice(2)). */
void act_nice(struct self *self, int count, char **args)
{
    (void)count;
    errno = 0;
    int r = nice(atoi(args[0]));
    report_call(self, r, r == -1 ? errno : 0, "nice(%s)", args[0]);
}

void act_setpriority(struct self *self, int count, char **args)
{
    (void)count;
    int r = setpriority(PRIO_PROCESS, 0, atoi(args[0]));
    report_call(self, r, failure(r), "setpriority(PRIO_PROCESS, 0, %s)", args[0]);
}

/* CPU, or the word all */
void act_cpu(struct self *self, int count, char **args)
{
    (void)count;
    cpu_set_t set;
    CPU_ZERO(&set);
    if (strcmp(args[0], "all") == 0)
        memset(&set, 0xff, sizeof set);
    else
        CPU_SET((size_t)atoi(args[0]), &set);
    int r = sched_setaffinity(0, sizeof set, &set);
    report_call(self, r, failure(r), "sched_setaffinity(0, sizeof set, {%s})", args[0]);
}

/* POLICY [PRIORITY] */
void act_sched(struct self *self, int count, char **args)
{
    static const struct {
        const char *word, *name;
        int policy;
    } policies[] = {
        { "other", "SCHED_OTHER", SCHED_OTHER }, { "batch", "SCHED_BATCH", SCHED_BATCH },
        { "idle", "SCHED_IDLE", SCHED_IDLE },    { "fifo", "SCHED_FIFO", SCHED_FIFO },
        { "rr", "SCHED_RR", SCHED_RR },
    };
    struct sched_param parameter = { .sched_priority = count > 1 ? atoi(args[1]) : 0 };
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        if (strcmp(args[0], policies[i].word) != 0)
            continue;
        int r = sched_setscheduler(0, policies[i].policy, &parameter);
        report_call(self, r, failure(r), "sched_setscheduler(0, %s, {%d})", policies[i].name,
                    parameter.sched_priority);
    }
}
