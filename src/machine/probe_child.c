#include "machine/probe_child.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t probe_child_start(int status, int *ret_leash)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(ends[1]);
        while (read(ends[0], &byte, 1) < 0 && errno == EINTR)
            ;
        _exit(status);
    }
    close(ends[0]);
    if (child < 0)
        close(ends[1]);
    else
        *ret_leash = ends[1];
    return child;
}

int probe_child_wait(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

int probe_child_try(int (*attempt)(long argument), long argument)
{
    pid_t child = fork();
    if (child == 0)
        _exit(attempt(argument));
    if (child < 0)
        return errno;
    int status = probe_child_wait(child);
    if (status == -1)
        return errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}
