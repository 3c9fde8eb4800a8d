/* A program in a terminal, started as a shell starts it: by a session leader of its own, as a process group
 * in the foreground, which can be stopped and continued. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

enum job_state { JOB_NONE, JOB_RUNNING, JOB_STOPPED, JOB_ENDED };

struct job {
    enum job_state state;
    pid_t pid;    /* of the program, and its process group */
    int status;   /* wait status of JOB_STOPPED and JOB_ENDED */
    pid_t leader; /* the shell's part */
    int socket;   /* to the leader */
};

/* Starts `argv` (found in PATH) with `environment` in the terminal `slave`. 0 or -errno. */
int job_start(struct job *job, int slave, char *const argv[], char *const environment[]);
/* Takes the leader's reports into account; never waits. */
void job_update(struct job *job);
/* Gives a stopped program the terminal back and continues it, as `fg` does. */
void job_continue(struct job *job);
/* Kills the program when it still runs, and the leader. The job is then JOB_NONE. */
void job_release(struct job *job);
