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
act_function act_fork, act_zombies, act_vfork, act_double_fork, act_daemon, act_exec, act_thread;
/* acts_race.c: which of two goes on first */
act_function act_race;
/* acts_end.c: how it ends, and whom its end takes along */
act_function act_exit, act_exit_at_once, act_abort, act_segv, act_daemonic;
/* acts_rights.c: what it may do */
act_function act_setuid, act_rlimit;
/* acts_wait.c: what takes time */
act_function act_wait, act_waitpid, act_join, act_pause, act_sleep, act_spin, act_work, act_yield, act_stop;
/* acts_signal.c */
act_function act_kill, act_ignore, act_default, act_sigchld, act_handle, act_block, act_unblock, act_raise, act_alarm;
/* acts_schedule.c: what the scheduler is told */
act_function act_nice, act_setpriority, act_cpu, act_sched;
/* acts_kin.c: itself and its parent, sessions, groups, tracers, memory that stays */
act_function act_getpid, act_getppid, act_setsid, act_setpgid, act_subreaper, act_mlock, act_ptracer,
    act_trace, act_untrace;
/* acts_terminal.c: a terminal of its own */
act_function act_tty, act_foreground, act_getline, act_type;
/* acts_files.c: what has descriptors */
act_function act_open, act_pipe, act_read, act_write, act_seek, act_flush, act_close;
/* acts_sockets.c */
act_function act_udp, act_listen, act_accept, act_connect, act_sendto, act_recvfrom;
/* acts_memory.c: variables and lists */
act_function act_let, act_add, act_show, act_list, act_call;
/* acts_heap.c: memory in megabytes */
act_function act_alloc, act_touch;
/* acts_shared.c: shared memory and semaphores */
act_function act_mmap, act_sem, act_acquire, act_release, act_getvalue;
/* acts_transfer.c: numbers to a child, by each of the ways */
act_function act_transfer;
/* acts_queue.c: POSIX message queues */
act_function act_mq, act_put, act_get, act_qsize;
/* acts_cost.c: what making processes costs */
act_function act_churn;
/* acts_pool.c: tasks and their results through two queues */
act_function act_worker, act_result;
