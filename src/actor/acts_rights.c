#include "acts.h"

#include "lifeline.h"

#include <dirent.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES_MAX = 1 << 22 }; /* PID_MAX_LIMIT of the kernel */

/* Numbers that no distribution gives to a user: systemd's UIDS-GIDS has them as unused. */
enum { UNUSED_FIRST = 60578, UNUSED_LAST = 60705 };

struct user {
    uid_t uid;
    gid_t gid;
};

/* A zombie counts as well: its limit does so, too. */
static bool has_process(uid_t uid)
{
    bool found = false;
    struct stat info;
    DIR *proc = opendir("/proc");
    for (const struct dirent *entry; !found && proc && (entry = readdir(proc));)
        found = *entry->d_name >= '1' && *entry->d_name <= '9' &&
                fstatat(dirfd(proc), entry->d_name, &info, 0) == 0 && info.st_uid == uid;
    if (proc)
        closedir(proc);
    return found;
}

static bool find_unused_user(struct self *self, struct user *ret)
{
    uid_t uid = UNUSED_FIRST;
    while (uid < UNUSED_LAST && has_process(uid))
        uid++;
    *ret = (struct user){ uid, uid };
    report_says(self, N_("no process has this user"), "uid = %u", uid);
    return true;
}

/* By name or number. A number that nobody has may be taken all the same, with the group of that number. */
static bool find_user(struct self *self, const char *text, struct user *ret)
{
    if (strcmp(text, "unused") == 0)
        return find_unused_user(self, ret);
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    bool by_number = *text >= '0' && *text <= '9' && !*end;
    errno = 0;
    const struct passwd *entry = by_number ? getpwuid((uid_t)number) : getpwnam(text);
    if (entry) {
        *ret = (struct user){ entry->pw_uid, entry->pw_gid };
        report_says(self, "",
                    by_number ? "getpwuid(%s) = {uid %u, gid %u}" : "getpwnam(\"%s\") = {uid %u, gid %u}",
                    text, ret->uid, ret->gid);
    } else if (by_number) {
        *ret = (struct user){ (uid_t)number, (gid_t)number };
        report_says(self, N_("no user has this number: its group gets the same"), "getpwuid(%s) = NULL",
                    text);
    } else {
        report_call(self, 0, errno ? errno : ENOENT, "getpwnam(\"%s\")", text);
        return false;
    }
    return true;
}

static bool leave_groups(struct self *self, gid_t gid)
{
    int r = setgroups(0, NULL);
    report_call(self, r, failure(r), "setgroups(0, NULL)");
    if (r < 0)
        return false;
    r = setgid(gid);
    report_call(self, r, failure(r), "setgid(%u)", gid);
    return r == 0;
}

/* The lifeline is armed anew, in the name of the user that it is now. The one that was armed before does as
 * well, where the new one cannot be had. */
static void stay_in_reach(struct self *self)
{
    int lifeline = lifeline_arm(getpid());
    if (lifeline < 0)
        return;
    close(self->lifeline);
    self->lifeline = lifeline;
}

/* USER. In the order of every program that gives up its rights: the groups first, while it still may. */
void act_setuid(struct self *self, int count, char **args)
{
    (void)count;
    struct user user;
    if (!find_user(self, args[0], &user) || (geteuid() == 0 && !leave_groups(self, user.gid)))
        return;
    int r = setuid(user.uid);
    report_call(self, r, failure(r), "setuid(%u)", user.uid);
    if (r == 0)
        stay_in_reach(self);
}

static bool can_fork(rlim_t limit, rlim_t hard)
{
    setrlimit(RLIMIT_NPROC, &(struct rlimit){ .rlim_cur = limit, .rlim_max = hard });
    pid_t child = fork();
    if (child == 0)
        _exit(EXIT_SUCCESS);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return child > 0;
}

/* How many processes and threads its user has, as the limit counts them. Only fork knows, and asked for many
 * limits it tells: it fails up to that number, and works above it. It always works for root, for whom this is
 * 0. */
static rlim_t processes_in_use(void)
{
    struct rlimit before;
    if (getrlimit(RLIMIT_NPROC, &before) < 0)
        return 0;
    rlim_t low = 0, high = before.rlim_max < PROCESSES_MAX ? before.rlim_max : PROCESSES_MAX;
    while (low < high) {
        rlim_t middle = low + (high - low) / 2;
        if (can_fork(middle, before.rlim_max))
            high = middle;
        else
            low = middle + 1;
    }
    setrlimit(RLIMIT_NPROC, &before);
    return low > 0 ? low - 1 : 0;
}

/* The hard limit goes down with the soft one, with two exceptions. The lab's own descriptors need room
 * (room.h). And where both limits of CPU time are the same, SIGKILL comes in place of SIGXCPU: the hard one
 * is a second further. */
void act_rlimit(struct self *self, int count, char **args)
{
    static const struct {
        const char *word, *name;
        int resource;
    } resources[] = {
        { "nproc", "RLIMIT_NPROC", RLIMIT_NPROC },
        { "cpu", "RLIMIT_CPU", RLIMIT_CPU },
        { "nofile", "RLIMIT_NOFILE", RLIMIT_NOFILE },
        { "core", "RLIMIT_CORE", RLIMIT_CORE },
        { "nice", "RLIMIT_NICE", RLIMIT_NICE },
    };
    (void)count;
    struct rlimit limit, now;
    bool more = strcmp(args[0], "more-nproc") == 0;
    const char *word = more ? "nproc" : args[0];
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++) {
        int resource = resources[i].resource;
        if (strcmp(word, resources[i].word) != 0 || getrlimit(resource, &now) < 0)
            continue;
        limit.rlim_cur = strtoul(args[1], NULL, 10);
        if (more)
            limit.rlim_cur += processes_in_use();
        limit.rlim_max = limit.rlim_cur;
        if (resource == RLIMIT_NOFILE)
            limit.rlim_max = now.rlim_max;
        if (resource == RLIMIT_CPU && limit.rlim_cur < now.rlim_max)
            limit.rlim_max++;
        int r = setrlimit(resource, &limit);
        report_call(self, r, failure(r), "setrlimit(%s, {%lu, %lu})", resources[i].name,
                    (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
        if (r == 0 && resource == RLIMIT_NPROC && getuid() == 0)
            report_says(self, N_("this limit does not bind root: setuid another user"), "getuid() = 0");
    }
}
