#include "../unit.h"
#include "children.h"

#include "base/clock.h"

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

pid_t child_start(void (*body)(void *data), void *data)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that dies leaves nobody behind */
        body(data);
        _exit(0);
    }
    assert_true(pid > 0);
    return pid;
}

void child_end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

void child_pause(void *unused)
{
    (void)unused;
    for (;;)
        pause();
}

void child_exit(void *status)
{
    _exit(*(int *)status);
}

void wait_until(const char *what, bool (*condition)(void *data), void *data)
{
    int64_t deadline = clock_now() + 20 * NS_PER_SECOND;
    while (!condition(data)) {
        if (clock_now() > deadline)
            fail_msg("waited in vain: %s", what);
        nanosleep(&(struct timespec){ .tv_nsec = NS_PER_MS }, NULL);
    }
}

struct awaited {
    pid_t pid;
    char state;
    struct process_id id;
};

static bool has_state(void *data)
{
    struct awaited *awaited = data;
    struct process process;
    struct process_storage storage;
    if (procfile_read(awaited->pid, &process, &storage) < 0 || process.state != awaited->state)
        return false;
    awaited->id = process.id;
    return true;
}

struct process_id wait_for_state(pid_t pid, char state)
{
    struct awaited awaited = { .pid = pid, .state = state };
    wait_until((char[]){ state, '\0' }, has_state, &awaited);
    return awaited.id;
}

void become_nobody(void)
{
    if (setgroups(0, NULL) < 0 || setresgid(65534, 65534, 65534) < 0 || setresuid(65534, 65534, 65534) < 0)
        _exit(99);
}
