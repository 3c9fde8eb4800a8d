#include "acts.h"

#include "lifeline.h"

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct user {
    uid_t uid;
    gid_t gid;
};

/* By name or number. A number that nobody has may be taken all the same, with the group of that number. */
static bool find_user(struct self *self, const char *text, struct user *ret)
{
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
    };
    (void)count;
    struct rlimit limit, now;
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++) {
        int resource = resources[i].resource;
        if (strcmp(args[0], resources[i].word) != 0 || getrlimit(resource, &now) < 0)
            continue;
        limit.rlim_cur = limit.rlim_max = strtoul(args[1], NULL, 10);
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
