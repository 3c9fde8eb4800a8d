#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char pid_max_path[] = "/proc/sys/kernel/pid_max";

int pid_max_read(void)
{
    int pid_max;
    FILE *file = fopen(pid_max_path, "re");
    if (!file)
        return -errno;
    int found = fscanf(file, "%d", &pid_max);
    fclose(file);
    return found == 1 ? pid_max : -EIO;
}

int pid_max_write(int pid_max)
{
    FILE *file = fopen(pid_max_path, "we");
    if (!file)
        return -errno;
    fprintf(file, "%d\n", pid_max);
    return fclose(file) == 0 ? 0 : -errno;
}

static int remove_entry(const char *path, const struct stat *unused, int type, struct FTW *where)
{
    (void)unused, (void)type, (void)where;
    return remove(path);
}

/* Only the end of everybody else ends the wait: the terminal's Ctrl-C and hang-up are for the bench. */
static void put_back_at_the_end(int lifeline, int pid_max, const char *scratch)
{
    char byte;
    setsid();
    signal(SIGTERM, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    while (read(lifeline, &byte, 1) < 0 && errno == EINTR)
        ;
    if (pid_max_read() != pid_max)
        pid_max_write(pid_max);
    nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

int guard_start(struct guard *ret, int pid_max, const char *scratch)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    pid_t pid = fork();
    if (pid < 0) {
        int error = errno;
        close(ends[0]);
        close(ends[1]);
        return -error;
    }
    if (pid == 0) {
        close(ends[1]);
        put_back_at_the_end(ends[0], pid_max, scratch);
        _exit(0);
    }
    close(ends[0]);
    *ret = (struct guard){ pid, ends[1] };
    return 0;
}

void guard_release(struct guard *guard)
{
    close(guard->lifeline);
    while (waitpid(guard->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
