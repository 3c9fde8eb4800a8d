/* pace floor|reap
 *
 * Reads the process table once a second for ever, at the pace of the programs it is compared with, since a
 * tight loop would find everything warm in the caches. `floor` lists /proc and opens, reads and closes each
 * `stat`: no reader can do less. `reap` is libproc2 alone with the items that the live tree needs. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libproc2/pids.h>

static int read_stats(void)
{
    char stat[1024], name[300];
    DIR *proc = opendir("/proc");
    if (!proc)
        return -1;
    for (struct dirent *entry; (entry = readdir(proc));) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
            continue;
        stpcpy(stpcpy(name, entry->d_name), "/stat");
        int fd = openat(dirfd(proc), name, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        /* What is in it does not matter here, nor whether the process ended meanwhile. */
        if (read(fd, stat, sizeof stat) < 0)
            stat[0] = '\0';
        close(fd);
    }
    closedir(proc);
    return 0;
}

static int reap_all(struct pids_info *info)
{
    return procps_pids_reap(info, PIDS_FETCH_TASKS_ONLY) ? 0 : -1;
}

int main(int argc, char **argv)
{
    static enum pids_item items[] = { PIDS_ID_PID,  PIDS_ID_PPID,    PIDS_STATE,    PIDS_NICE,
                                      PIDS_ID_PGRP, PIDS_ID_SESSION, PIDS_ID_TPGID, PIDS_NLWP,
                                      PIDS_CMD,     PIDS_TICS_BEGAN, PIDS_ID_EUID };
    const struct timespec second = { .tv_sec = 1 };
    struct pids_info *info = NULL;
    if (argc != 2 || (strcmp(argv[1], "floor") != 0 && strcmp(argv[1], "reap") != 0)) {
        fputs("usage: pace floor|reap\n", stderr);
        return 2;
    }
    if (argv[1][0] == 'r' && procps_pids_new(&info, items, sizeof items / sizeof *items) < 0)
        return 1;
    while ((info ? reap_all(info) : read_stats()) == 0)
        nanosleep(&second, NULL);
    return 1;
}
