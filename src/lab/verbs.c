#include "lab/verbs.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "lab/arguments.h"
#include "lab/ending.h"
#include "lab/guard.h"
#include "lab/members.h"
#include "lab/orders.h"
#include "lab/registration.h"
#include "lab/reports.h"
#include "lab/words.h"
#include "machine/control.h"
#include "machine/procfile.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    RESEND_MS = 20,
    RELEASE_MS = 1000,  /* to return from a call after SIGURG */
    KILL_ALL_MS = 5000, /* to end after SIGKILL */
};

/* The actor that the first argument names. NULL: refused. */
static struct member *named(struct lab *lab, const struct run *run)
{
    const char *name = run->command->args[0].text;
    struct member *member = member_by_name(lab, name);
    if (!member)
        report_refused(lab, run, _("there is no actor '%s'"), name);
    else
        member->ordered = clock_now();
    return member;
}

/* spawn a nice=5 cpu=0 is three commands: what the new actor does to itself is reported as its own calls. */
static void add_settings(struct lab *lab, const struct script_command *command, const char *name)
{
    char source[128] = "";
    size_t length = 0;
    struct lab_error error;
    if (arguments_option(command, "nice", 0))
        length += (size_t)snprintf(source, sizeof source, "%s: setpriority %ld\n", name,
                                   arguments_option(command, "nice", 0));
    if (arguments_option(command, "cpu", -1) >= 0)
        snprintf(source + length, sizeof source - length, "%s: cpu %ld\n", name,
                 arguments_option(command, "cpu", -1));
    queue_add(&lab->queue, source, true, &error);
}

static enum progress start_actors(struct lab *lab, struct run *run)
{
    char names[NAMES_MAX][16];
    size_t count = order_names(lab, run, names);
    for (size_t i = 0; i < count; i++) {
        struct member *member;
        int r = registration_spawn(lab, names[i], &member);
        if (r < 0)
            return report_refused(lab, run, "%s: %s", error_name(r), words_for_error("fork()", -r));
        run->started = true;
    }
    for (size_t i = count; i-- > 0;)
        add_settings(lab, run->command, names[i]);
    return count ? RUN_AGAIN : RUN_DONE;
}

/* Only one command is under way, so every actor that is starting is its. */
enum progress verb_spawn(struct lab *lab, struct run *run)
{
    if (!run->started)
        return start_actors(lab, run);
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *member = lab->members[i];
        if (member->actor.state == ACTOR_STARTING)
            return RUN_AGAIN;
        if (member->start_error) {
            registration_failed(lab, run, member);
            return RUN_AGAIN;
        }
    }
    return RUN_DONE;
}

/* Whose child it is now decides who may ask. */
static enum progress refuse_reap(struct lab *lab, const struct run *run, const struct process *process)
{
    char parent[80];
    const char *name = run->command->args[0].text;
    const struct member *member = member_by_pid(lab, process->ppid);
    if (member)
        return report_refused(lab, run,
                              _("%s is a child of %s, which alone may wait for it: '%s: waitpid %s'"), name,
                              member->actor.name, member->actor.name, name);
    return report_refused(lab, run, _("%s is a child of %s, not of forklore"), name,
                          member_name_of(lab, process->ppid, parent, sizeof parent));
}

enum progress verb_reap(struct lab *lab, struct run *run)
{
    struct process_storage storage;
    struct process process;
    char call[64], words[96], ended[64];
    struct member *member = named(lab, run);
    if (!member)
        return RUN_DONE;
    pid_t pid = member->actor.id.pid;
    if (procfile_read(pid, &process, &storage) == 0 && process.ppid != getpid())
        return refuse_reap(lab, run, &process);
    int status;
    pid_t reaped = waitpid(pid, &status, WNOHANG);
    struct call_result result = { .call = call, .value = reaped, .error = reaped < 0 ? errno : 0 };
    snprintf(call, sizeof call, "waitpid(%d, &status, WNOHANG)", (int)pid);
    if (reaped == pid) {
        ending_asked(lab, member, status);
        snprintf(words, sizeof words, "%s: %s", member->actor.name,
                 wait_status_words(ended, sizeof ended, status));
        result.words = words;
    } else if (reaped == 0) {
        result.words = _("it has not ended");
    }
    report_call(lab, NULL, result);
    ending_look(lab, member);
    return RUN_DONE;
}

static void send_signal(struct lab *lab, const struct member *member, int number)
{
    char call[64];
    int r = control_signal(member->actor.id, number);
    bool zombie = member->actor.state == ACTOR_ENDED && r == 0;
    snprintf(call, sizeof call, "kill(%d, %s)", (int)member->actor.id.pid, signal_name(number));
    report_call(lab, NULL,
                (struct call_result){
                    .call = call,
                    .value = r < 0 ? -1 : 0,
                    .error = -r,
                    .words = zombie ? _("no effect: it has ended already, what is left is a zombie") : NULL,
                });
}

enum progress verb_signal(struct lab *lab, struct run *run)
{
    const struct member *member = named(lab, run);
    if (member)
        send_signal(lab, member, signal_number(run->command->args[1].text));
    return RUN_DONE;
}

enum progress verb_cont(struct lab *lab, struct run *run)
{
    const struct member *member = named(lab, run);
    if (member)
        send_signal(lab, member, SIGCONT);
    return RUN_DONE;
}

enum progress verb_renice(struct lab *lab, struct run *run)
{
    char call[96];
    const struct member *member = named(lab, run);
    if (!member)
        return RUN_DONE;
    long nice = arguments_number(&run->command->args[1]);
    int r = control_renice(member->actor.id, (int)nice);
    snprintf(call, sizeof call, "setpriority(PRIO_PROCESS, %d, %ld)", (int)member->actor.id.pid, nice);
    report_call(lab, NULL, (struct call_result){ .call = call, .value = r < 0 ? -1 : 0, .error = -r });
    return RUN_DONE;
}

/* What SIGURG cannot release. */
static bool is_out_of_reach(struct lab *lab, const struct run *run, const struct member *member)
{
    struct process_storage storage;
    struct process process;
    const char *name = member->actor.name;
    if (procfile_read(member->actor.id.pid, &process, &storage) < 0)
        return false;
    if (process.state == 'T')
        report_refused(lab, run, _("%s is stopped: 'cont %s' lets it go on"), name, name);
    else if (process.state == 't')
        report_refused(lab, run, _("%s is stopped by its tracer, which alone can let it go on: untrace"),
                       name);
    else if (process.state == 'D')
        report_refused(lab, run,
                       _("%s is in D until its child ends or execs: no signal but SIGKILL reaches it"), name);
    else if (process.state == 'Z')
        report_refused(lab, run, _("the first thread of %s has ended: nobody takes commands there"), name);
    else
        return false;
    return true;
}

static enum progress start_release(struct lab *lab, struct run *run)
{
    struct member *member = named(lab, run);
    if (!member)
        return RUN_DONE;
    if (member->actor.state != ACTOR_BUSY)
        return report_refused(lab, run, _("%s is in no call: there is nothing to interrupt"),
                              member->actor.name);
    if (is_out_of_reach(lab, run, member))
        return RUN_DONE;
    run->target = member->actor.id;
    run->sequence = member->order.sequence;
    run->started = true;
    send_signal(lab, member, SIGURG);
    run->next = clock_now() + RESEND_MS * NS_PER_MS;
    return RUN_AGAIN;
}

/* The signal may have come just before the actor entered the call, so it is sent again until the call is
 * over. */
enum progress verb_interrupt(struct lab *lab, struct run *run)
{
    if (!run->started)
        return start_release(lab, run);
    const struct member *member = member_by_id(lab, run->target);
    int64_t now = clock_now();
    if (!member || !member_is_living(member) || member->order.sequence != run->sequence)
        return RUN_DONE;
    if (now - run->since > RELEASE_MS * NS_PER_MS)
        return report_refused(lab, run, _("%s did not return from %s"), member->actor.name,
                              member->actor.blocked_in);
    if (now >= run->next) {
        control_signal(run->target, SIGURG);
        run->next = now + RESEND_MS * NS_PER_MS;
    }
    return RUN_AGAIN;
}

static void reap_own(struct lab *lab, struct member *member)
{
    char call[64];
    int status;
    pid_t pid = member->actor.id.pid;
    if (waitpid(pid, &status, WNOHANG) != pid)
        return;
    ending_asked(lab, member, status);
    snprintf(call, sizeof call, "waitpid(%d, &status, WNOHANG)", (int)pid);
    report_call(lab, NULL, (struct call_result){ .call = call, .value = pid });
    ending_look(lab, member);
}

/* First the actors, through their pidfds; then the warden looks for what else carries the mark; then forklore
 * asks how its own children ended, so that nothing is left of them. */
enum progress verb_kill_all(struct lab *lab, struct run *run)
{
    bool alive = false;
    if (!run->started) {
        for (size_t i = 0; i < lab->member_count; i++)
            if (member_is_living(lab->members[i]))
                send_signal(lab, lab->members[i], SIGKILL);
        guard_sweep(lab);
        run->started = true;
        return RUN_AGAIN;
    }
    for (size_t i = 0; i < lab->member_count; i++)
        alive |= member_is_living(lab->members[i]);
    if ((alive || lab->sweeping) && clock_now() - run->since < KILL_ALL_MS * NS_PER_MS)
        return RUN_AGAIN;
    for (size_t i = 0; i < lab->member_count; i++)
        if (lab->members[i]->spawned && lab->members[i]->actor.state == ACTOR_ENDED)
            reap_own(lab, lab->members[i]);
    return RUN_DONE;
}

enum progress verb_stopwatch(struct lab *lab, struct run *run)
{
    (void)run;
    lab->stopwatch = clock_now();
    return RUN_DONE;
}

enum progress verb_settle(struct lab *lab, struct run *run)
{
    (void)lab;
    bool over = clock_now() - run->since >= arguments_number(&run->command->args[0]) * NS_PER_MS;
    return over ? RUN_DONE : RUN_AGAIN;
}
