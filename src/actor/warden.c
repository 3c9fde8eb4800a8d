/* forklore-warden: the small guard beside the lab. It leads the process group that actors live in, the stage,
 * and waits. When the lab is gone without a goodbye, it gives the terminal back as it was and kills what the
 * lifeline does not reach: programs that actors have exec'd may have started others that closed all
 * descriptors. Then it removes the directory they lived in, as it does after a goodbye too. */
#include "directory.h"
#include "family.h"

#include "lab/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

struct warden {
    char mark[32];
    bool has_modes;
    struct termios modes;
    char restore[512];
    size_t restore_length;
    struct directory directory;
};

/* Length of the next message, 0 when the lab is gone. */
static size_t receive(void *message, size_t size)
{
    ssize_t length;
    do
        length = recv(PROTOCOL_CONTROL_FD, message, size, 0);
    while (length < 0 && errno == EINTR);
    return length > 0 ? (size_t)length : 0;
}

static void answer(enum protocol_word word)
{
    const char message[2] = { (char)word, '\0' };
    send(PROTOCOL_CONTROL_FD, message, sizeof message, MSG_NOSIGNAL);
}

/* Empty messages cannot be told from the end of the lab: what there is none of comes as one NUL. */
static bool take_orders(struct warden *warden)
{
    char message[PROTOCOL_MESSAGE_MAX];
    size_t length = receive(message, sizeof message);
    if (length == 0 || length > sizeof warden->mark || message[length - 1])
        return false;
    memcpy(warden->mark, message, length);
    if ((length = receive(message, sizeof message)) == 0)
        return false;
    warden->has_modes = length == sizeof warden->modes;
    if (warden->has_modes)
        memcpy(&warden->modes, message, length);
    length = receive(message, sizeof message);
    if (length == 0 || length > sizeof warden->restore)
        return false;
    memcpy(warden->restore, message, length);
    warden->restore_length = strnlen(warden->restore, length);
    length = receive(message, sizeof message);
    return length > 0 && !message[length - 1] && directory_open(&warden->directory, message) == 0;
}

/* A new description of the terminal, so that O_NONBLOCK is ours alone: a terminal halted by Ctrl-S must not
 * hold the warden. SIGTTOU is ignored, so the background may write and set modes. False: the terminal is
 * another user's, as after su(1), and cannot be opened anew. */
static bool restore_terminal(const struct warden *warden)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", PROTOCOL_TERMINAL_FD);
    if (warden->has_modes)
        tcsetattr(PROTOCOL_TERMINAL_FD, TCSANOW, &warden->modes);
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return errno != EACCES;
    /* Whether or not the terminal took it, there is nobody left to tell. */
    ssize_t written = write(fd, warden->restore, warden->restore_length);
    (void)written;
    close(fd);
    return true;
}

/* On the description that is shared with the shell, where a write may wait: only when nothing is left to do. */
static void restore_shared_terminal(const struct warden *warden)
{
    ssize_t written = write(PROTOCOL_TERMINAL_FD, warden->restore, warden->restore_length);
    (void)written;
}

/* Queues have a name for a moment only; one of their makers may have been killed just then. */
static void remove_queue_name(const struct warden *warden)
{
    char name[sizeof warden->mark + sizeof PROTOCOL_QUEUE_NAME];
    snprintf(name, sizeof name, PROTOCOL_QUEUE_NAME "%s", warden->mark);
    mq_unlink(name);
}

static void ignore_signals(void)
{
    for (int signal = 1; signal <= SIGRTMAX; signal++)
        sigaction(signal, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
}

int main(void)
{
    struct warden warden = { .mark = "" };
    char word[2];
    ignore_signals();
    setpgid(0, 0);
    prctl(PR_SET_NAME, "forklore-warden");
    fcntl(PROTOCOL_CONTROL_FD, F_SETFD, FD_CLOEXEC);
    if (!take_orders(&warden))
        return EXIT_FAILURE;
    answer(PROTOCOL_READY);
    while (receive(word, sizeof word)) {
        if (word[0] == PROTOCOL_GOODBYE) {
            directory_remove(&warden.directory);
            remove_queue_name(&warden);
            return EXIT_SUCCESS;
        }
        if (word[0] == PROTOCOL_SWEEP) {
            family_kill(warden.mark);
            answer(PROTOCOL_SWEPT);
        }
    }
    bool restored = restore_terminal(&warden);
    family_kill(warden.mark);
    directory_remove(&warden.directory);
    remove_queue_name(&warden);
    if (!restored)
        restore_shared_terminal(&warden);
    return EXIT_SUCCESS;
}
