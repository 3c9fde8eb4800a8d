#include "lab/registration.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "lab/members.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "machine/control.h"
#include "machine/kernel.h"
#include "machine/procfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HELLO_NAME = 1, HELLO_CALL };

static int send_birth(const struct lab *lab, int socket, const char *name)
{
    struct channel_text text = { .length = 0 };
    channel_put(&text, "%s", name);
    channel_put(&text, "%llu", (unsigned long long)lab->mark);
    channel_put(&text, "%d", (int)getpid());
    channel_put(&text, "%llu", (unsigned long long)lab->files.rlim_cur);
    channel_put(&text, "%u", lab->limits.cpu_seconds);
    channel_put(&text, "%s", lab->directory);
    return channel_send(socket, text.bytes, text.length);
}

/* Starts the program on one end of a pair. The member is complete but for its place in the table. */
static int start_process(struct lab *lab, struct member *member, const int ends[2])
{
    const struct program_start start = {
        .folder = lab->folder,
        .name = "forklore-actor",
        .title = "",
        .control = ends[1],
        .lifeline = lab->lifeline_read,
        .terminal = -1,
        .group = lab->warden,
    };
    pid_t pid;
    int r = channel_prepare(ends[0], lab->features.has[FEATURE_PASSPIDFD]);
    if (r == 0)
        r = send_birth(lab, ends[0], member->actor.name);
    if (r == 0)
        r = program_start(&pid, &start);
    if (r < 0)
        return r;
    /* Our own child keeps its pid until we wait for it, so it cannot be another's. */
    r = procfile_identity(pid, &member->actor.id);
    if (r == 0)
        r = control_open(member->actor.id, &member->pidfd);
    if (r < 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    return r;
}

int registration_spawn(struct lab *lab, const char *name, struct member **ret)
{
    struct member member = {
        .actor.state = ACTOR_STARTING, .pidfd = -1, .spawned = true, .share = -1, .ppid = getpid()
    };
    int ends[2], r = channel_pair(ends);
    if (r < 0)
        return r;
    snprintf(member.actor.name, sizeof member.actor.name, "%s", name);
    member.control = ends[0];
    r = start_process(lab, &member, ends);
    close(ends[1]);
    if (r == 0 && (r = member_add(lab, &member, ret)) < 0) {
        kill(member.actor.id.pid, SIGKILL);
        waitpid(member.actor.id.pid, NULL, 0);
        close(member.pidfd);
    }
    if (r < 0)
        close(ends[0]);
    return r;
}

enum progress registration_failed(struct lab *lab, const struct run *run, struct member *member)
{
    int error = member->start_error;
    char name[sizeof member->actor.name];
    memcpy(name, member->actor.name, sizeof name);
    waitpid(member->actor.id.pid, NULL, 0);
    member_remove(lab, member);
    if (error > 0)
        return report_refused(lab, run, _("%s/forklore-actor could not be started: %s: %s"), lab->folder,
                              error_name(error), error_words(error));
    return report_refused(lab, run, _("%s ended before it was ready"), name);
}

/* Where a process was forked twice, it is not the child of the actor that it came from. */
static pid_t parent_now(const struct member *child)
{
    struct process_storage storage;
    struct process process;
    bool known = procfile_read(child->actor.id.pid, &process, &storage) == 0;
    return known ? process.ppid : child->actor.parent.pid;
}

/* The pid is the kernel's word, but a pid can be used again. With the sender's pidfd there is no doubt;
 * without it, the new socket must still have its other side after the pidfd was opened. */
static int identify(const struct channel_message *message, struct member *member)
{
    int r = procfile_identity(message->sender, &member->actor.id);
    if (r < 0)
        return r;
    if (message->pidfd >= 0) {
        member->pidfd = fcntl(message->pidfd, F_DUPFD_CLOEXEC, 0);
        if (member->pidfd < 0)
            return -errno;
        return syscall(SYS_pidfd_send_signal, member->pidfd, 0, NULL, 0) < 0 && errno == ESRCH ? -ESRCH : 0;
    }
    r = control_open(member->actor.id, &member->pidfd);
    struct pollfd peer = { .fd = message->socket, .events = POLLRDHUP };
    if (r == 0 && poll(&peer, 1, 0) > 0 && peer.revents & (POLLRDHUP | POLLHUP))
        r = -ESRCH;
    return r;
}

static int admit(struct lab *lab, const struct channel_message *message, struct member *child,
                 struct member **ret)
{
    if (message->socket < 0)
        return -EMFILE; /* the kernel could not hand it over */
    int r = identify(message, child);
    if (r == 0 && member_count_present(lab) >= lab->limits.actors)
        r = -EAGAIN;
    if (r == 0)
        r = channel_prepare(message->socket, lab->features.has[FEATURE_PASSPIDFD]);
    if (r == 0)
        r = member_add(lab, child, ret);
    if (r < 0 && child->pidfd >= 0) {
        control_signal(child->actor.id, SIGKILL);
        close(child->pidfd);
    }
    return r;
}

/* Whether the parent has told already that it forked this pid. */
static bool was_awaited(struct member *parent, pid_t pid)
{
    for (size_t i = 0; i < parent->awaited_count; i++) {
        if (parent->awaited[i] != pid)
            continue;
        parent->awaited[i] = parent->awaited[--parent->awaited_count];
        return true;
    }
    return false;
}

static void hello_forked(struct lab *lab, struct member *parent, struct channel_message *message,
                         char **fields)
{
    struct member like = { .actor.state = ACTOR_READY,
                           .actor.parent = parent->actor.id,
                           .pidfd = -1,
                           .share = -1 },
                  *child;
    snprintf(like.actor.name, sizeof like.actor.name, "%s", fields[HELLO_NAME]);
    snprintf(like.birth_call, sizeof like.birth_call, "%s", fields[HELLO_CALL]);
    like.control = message->socket;
    int r = admit(lab, message, &like, &child);
    bool told = was_awaited(parent, message->sender);
    parent->order.born++;
    if (r < 0) {
        report_refused(lab, NULL, _("%s, process %d, could not be registered and ends: %s: %s"),
                       like.actor.name, (int)message->sender, error_name(r), error_words(r));
        return;
    }
    message->socket = -1;
    things_copy(&child->things, &parent->things);
    child->ppid = parent_now(child);
    /* A parent in vfork() tells its side when it is released, not before. */
    if (told || parent->order.entered || parent->actor.state >= ACTOR_ENDED)
        messages_tell_birth(lab, child);
}

void registration_hello(struct lab *lab, struct member *member, struct channel_message *message,
                        char **fields)
{
    if (member->actor.state != ACTOR_STARTING) {
        hello_forked(lab, member, message, fields);
        return;
    }
    char words[64];
    member_set_state(member, ACTOR_READY);
    member->ordered = member->actor.since;
    snprintf(words, sizeof words, _("%s, a child of forklore"), member->actor.name);
    report_call(lab, NULL,
                (struct call_result){ .call = "fork()", .value = member->actor.id.pid, .words = words });
}
