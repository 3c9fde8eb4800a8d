#include "lab/adoption.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "lab/ending.h"
#include "lab/members.h"
#include "lab/reports.h"
#include "machine/children.h"
#include "machine/kernel.h"
#include "machine/procfile.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    STRAY_LOOK_MS = 500,
    PATIENCE_MS = 5000, /* some that adopt look for zombies every few seconds only */
    STRAYS_MAX = 1024,
};

int adoption_begin(struct lab *lab, bool sandbox)
{
    if (!sandbox)
        return 0;
    if (prctl(PR_GET_CHILD_SUBREAPER, &lab->was_subreaper) < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
        return -errno;
    lab->sandbox = true;
    return 0;
}

bool adoption_is_ours(const struct lab *lab)
{
    return lab->sandbox || getpid() == 1;
}

/* A child that has ended and is neither an actor nor the warden: a program that an actor started, or one that
 * an actor's program did. */
static bool is_stray(const struct lab *lab, pid_t pid, struct process_id *ret)
{
    struct process_storage storage;
    struct process process;
    if (pid == lab->warden || member_by_pid(lab, pid) || procfile_read(pid, &process, &storage) < 0)
        return false;
    *ret = process.id;
    return process.state == 'Z' && process.ppid == getpid();
}

/* At the second look that finds it: by then a child that ended right after its birth has been heard of, and
 * is an actor. */
static void reap_strays(struct lab *lab, bool at_first_sight)
{
    pid_t children[STRAYS_MAX];
    struct id_set seen = { 0 };
    ssize_t count = children_read(getpid(), children, STRAYS_MAX);
    for (ssize_t i = 0; i < count && i < STRAYS_MAX; i++) {
        struct process_id id;
        if (!is_stray(lab, children[i], &id))
            continue;
        if (at_first_sight || id_set_has(&lab->strays, id))
            waitpid(id.pid, NULL, WNOHANG);
        else
            id_set_add(&seen, id);
    }
    id_set_release(&lab->strays);
    lab->strays = seen;
}

/* The pidfd says exactly whom; waitid() says ECHILD while it is another's child. */
void adoption_reap(struct member *member)
{
    siginfo_t info = { .si_pid = 0 };
    if (member->spawned || member->pidfd < 0)
        return;
    if (waitid(KERNEL_P_PIDFD, (id_t)member->pidfd, &info, WEXITED | WNOHANG) == 0 && info.si_pid)
        member->adopted = true;
}

/* The parent that the kernel gave to an ended actor, whose own parent has ended; 0: it has its own, or
 * another actor, or has gone. */
static pid_t strange_parent(const struct lab *lab, const struct member *member)
{
    struct process_storage storage;
    struct process process;
    if (procfile_read_exactly(member->actor.id, &process, &storage) < 0 || process.state != 'Z' ||
        member_by_pid(lab, process.ppid))
        return 0;
    return process.ppid;
}

static bool may_be_left(const struct lab *lab, const struct member *member)
{
    if (member->actor.state != ACTOR_ENDED || member->spawned || member->told_left)
        return false;
    const struct member *parent = member_by_pid(lab, member->ppid);
    return !parent || !member_is_living(parent);
}

static void tell_left(struct lab *lab, struct member *member, pid_t adopter)
{
    char status[64] = "?", words[200], name[80];
    if (member->actor.status_known)
        wait_status_words(status, sizeof status, member->actor.status);
    snprintf(words, sizeof words,
             _("%s does not reap; with --sandbox forklore adopts orphans and reaps them"),
             member_name_of(lab, adopter, name, sizeof name));
    member->told_left = true;
    report_send(lab, member, (struct lab_report){ .kind = LAB_REPORT_LEFT, .text = status, .words = words });
}

/* Timed from the first look that finds the zombie under a stranger. */
static void look_after(struct lab *lab, struct member *member)
{
    bool patient = clock_now() - member->left_since < PATIENCE_MS * NS_PER_MS;
    if (!may_be_left(lab, member) || (member->left_since && patient))
        return;
    pid_t adopter = strange_parent(lab, member);
    if (!adopter) {
        member->left_since = 0;
    } else if (!member->left_since) {
        member->left_since = clock_now();
    } else if (procfile_identity(adopter, &lab->idle_adopter) == 0) {
        tell_left(lab, member, adopter);
    }
}

bool adoption_is_idle(const struct lab *lab, pid_t pid)
{
    return lab->idle_adopter.pid == pid && procfile_exists(lab->idle_adopter);
}

void adoption_was_reaped(struct lab *lab, const struct member *member)
{
    if (member->told_left)
        lab->idle_adopter = (struct process_id){ 0 };
}

void adoption_look(struct lab *lab)
{
    bool ours = adoption_is_ours(lab);
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *member = lab->members[i];
        if (ours && member->actor.state == ACTOR_ENDED) {
            adoption_reap(member);
            if (member->adopted)
                ending_look(lab, member); /* told before anything else is done */
        } else if (!ours) {
            look_after(lab, member);
        }
    }
    int64_t now = clock_now();
    if (!ours || now - lab->stray_look < STRAY_LOOK_MS * NS_PER_MS)
        return;
    lab->stray_look = now;
    reap_strays(lab, false);
}

long adoption_next_look(const struct lab *lab)
{
    int64_t soonest = 0, now = clock_now();
    if (adoption_is_ours(lab))
        return STRAY_LOOK_MS;
    for (size_t i = 0; i < lab->member_count; i++) {
        const struct member *member = lab->members[i];
        int64_t left = member->left_since + PATIENCE_MS * NS_PER_MS - now;
        if (member->left_since && may_be_left(lab, member) && (!soonest || left < soonest))
            soonest = left > 0 ? left : 1;
    }
    return soonest ? soonest / NS_PER_MS + 1 : 0;
}

void adoption_end(struct lab *lab)
{
    if (adoption_is_ours(lab))
        reap_strays(lab, true);
    id_set_release(&lab->strays);
    if (lab->sandbox)
        prctl(PR_SET_CHILD_SUBREAPER, lab->was_subreaper);
}
