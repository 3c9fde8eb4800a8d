#include "family.h"

#include "base/memory.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void family_begin(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void family_reap(pid_t leader)
{
    siginfo_t ended = { 0 };

    while (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid > 0 &&
           ended.si_pid != leader) {
        waitpid(ended.si_pid, NULL, 0);
        ended.si_pid = 0;
    }
}

/* Appends the children of `pid`, each followed by its own. Source: proc(5), /proc/pid/task/tid/children. */
static void append_descendants(pid_t pid, pid_t **list, size_t *count, size_t *room)
{
    char path[64];
    int child;

    snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    while (fscanf(file, "%d", &child) == 1) {
        *list = grow(*list, room, *count + 1, sizeof(**list));
        (*list)[(*count)++] = child;
        append_descendants(child, list, count, room);
    }
    fclose(file);
}

static void append_name(pid_t pid, char *text, size_t size)
{
    char path[64], name[32] = "?";
    size_t used = strlen(text);

    snprintf(path, sizeof(path), "/proc/%d/comm", pid);
    FILE *file = fopen(path, "re");
    if (file) {
        if (fgets(name, sizeof(name), file))
            name[strcspn(name, "\n")] = '\0';
        fclose(file);
    }
    snprintf(text + used, size - used, "%s%d %s", used ? ", " : "", pid, name);
}

size_t family_survivors(char *text, size_t size)
{
    pid_t *list = NULL;
    size_t count = 0, room = 0;

    text[0] = '\0';
    append_descendants(getpid(), &list, &count, &room);
    for (size_t i = 0; i < count && i < 8; i++)
        append_name(list[i], text, size);
    free(list);
    return count;
}

void family_kill(void)
{
    pid_t *list = NULL;
    size_t count = 0, room = 0;

    append_descendants(getpid(), &list, &count, &room);
    for (size_t i = 0; i < count; i++)
        kill(list[i], SIGKILL);
    free(list);
}
