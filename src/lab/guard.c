#include "lab/guard.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "lab/channel.h"
#include "lab/directory.h"
#include "lab/reports.h"
#include "lab/source.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWER_MS = 5000, SWEEP_MS = 20000 };

static int send_orders(const struct lab *lab, int socket)
{
    const struct lab_terminal *terminal = &lab->terminal;
    const char *restore = terminal->restore ? terminal->restore : "";
    struct channel_text mark = { .length = 0 };
    channel_put(&mark, "%llu", (unsigned long long)lab->mark);
    int r = channel_send(socket, mark.bytes, mark.length);
    if (r == 0)
        r = terminal->modes ? channel_send(socket, terminal->modes, sizeof *terminal->modes)
                            : channel_send(socket, "", 1);
    if (r == 0)
        r = channel_send(socket, restore, strlen(restore) + 1);
    if (r == 0)
        r = channel_send(socket, lab->directory, strlen(lab->directory) + 1);
    return r;
}

/* Waits for one word. 0, or -errno when something else comes or nothing in time. */
static int await(int socket, enum protocol_word word, int timeout_ms)
{
    struct channel_message message;
    struct pollfd poll_fd = { .fd = socket, .events = POLLIN };
    int r;
    do
        r = poll(&poll_fd, 1, timeout_ms);
    while (r < 0 && errno == EINTR);
    if (r == 0)
        return -ETIMEDOUT;
    if (r < 0)
        return -errno;
    r = channel_receive(socket, &message);
    if (r <= 0)
        return r == 0 ? -EPIPE : r;
    if (message.bytes[0] == PROTOCOL_NO_EXEC && message.length > 2)
        return -atoi(message.bytes + 2);
    return message.bytes[0] == (char)word ? 0 : -EPROTO;
}

static int start_on(struct lab *lab, const int ends[2])
{
    const struct program_start start = {
        .folder = lab->folder,
        .name = "forklore-warden",
        .title = "forklore-warden",
        .control = ends[1],
        .lifeline = -1,
        .terminal = lab->terminal.fd,
    };
    pid_t pid;
    int r = send_orders(lab, ends[0]);
    if (r == 0)
        r = program_start(&pid, &start);
    if (r < 0)
        return r;
    setpgid(pid, pid); /* it does so itself too: whoever is first */
    r = await(ends[0], PROTOCOL_READY, ANSWER_MS);
    if (r == 0)
        r = source_watch(lab, ends[0], SOURCE_WARDEN, NULL);
    if (r < 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return r;
    }
    lab->warden = pid;
    lab->warden_socket = ends[0];
    return 0;
}

int guard_start(struct lab *lab)
{
    int ends[2], r = channel_pair(ends);
    if (r < 0)
        return r;
    r = start_on(lab, ends);
    close(ends[1]);
    if (r < 0)
        close(ends[0]);
    return r;
}

static void bury(struct lab *lab)
{
    source_forget(lab, lab->warden_socket);
    close(lab->warden_socket);
    lab->warden_socket = -1;
    lab->sweeping = false;
    kill(lab->warden, SIGKILL); /* our child, not waited for yet: the pid is its own */
    waitpid(lab->warden, NULL, 0);
}

void guard_receive(struct lab *lab)
{
    struct channel_message message;
    int r = channel_receive(lab->warden_socket, &message);
    if (r > 0 && message.bytes[0] == PROTOCOL_SWEPT)
        lab->sweeping = false;
    if (r != 0)
        return;
    bury(lab);
    r = guard_start(lab);
    if (r < 0)
        report_refused(lab, NULL, _("the warden was killed and could not be replaced: %s: %s"), error_name(r),
                       error_words(r));
}

/* SIGSTOP is the one signal but SIGKILL that it cannot ignore. */
static int tell(const struct lab *lab, enum protocol_word word)
{
    const char message[2] = { (char)word, '\0' };
    kill(lab->warden, SIGCONT);
    return channel_send(lab->warden_socket, message, sizeof message);
}

void guard_sweep(struct lab *lab)
{
    if (lab->warden_socket < 0 && guard_start(lab) < 0)
        return;
    lab->sweeping = tell(lab, PROTOCOL_SWEEP) == 0;
}

void guard_sweep_and_wait(struct lab *lab)
{
    guard_sweep(lab);
    if (!lab->sweeping || await(lab->warden_socket, PROTOCOL_SWEPT, SWEEP_MS) == 0)
        return;
    /* It was killed: once more with another. */
    bury(lab);
    guard_sweep(lab);
    if (lab->sweeping)
        await(lab->warden_socket, PROTOCOL_SWEPT, SWEEP_MS);
}

static void dismiss(struct lab *lab)
{
    tell(lab, PROTOCOL_GOODBYE);
    source_forget(lab, lab->warden_socket);
    close(lab->warden_socket);
    lab->warden_socket = -1;
    waitpid(lab->warden, NULL, 0);
}

void guard_dismiss(struct lab *lab)
{
    if (lab->warden_socket >= 0)
        dismiss(lab);
    /* It was killed and could not be replaced, or was killed just now: once more with another. */
    if (lab->directory && directory_exists(lab->directory) && guard_start(lab) == 0)
        dismiss(lab);
}
