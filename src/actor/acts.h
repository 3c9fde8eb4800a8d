/* What an actor can do: one table of acts, one function each. The lab has checked the arguments, looked up
 * the names in them and written pids and numbers in decimal; a signal comes as two arguments, its number and
 * its name. The table of commands in the lab says the same from the other side. */
#pragma once

#include "self.h"

struct act {
    const char *name;
    void (*run)(struct self *self, int count, char **args);
};

/* NULL: there is no such act. */
const struct act *act_find(const char *name);

typedef void act_function(struct self *self, int count, char **args);

/* acts_birth.c: who comes and goes */
act_function act_fork, act_vfork, act_daemon, act_exec, act_exit, act_exit_at_once, act_thread;
/* acts_wait.c: what takes time */
act_function act_wait, act_waitpid, act_pause, act_sleep, act_spin, act_stop;
/* acts_signal.c */
act_function act_kill, act_ignore, act_default, act_sigchld;
/* acts_schedule.c: what the scheduler is told */
act_function act_nice, act_setpriority, act_cpu, act_sched;
/* acts_kin.c: sessions, groups, tracers, memory that stays */
act_function act_setsid, act_setpgid, act_mlock, act_ptracer, act_trace, act_untrace;
/* acts_memory.c: variables and lists */
act_function act_let, act_add, act_show, act_list, act_call;
/* acts_heap.c: memory in megabytes */
act_function act_alloc, act_touch;
/* acts_shared.c: shared memory and semaphores */
act_function act_mmap, act_sem, act_acquire, act_release, act_getvalue;
