#include "lab/orders.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/limits.h"
#include "lab/members.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "machine/procfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* So many looks in a row, a tick apart, must find an actor asleep before a command for it is refused: it may
 * be just about to wake up. */
enum { LOOKS_TO_BELIEVE = 5 };

enum { OVERDUE_MS = 1000 };

enum { NAME_STEM_MAX = 13 }; /* of 15: room for the number behind it */

/* The state letter as the kernel has it now, 0 when it is gone. */
static char state_letter(const struct member *member)
{
    struct process_storage storage;
    struct process process;
    return procfile_read_exactly(member->actor.id, &process, &storage) == 0 ? process.state : 0;
}

/* A tick has passed since the last look. */
static bool time_to_look(struct run *run)
{
    int64_t now = clock_now();
    if (now < run->next)
        return false;
    run->next = now + LAB_TICK_MS * NS_PER_MS;
    return true;
}

static const char *blocked_words(char letter)
{
    switch (letter) {
    case 'D': return _("D: no signal but SIGKILL reaches it, until its child ends or execs");
    case 'T': return _("T: stopped until SIGCONT");
    case 't': return _("t: stopped by its tracer");
    case 'Z': return _("Zl: the first thread has ended, others have not");
    default: return NULL;
    }
}

static void tell_blocked(struct lab *lab, struct member *member, const char *call, char letter)
{
    report_send(
        lab, member,
        (struct lab_report){ .kind = LAB_REPORT_BLOCKED, .text = call, .words = blocked_words(letter) });
    member->order.told = true;
}

/* Whether the kernel shows what the actor announced. A vfork is D; other waits are S, and D there is but a
 * moment on a disk; whatever it does, it may have been stopped. */
static bool shows_blocked(const struct member *member, char letter)
{
    const struct order *order = &member->order;
    if (letter == 'T' || letter == 't')
        return true;
    switch (order->manner) {
    case PROTOCOL_SLEEPS: return letter == (strcmp(member->actor.blocked_in, "vfork()") == 0 ? 'D' : 'S');
    case PROTOCOL_RUNS: return true;
    case PROTOCOL_LEAVES: return letter == 'Z';
    default: return false;
    }
}

/* A process about to look for what it waits for shows S for a moment, and for longer when it is preempted
 * just then. The kernel tells the call of a process only when it is off the CPU for good (/proc/PID/syscall),
 * and has the reader wait for that, so it is asked about what showed S twice; where that may not be read, S
 * must be seen again and again. */
static bool is_asleep(const struct lab *lab, struct run *run, const struct member *member)
{
    long number;
    unsigned long long first;
    if (++run->looks < 2)
        return false;
    if (lab->features.has[FEATURE_SYSCALL] && procfile_syscall(member->actor.id.pid, &number, &first) == 0)
        return number >= 0;
    return run->looks >= LOOKS_TO_BELIEVE;
}

/* A child that was forked and ended before it could register is not waited for. */
static void give_up_the_dead(struct member *member)
{
    for (size_t i = 0; i < member->awaited_count;) {
        struct process_storage storage;
        struct process process;
        if (procfile_read(member->awaited[i], &process, &storage) < 0 || process.state == 'Z')
            member->awaited[i] = member->awaited[--member->awaited_count];
        else
            i++;
    }
}

/* It was told to do something and has not begun, because it is stopped. */
static bool stopped_before(struct lab *lab, struct run *run, struct member *member, char letter)
{
    run->looks = letter == 'T' || letter == 't' ? run->looks + 1 : 0;
    if (run->looks < LOOKS_TO_BELIEVE)
        return false;
    if (!member->order.told)
        tell_blocked(lab, member, run->command->source, letter);
    return true;
}

static bool settled(struct lab *lab, struct run *run, struct member *member)
{
    struct order *order = &member->order;
    if (!member_is_living(member) || member->actor.state == ACTOR_FOREIGN)
        return true;
    if (member->awaited_count && time_to_look(run))
        give_up_the_dead(member);
    if (order->sequence != run->sequence)
        return member->awaited_count == 0;
    if (member->awaited_count || !time_to_look(run))
        return false;
    char letter = state_letter(member);
    if (!order->entered)
        return stopped_before(lab, run, member, letter);
    if (order->born < order->expected || !shows_blocked(member, letter))
        return false;
    if (letter == 'S' && !is_asleep(lab, run, member))
        return false;
    /* It may sleep because it has returned, said so, and waits for the next order: its word comes first. */
    messages_drain(lab, member);
    if (!order->entered || order->sequence != run->sequence)
        return false;
    if (!order->told)
        tell_blocked(lab, member, member->actor.blocked_in, letter);
    return true;
}

/* A busy actor may be about to be free, or be blocked for good: then the command is refused. A call that
 * returns by itself is waited for. */
static enum progress wait_until_free(struct lab *lab, struct run *run, const struct member *member)
{
    const struct order *order = &member->order;
    if (!time_to_look(run))
        return RUN_AGAIN;
    char letter = state_letter(member);
    bool stopped = letter == 'T' || letter == 't';
    /* What has not kept its promise, as an addition that waits for a lock, is taken for what never made one.
     */
    int64_t promised = order->entered_at + (order->limit_ms + OVERDUE_MS) * NS_PER_MS;
    bool endless = order->limit_ms == 0 || clock_now() > promised;
    bool waits = order->entered && endless && letter != 'R';
    bool runs = order->entered && order->limit_ms == 0 && order->manner == PROTOCOL_RUNS;
    run->looks = stopped || waits || runs ? run->looks + 1 : 0;
    if (run->looks < LOOKS_TO_BELIEVE)
        return RUN_AGAIN;
    const char *name = member->actor.name;
    if (stopped)
        return report_refused(lab, run, _("%s is stopped: 'cont %s' lets it go on"), name, name);
    if (letter == 'Z')
        return report_refused(lab, run, _("the first thread of %s has ended: nobody takes commands there"),
                              name);
    return report_refused(lab, run, _("%s is blocked in %s: 'interrupt %s' releases it"), name,
                          member->actor.blocked_in, name);
}

/* Finds the actor and sees that it can take an order. NULL: not now, *ret says whether to come back. */
static struct member *find_free(struct lab *lab, struct run *run, enum progress *ret)
{
    const char *name = run->command->actor.text;
    struct member *member = member_by_name(lab, name);
    *ret = RUN_DONE;
    if (!member) {
        report_refused(lab, run, _("there is no actor '%s'"), name);
        return NULL;
    }
    switch (member->actor.state) {
    case ACTOR_READY: return member;
    case ACTOR_FOREIGN:
        report_refused(lab, run, _("%s runs another program now: it takes signals, but no commands"), name);
        return NULL;
    case ACTOR_STARTING: *ret = RUN_AGAIN; return NULL;
    case ACTOR_BUSY: *ret = wait_until_free(lab, run, member); return NULL;
    default: report_refused(lab, run, _("%s has ended"), name); return NULL;
    }
}

/* The child that the command names, -1: any may be meant. */
static pid_t child_named(const struct lab *lab, const struct run *run)
{
    const struct member *child =
        run->command->arg_count ? member_by_name(lab, run->command->args[0].text) : NULL;
    return child ? child->actor.id.pid : -1;
}

/* `files`: the three standard files of another program; NULL: none. */
static enum progress send_order(struct lab *lab, struct run *run, struct member *member,
                                const struct channel_text *text, const int *files)
{
    int r = files ? channel_send_files(member->control, text->bytes, text->length, files, 3)
                  : channel_send(member->control, text->bytes, text->length);
    if (r == -EPIPE || r == -ECONNRESET)
        return RUN_AGAIN; /* it is just ending; its pidfd will tell */
    if (r < 0)
        return report_refused(lab, run, "%s: %s", error_name(r), error_words(r));
    member->order = (struct order){
        .sequence = run->sequence,
        .waits = run->row->waits,
        .awaits = child_named(lab, run),
        .spins = run->row->spins,
    };
    member->ordered = clock_now();
    member->actor.blocked_in[0] = '\0';
    member_set_state(member, ACTOR_BUSY);
    run->target = member->actor.id;
    run->started = true;
    run->looks = 0;
    run->next = 0;
    return RUN_AGAIN;
}

static void start_text(struct lab *lab, struct run *run, struct channel_text *text)
{
    *text = (struct channel_text){ .length = 0 };
    run->sequence = ++lab->sequence;
    channel_put(text, "%u", run->sequence);
    channel_put(text, "%s", run->row->verb);
}

static enum progress refuse_arguments(struct lab *lab, const struct run *run, int error, const char *word)
{
    if (error == -ENOENT)
        return report_refused(lab, run, _("there is no actor '%s'"), word);
    if (error == -ENXIO)
        return report_refused(lab, run, _("it has no thing of the name '%s'"), word);
    if (error == -EHOSTUNREACH)
        return report_refused(lab, run, _("no actor has the socket '%s': sockets reach only actors"), word);
    if (error == -EBADF)
        return report_refused(lab, run, _("'%s' is a thing of another kind: this command takes none such"),
                              word);
    if (error == -ERANGE)
        return report_refused(lab, run, _("there is no element '%s': those of an array are counted from [0]"),
                              word);
    if (error == -EDOM)
        return report_refused(lab, run, _("'%s' is no value of its type"), word);
    if (error == -ENOLCK)
        return report_refused(lab, run, _("%s: a variable of its own has no lock, shared memory has one"),
                              word);
    return report_refused(lab, run, _("the command is too long: it takes %d bytes at most"),
                          PROTOCOL_MESSAGE_MAX);
}

static enum progress watch(struct lab *lab, struct run *run)
{
    struct member *member = member_by_id(lab, run->target);
    return !member || settled(lab, run, member) ? RUN_DONE : RUN_AGAIN;
}

enum progress order_plain(struct lab *lab, struct run *run)
{
    return order_with_files(lab, run, NULL);
}

enum progress order_with_files(struct lab *lab, struct run *run, const int *files)
{
    enum progress progress;
    struct channel_text text;
    const char *word;
    if (run->started)
        return watch(lab, run);
    struct member *member = find_free(lab, run, &progress);
    if (!member)
        return progress;
    if (run->row->spins && !limits_allow_spinning(lab, run))
        return RUN_DONE;
    start_text(lab, run, &text);
    int r = arguments_encode(lab, member, run->row, run->command, &text, &word);
    if (r < 0)
        return refuse_arguments(lab, run, r, word);
    return send_order(lab, run, member, &text, files);
}

/* The given name, then name2, name3; without one the next free names. */
size_t order_names(struct lab *lab, const struct run *run, char names[][16])
{
    const struct script_word *given = arguments_find(run->row, run->command, ARGUMENT_NAME);
    unsigned count = (unsigned)arguments_option(run->command, "count", 1);
    if (member_count_present(lab) + count > lab->limits.actors) {
        report_refused(lab, run, _("there can be %u actors at a time, and there are %zu"), lab->limits.actors,
                       member_count_present(lab));
        return 0;
    }
    for (unsigned i = 0; i < count; i++) {
        if (!given)
            lab_next_name(lab, i, names[i]);
        else if (i == 0)
            snprintf(names[i], sizeof names[i], "%s", given->text);
        else
            snprintf(names[i], sizeof names[i], "%.*s%u", NAME_STEM_MAX, given->text, (i + 1) % 100);
        if (member_by_name(lab, names[i])) {
            report_refused(lab, run, _("there is an actor '%s' already"), names[i]);
            return 0;
        }
    }
    return count;
}

enum progress order_birth(struct lab *lab, struct run *run)
{
    enum progress progress;
    char names[NAMES_MAX][16];
    struct channel_text text;
    if (run->started)
        return watch(lab, run);
    struct member *member = find_free(lab, run, &progress);
    if (!member)
        return progress;
    size_t count = order_names(lab, run, names);
    if (count == 0)
        return RUN_DONE;
    start_text(lab, run, &text);
    for (size_t i = 0; i < count; i++)
        channel_put(&text, "%s", names[i]);
    progress = send_order(lab, run, member, &text, NULL);
    if (run->started)
        member->order.expected = count;
    return progress;
}
