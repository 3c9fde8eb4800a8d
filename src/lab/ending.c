#include "lab/ending.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "lab/adoption.h"
#include "lab/foreign.h"
#include "lab/limits.h"
#include "lab/members.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "machine/control.h"
#include "machine/procfile.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HELD_BACK_MS = 100 }; /* for a parent's call to be told first */

/* The actor whose child it is or was last, NULL: it was none's. */
static struct member *parent_of(const struct lab *lab, const struct member *member)
{
    return member_by_pid(lab, member->ppid);
}

/* It carries out a command that waits for its children, and has begun to wait. exit() may do so too. */
static struct member *parent_in_wait(const struct lab *lab, const struct member *member)
{
    struct member *parent = parent_of(lab, member);
    const struct order *order = parent ? &parent->order : NULL;
    bool waits = parent && member_is_living(parent) && order->sequence && order->waits &&
                 order->manner == PROTOCOL_SLEEPS &&
                 (order->awaits == -1 || order->awaits == member->actor.id.pid);
    return waits ? parent : NULL;
}

/* It has a handler for SIGCHLD, which may well wait for its children. That the signal is blocked says
 * nothing: it is while the handler runs. */
static struct member *parent_with_handler(const struct lab *lab, const struct member *member)
{
    struct member *parent = parent_of(lab, member);
    struct signal_sets sets;
    bool handles = parent && member_is_living(parent) && parent->actor.state != ACTOR_FOREIGN &&
                   procfile_signals(parent->actor.id.pid, &sets) == 0 && sets.caught & 1ULL << (SIGCHLD - 1);
    return handles ? parent : NULL;
}

static bool may_be_held_back(const struct lab *lab, const struct member *member, int64_t seen)
{
    return clock_now() - seen < HELD_BACK_MS * NS_PER_MS &&
           (parent_in_wait(lab, member) || parent_with_handler(lab, member));
}

/* From a waitid() that leaves the zombie as it is. */
static int own_child_status(pid_t pid, int *ret)
{
    siginfo_t info = { .si_pid = 0 };
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT | WNOHANG) < 0 || info.si_pid != pid)
        return -ECHILD;
    if (info.si_code == CLD_EXITED)
        *ret = W_EXITCODE(info.si_status, 0);
    else
        *ret = W_EXITCODE(0, info.si_status) | (info.si_code == CLD_DUMPED ? WCOREFLAG : 0);
    return 0;
}

static void learn_status(const struct lab *lab, struct member *member)
{
    struct actor *actor = &member->actor;
    if (!actor->status_known)
        actor->status_known = procfile_zombie_status(actor->id, &actor->status) == 0;
    if (!actor->status_known && member->spawned)
        actor->status_known = own_child_status(actor->id.pid, &actor->status) == 0;
    if (!actor->status_known && lab->features.has[FEATURE_PIDFD_INFO] && member->pidfd >= 0)
        actor->status_known = control_exit_status(member->pidfd, &actor->status) == 0;
}

static const char *status_text(const struct actor *actor, char *text, size_t size)
{
    if (actor->status_known)
        return wait_status_words(text, size, actor->status);
    snprintf(text, size, "?");
    return text;
}

static bool ignores_children(pid_t pid)
{
    struct signal_sets sets;
    return procfile_signals(pid, &sets) == 0 && sets.ignored & 1ULL << (SIGCHLD - 1);
}

/* It is gone already: its parent waits, or wanted no zombies. */
static void describe_gone(const struct lab *lab, const struct member *member, char *text, size_t size)
{
    const struct member *parent = parent_of(lab, member);
    if (parent && ignores_children(parent->actor.id.pid))
        snprintf(text, size, _("no Z: %s ignores SIGCHLD"), parent->actor.name);
    else if ((parent = parent_with_handler(lab, member)) && member->asked)
        snprintf(text, size, _("the handler of %s for SIGCHLD waited for it"), parent->actor.name);
}

/* Who is to ask how it ended. Empty when there is no more to say. */
static void describe_zombie(const struct lab *lab, const struct member *member, char *text, size_t size)
{
    struct process_storage storage;
    struct process process;
    char name[80];
    const struct member *waiting = parent_in_wait(lab, member);
    text[0] = '\0';
    if (waiting)
        snprintf(text, size, _("%s waits for it"), waiting->actor.name);
    else if (procfile_read_exactly(member->actor.id, &process, &storage) < 0)
        describe_gone(lab, member, text, size);
    else if (adoption_is_idle(lab, process.ppid))
        snprintf(text, size, _("Z: %s does not reap: it stays"),
                 member_name_of(lab, process.ppid, name, sizeof name));
    else if (process.ppid == getpid() && !member->spawned && adoption_is_ours(lab))
        snprintf(text, size, _("Z: forklore has adopted it and asks at once"));
    else if (process.ppid == getpid())
        snprintf(text, size, _("Z: forklore has not asked how it ended"));
    else
        snprintf(text, size, _("Z: %s has not asked how it ended"),
                 member_name_of(lab, process.ppid, name, sizeof name));
}

void ending_orphaned(struct lab *lab, pid_t ended)
{
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *member = lab->members[i];
        struct process_storage storage;
        struct process process;
        if (member->ppid == ended && procfile_read_exactly(member->actor.id, &process, &storage) == 0)
            member->ppid = process.ppid;
    }
}

static void add_statement(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void add_statement(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    size_t length = strlen(text);
    if (length)
        /* TRANSLATORS: stands between two statements about the end of one process. */
        length += (size_t)snprintf(text + length, size - length, "%s", _("; "));
    if (length >= size)
        return;
    va_start(arguments, format);
    vsnprintf(text + length, size - length, format, arguments);
    va_end(arguments);
}

/* "its child e is an orphan: 1 systemd has it", for each child, with the adopter as the kernel has it. */
static void describe_orphans(const struct lab *lab, const struct member *member, char *text, size_t size)
{
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *child = lab->members[i];
        struct process_storage storage;
        struct process process;
        char name[80];
        if (child->ppid != member->actor.id.pid || child->actor.state == ACTOR_REAPED ||
            procfile_read_exactly(child->actor.id, &process, &storage) < 0 ||
            process.ppid == member->actor.id.pid)
            continue;
        child->ppid = process.ppid;
        member_name_of(lab, process.ppid, name, sizeof name);
        add_statement(text, size,
                      process.state == 'Z' ? _("its zombie %s is left to %s")
                                           : _("its child %s is an orphan: %s has it"),
                      child->actor.name, name);
    }
}

/* A write that nobody could read is what ended it, as is expected of it unless it ignores SIGPIPE. */
static bool ended_by_write(const struct member *member)
{
    static const char *const calls[] = { "write(", "fputs(", "fflush(" };
    const struct actor *actor = &member->actor;
    bool writes = false;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        writes |= strncmp(actor->blocked_in, calls[i], strlen(calls[i])) == 0;
    return writes && actor->status_known && WIFSIGNALED(actor->status) && WTERMSIG(actor->status) == SIGPIPE;
}

/* Only what it has become can have exited: an exec that fails is told. */
static bool has_execed(const struct member *member)
{
    return member->order.manner == PROTOCOL_EXECS && member->actor.status_known &&
           WIFEXITED(member->actor.status);
}

/* A call that it was in has not returned and never will. */
static void tell_unfinished(struct lab *lab, struct member *member)
{
    struct order *order = &member->order;
    bool by_write = ended_by_write(member);
    bool execed = has_execed(member);
    bool expected = order->entered && (order->manner == PROTOCOL_ENDS || order->manner == PROTOCOL_LEAVES);
    if (order->sequence && order->entered && !expected)
        report_send(
            lab, member,
            (struct lab_report){ .kind = LAB_REPORT_CALL,
                                 .text = member->actor.blocked_in,
                                 .words = execed     ? _("it does not return: that program has ended already")
                                          : by_write ? _("SIGPIPE: no process has the other end open to read")
                                                     : _("it ended before the call returned"),
                                 .failed = !execed && !by_write });
    *order = (struct order){ 0 };
    member->actor.blocked_in[0] = '\0';
}

static void tell_births(struct lab *lab, const struct member *parent)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (process_id_equal(lab->members[i]->actor.parent, parent->actor.id))
            messages_tell_birth(lab, lab->members[i]);
}

static void end(struct lab *lab, struct member *member)
{
    char text[64], words[600];
    double seconds;
    bool started = member->actor.state != ACTOR_STARTING;
    tell_unfinished(lab, member);
    tell_births(lab, member);
    messages_tell_birth(lab, member);
    foreign_finish(lab, member);
    member_close_control(lab, member);
    member_set_state(member, ACTOR_ENDED);
    if (!started) {
        member->start_error = member->start_error ? member->start_error : -1;
        return;
    }
    describe_zombie(lab, member, words, sizeof words);
    describe_orphans(lab, member, words, sizeof words);
    if (limits_cpu_time_matters(lab, member, &seconds))
        add_statement(words, sizeof words, _("it had used %.1f of the %u s of CPU time of RLIMIT_CPU"),
                      seconds, lab->limits.cpu_seconds);
    report_send(lab, member,
                (struct lab_report){ .kind = LAB_REPORT_ENDED,
                                     .text = status_text(&member->actor, text, sizeof text),
                                     .words = words[0] ? words : NULL });
}

/* Without a status, the parent's own report of it is worth waiting for. */
static void try_end(struct lab *lab, struct member *member)
{
    messages_drain(lab, member);
    learn_status(lab, member);
    if (member->actor.status_known || !may_be_held_back(lab, member, member->end_seen))
        end(lab, member);
}

static void try_reap(struct lab *lab, struct member *member)
{
    char text[64];
    if (!member->asked && may_be_held_back(lab, member, member->reap_seen))
        return;
    learn_status(lab, member);
    member_close_pidfd(lab, member);
    member_set_state(member, ACTOR_REAPED);
    adoption_was_reaped(lab, member);
    report_send(lab, member,
                (struct lab_report){ .kind = LAB_REPORT_REAPED,
                                     .text = status_text(&member->actor, text, sizeof text),
                                     .words = member->asked     ? _("its parent has asked")
                                              : member->adopted ? _("forklore, which adopted it, has asked")
                                                                : NULL });
}

void ending_look(struct lab *lab, struct member *member)
{
    struct pollfd pidfd = { .fd = member->pidfd, .events = POLLIN };
    if (member->pidfd < 0 || poll(&pidfd, 1, 0) <= 0)
        return;
    if (!member->end_seen)
        member->end_seen = clock_now();
    if (member_is_living(member))
        try_end(lab, member);
    if (member->actor.state != ACTOR_ENDED)
        return;
    bool gone =
        lab->features.has[FEATURE_PIDFD_HUP] ? pidfd.revents & POLLHUP : !procfile_exists(member->actor.id);
    if (!gone)
        return;
    if (!member->reap_seen)
        member->reap_seen = clock_now();
    try_reap(lab, member);
}

void ending_asked(struct lab *lab, struct member *member, int status)
{
    member->actor.status = status;
    member->actor.status_known = true;
    member->asked = true;
    if (member_is_living(member)) {
        messages_drain(lab, member);
        end(lab, member);
    }
}

static bool has_news(const struct lab *lab, const struct member *member)
{
    if (member->pidfd < 0)
        return false;
    bool held_back = (member->end_seen && member_is_living(member)) || member->reap_seen;
    return held_back || (member->actor.state == ACTOR_ENDED && !lab->features.has[FEATURE_PIDFD_HUP]);
}

void ending_settle(struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (has_news(lab, lab->members[i]))
            ending_look(lab, lab->members[i]);
}

bool ending_pending(const struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (has_news(lab, lab->members[i]))
            return true;
    return false;
}
