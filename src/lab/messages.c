#include "lab/messages.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/channel.h"
#include "lab/ending.h"
#include "lab/foreign.h"
#include "lab/members.h"
#include "lab/registration.h"
#include "lab/reports.h"
#include "lab/sockets.h"
#include "machine/procfile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    FIELD_KIND,
    FIELD_SEQUENCE,
    FIELD_VALUE,
    FIELD_ERROR,
    FIELD_CALL,
    FIELD_STATUS,
    FIELD_PEER,
    FIELD_COUNT
};
enum { ENTER_CALL = 2, ENTER_MANNER, ENTER_LIMIT };
enum { SAYS_TEXT = 2, SAYS_WORDS };
enum { THING_NAME = 1, THING_KIND, THING_NUMBER, THING_ELEMENTS };

void messages_tell_birth(struct lab *lab, struct member *child)
{
    if (!child->birth_call[0])
        return;
    report_call(lab, child, (struct call_result){ .call = child->birth_call });
    child->birth_call[0] = '\0';
    child->called = true;
    child->last_value = child->last_error = 0;
}

/* The child between two forks speaks over its parent's socket, and ends before anybody could give it orders.
 */
static bool is_between(const struct member *member, pid_t sender)
{
    return sender > 0 && sender != member->actor.id.pid;
}

static const char *words_for_between(pid_t sender, char *words, size_t size)
{
    snprintf(words, size, _("in %d, the child between the two forks"), (int)sender);
    return words;
}

/* An actor is about to enter a call. Whether it really waits there is for the kernel to say
 * (order_settled()); but a call that ends it is told now, for it will not be there to tell. */
static void take_enter(struct lab *lab, struct member *member, char **fields, pid_t sender)
{
    struct order *order = &member->order;
    char words[96];
    if (is_between(member, sender)) {
        report_send(lab, member,
                    (struct lab_report){ .kind = LAB_REPORT_CALL,
                                         .text = fields[ENTER_CALL],
                                         .words = words_for_between(sender, words, sizeof words) });
        return;
    }
    order->entered = true;
    order->told = false;
    order->manner = (enum protocol_manner)fields[ENTER_MANNER][0];
    order->limit_ms = strtol(fields[ENTER_LIMIT], NULL, 10);
    order->entered_at = clock_now();
    snprintf(member->actor.blocked_in, sizeof member->actor.blocked_in, "%s", fields[ENTER_CALL]);
    member->actor.entered = clock_now();
    if (order->manner == PROTOCOL_ENDS) {
        report_send(lab, member, (struct lab_report){ .kind = LAB_REPORT_CALL, .text = fields[ENTER_CALL] });
        order->told = true;
    }
}

/* The child of this parent that had the pid. That it was waited for may be known from its pidfd already, but
 * not by whom. */
static struct member *child_of_pid(const struct lab *lab, const struct member *parent, pid_t pid)
{
    struct member *child = member_by_pid(lab, pid);
    for (size_t i = lab->member_count; !child && i-- > 0;) {
        struct member *gone = lab->members[i];
        if (gone->actor.id.pid == pid && gone->ppid == parent->actor.id.pid && !gone->asked)
            child = gone;
    }
    return child;
}

/* The actor's own word that one of its children has ended comes with the kernel's: whichever is first. */
static const char *take_status(struct lab *lab, const struct member *parent, pid_t pid, int status,
                               char *words, size_t size)
{
    struct member *child = child_of_pid(lab, parent, pid);
    char number[16], text[64];
    bool ended = WIFEXITED(status) || WIFSIGNALED(status);
    if (child && ended)
        ending_asked(lab, child, status);
    else if (!child && ended)
        ending_orphaned(lab, pid);
    snprintf(number, sizeof number, "%d", (int)pid);
    snprintf(words, size, "%s: %s", child ? child->actor.name : number,
             wait_status_words(text, sizeof text, status));
    return words;
}

/* What the lab knows of a call that the actor's own report cannot say. NULL: nothing. */
static const char *words_for_result(struct lab *lab, const struct member *member, char **fields, char *words,
                                    size_t size)
{
    long value = strtol(fields[FIELD_VALUE], NULL, 10), type, port;
    if (sscanf(fields[FIELD_PEER], "%ld %ld", &type, &port) == 2)
        return sockets_words(lab, type, port, words, size);
    if (value == 0 && !atoi(fields[FIELD_ERROR]) && strncmp(fields[FIELD_CALL], "read(", 5) == 0)
        return _("end of file");
    if (value > 0 && fields[FIELD_STATUS][0])
        return take_status(lab, member, (pid_t)value, atoi(fields[FIELD_STATUS]), words, size);
    if (value == 0 && strstr(fields[FIELD_CALL], "WNOHANG | WUNTRACED"))
        return _("it has children, and none has ended or stopped");
    if (value == 0 && strstr(fields[FIELD_CALL], "WNOHANG"))
        return _("it has children, and none has ended yet");
    return NULL;
}

/* The child that a call of wait's family brought is gone now. */
static void look_at_child(struct lab *lab, char **fields)
{
    struct member *child =
        fields[FIELD_STATUS][0] ? member_by_pid(lab, (pid_t)atol(fields[FIELD_VALUE])) : NULL;
    if (child)
        ending_look(lab, child);
}

static void take_call(struct lab *lab, struct member *member, char **fields, pid_t sender)
{
    char words[256];
    bool between = is_between(member, sender);
    const char *explained = between ? words_for_between(sender, words, sizeof words)
                                    : words_for_result(lab, member, fields, words, sizeof words);
    if (!between) {
        member->order.entered = false;
        member->actor.blocked_in[0] = '\0';
    }
    struct call_result result = {
        .call = fields[FIELD_CALL],
        .value = strtol(fields[FIELD_VALUE], NULL, 0),
        .address = strncmp(fields[FIELD_VALUE], "0x", 2) == 0,
        .error = atoi(fields[FIELD_ERROR]),
        .words = explained,
    };
    if (!between) {
        member->called = true;
        member->last_value = result.value;
        member->last_error = result.error;
    }
    report_call(lab, member, result);
    look_at_child(lab, fields);
}

/* A handler did it, perhaps in the middle of a call that goes on. */
static void take_aside(struct lab *lab, struct member *member, char **fields)
{
    char words[256];
    struct call_result result = {
        .call = fields[FIELD_CALL],
        .value = strtol(fields[FIELD_VALUE], NULL, 10),
        .error = atoi(fields[FIELD_ERROR]),
        .words = words_for_result(lab, member, fields, words, sizeof words),
    };
    report_call(lab, member, result);
    look_at_child(lab, fields);
}

/* The parent's side of a birth is told before the child's: "fork() = 4313", then "fork() = 0". */
static void take_birth(struct lab *lab, struct member *member, char **fields, pid_t sender)
{
    pid_t pid = (pid_t)atol(fields[FIELD_VALUE]);
    struct member *child = member_by_pid(lab, pid);
    take_call(lab, member, fields, sender);
    if (child && process_id_equal(child->actor.parent, member->actor.id))
        messages_tell_birth(lab, child);
    else if (member->awaited_count < LAB_ACTORS_MAX)
        member->awaited[member->awaited_count++] = pid;
}

static void take_done(struct lab *lab, struct member *member)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (process_id_equal(lab->members[i]->actor.parent, member->actor.id))
            messages_tell_birth(lab, lab->members[i]);
    member->order = (struct order){ 0 };
    member->actor.blocked_in[0] = '\0';
    foreign_close(lab, member); /* of an exec that failed */
    if (member->actor.state == ACTOR_BUSY)
        member_set_state(member, ACTOR_READY);
}

/* What an actor does to its own memory is no call; that it did so is its own word. */
static void take_says(struct lab *lab, struct member *member, char **fields)
{
    report_send(lab, member,
                (struct lab_report){ .kind = LAB_REPORT_CALL,
                                     .text = fields[SAYS_TEXT],
                                     .words = *fields[SAYS_WORDS] ? _(fields[SAYS_WORDS]) : NULL });
}

static void take_thing(struct member *member, char **fields)
{
    struct thing thing = {
        .kind = (enum protocol_thing)fields[THING_KIND][0],
        .number = (long)strtoul(fields[THING_NUMBER], NULL, 10),
        .count = strtol(fields[THING_ELEMENTS], NULL, 10),
    };
    if (!thing_is_name(fields[THING_NAME]))
        return;
    snprintf(thing.name, sizeof thing.name, "%s", fields[THING_NAME]);
    things_take(&member->things, &thing);
}

static void take_signalled(struct lab *lab, struct member *member, char **fields)
{
    char text[48];
    snprintf(text, sizeof text, "handler(%s)", fields[1]);
    report_send(lab, member,
                (struct lab_report){
                    .kind = LAB_REPORT_CALL, .text = text, .words = _("its handler runs for the signal") });
}

/* A handler may run in a child that has not registered yet, and speaks over its parent's socket. */
static struct member *speaker(const struct lab *lab, struct member *member, pid_t sender)
{
    struct member *child = is_between(member, sender) ? member_by_pid(lab, sender) : NULL;
    return child ? child : member;
}

static void take_message(struct lab *lab, struct member *member, struct channel_message *message)
{
    char *fields[FIELD_COUNT];
    protocol_split(message->bytes, message->length, fields, FIELD_COUNT);
    if (fields[FIELD_KIND][0] == PROTOCOL_HELLO) {
        registration_hello(lab, member, message, fields);
    } else if (fields[FIELD_KIND][0] == PROTOCOL_NO_EXEC) {
        member->start_error = atoi(fields[1]);
    } else if (fields[FIELD_KIND][0] == PROTOCOL_THING) {
        take_thing(member, fields);
    } else if (fields[FIELD_KIND][0] == PROTOCOL_SIGNALLED) {
        take_signalled(lab, speaker(lab, member, message->sender), fields);
    } else if (fields[FIELD_KIND][0] == PROTOCOL_ASIDE) {
        take_aside(lab, speaker(lab, member, message->sender), fields);
    } else if (strtoul(fields[FIELD_SEQUENCE], NULL, 10) == member->order.sequence) {
        switch (fields[FIELD_KIND][0]) {
        case PROTOCOL_ENTER: take_enter(lab, member, fields, message->sender); break;
        case PROTOCOL_CALL: take_call(lab, member, fields, message->sender); break;
        case PROTOCOL_BIRTH: take_birth(lab, member, fields, message->sender); break;
        case PROTOCOL_SAYS: take_says(lab, member, fields); break;
        case PROTOCOL_DONE: take_done(lab, member); break;
        }
    }
}

static void become_foreign(struct lab *lab, struct member *member)
{
    char words[128], name[64];
    struct process_storage storage;
    struct process process;
    bool known = procfile_read(member->actor.id.pid, &process, &storage) == 0;
    snprintf(words, sizeof words, _("it does not return: process %d runs %s now"), (int)member->actor.id.pid,
             known ? text_clean(name, sizeof name, process.comm) : "?");
    report_send(
        lab, member,
        (struct lab_report){ .kind = LAB_REPORT_CALL, .text = member->actor.blocked_in, .words = words });
    member->order = (struct order){ 0 };
    member->actor.blocked_in[0] = '\0';
    things_release(&member->things); /* its memory is another now, and its descriptors were close-on-exec */
    member_set_state(member, ACTOR_FOREIGN);
}

/* The socket closes at a successful exec, and when a process ends, shortly before its pidfd tells. An ending
 * process has given up its program; what has exec'd has one, though perhaps one that may not be looked at. */
static void take_end(struct lab *lab, struct member *member)
{
    char path[16];
    bool execs = member->order.entered && member->order.manner == PROTOCOL_EXECS;
    member_close_control(lab, member);
    if (!execs)
        return;
    int r = procfile_exe(member->actor.id.pid, path, sizeof path);
    if (r == 0 || r == -EACCES)
        become_foreign(lab, member);
}

static void close_leftovers(struct channel_message *message)
{
    if (message->socket >= 0)
        close(message->socket);
    if (message->pidfd >= 0)
        close(message->pidfd);
}

/* Whether there may be more. */
static bool receive_one(struct lab *lab, struct member *member)
{
    struct channel_message message;
    int r = channel_receive(member->control, &message);
    if (r == 0 || (r < 0 && r != -EAGAIN && r != -EINTR)) {
        take_end(lab, member);
        return false;
    }
    if (r < 0)
        return false;
    take_message(lab, member, &message);
    close_leftovers(&message);
    return true;
}

void messages_receive(struct lab *lab, struct member *member)
{
    if (member->control >= 0)
        receive_one(lab, member);
}

void messages_drain(struct lab *lab, struct member *member)
{
    while (member->control >= 0 && receive_one(lab, member))
        ;
}

void messages_drain_all(struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++)
        messages_drain(lab, lab->members[i]);
}
