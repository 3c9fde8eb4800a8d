#include "machine/children.h"

#include "machine/procfile.h"
#include "machine/procread.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct found {
    pid_t *pids;
    size_t count, most;
};

static void add(struct found *found, pid_t pid)
{
    if (found->count < found->most)
        found->pids[found->count] = pid;
    found->count++;
}

/* Calls `visit` for each number that is the name of an entry of the folder. 0, or -errno of what it returned.
 */
static int for_each_number(const char *path, int (*visit)(struct found *, pid_t parent, pid_t number),
                           struct found *found, pid_t parent)
{
    DIR *folder = opendir(path);
    int r = 0;
    if (!folder)
        return errno == ENOENT ? -ESRCH : -errno;
    for (const struct dirent *entry; r == 0 && (entry = readdir(folder));)
        if (isdigit((unsigned char)entry->d_name[0]))
            r = visit(found, parent, (pid_t)atol(entry->d_name));
    closedir(folder);
    return r;
}

static int add_children_of_thread(struct found *found, pid_t parent, pid_t thread)
{
    char name[40], *text, *end;
    snprintf(name, sizeof name, "task/%d/children", (int)thread);
    int r = procread_whole(parent, name, &text);
    if (r < 0)
        return r;
    for (char *at = text; strtol(at, &end, 10), end != at; at = end)
        add(found, (pid_t)strtol(at, NULL, 10));
    free(text);
    return 0;
}

static int add_if_child(struct found *found, pid_t parent, pid_t pid)
{
    struct process_storage storage;
    struct process process;
    if (procfile_read(pid, &process, &storage) == 0 && process.ppid == parent)
        add(found, pid);
    return 0;
}

ssize_t children_read(pid_t pid, pid_t *ret, size_t most)
{
    struct found found = { .pids = ret, .most = most };
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    int r = for_each_number(path, add_children_of_thread, &found, pid);
    struct process_id id;
    if (r == -ESRCH && procfile_identity(pid, &id) == 0) {
        found.count = 0;
        r = for_each_number("/proc", add_if_child, &found, pid);
    }
    return r < 0 ? r : (ssize_t)found.count;
}
