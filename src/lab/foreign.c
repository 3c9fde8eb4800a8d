#include "lab/foreign.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "lab/messages.h"
#include "lab/reports.h"
#include "lab/source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_MAX_BYTES = 500, /* longer ones are told in pieces */
    TAB_WIDTH = 8,
    WINDOW_MS = 100,
    LINES_PER_WINDOW = 50,
    BYTES_PER_WINDOW = 1 << 16,
    LAST_BYTES = 1 << 18, /* of an ended program: children of it may write for ever */
};

struct stream {
    int fd; /* -1: closed */
    char line[LINE_MAX_BYTES + TAB_WIDTH + 1];
    size_t length;
};

struct foreign {
    int input; /* -1: closed */
    struct stream streams[FOREIGN_STREAMS];
    int64_t window;       /* clock_now() when it began: */
    unsigned lines;       /* told in it */
    size_t bytes;         /* read in it */
    unsigned long hidden; /* lines that were not told */
    bool paused;          /* nothing is read until the next window */
};

static const enum source_kind kinds[FOREIGN_STREAMS] = { SOURCE_OUTPUT, SOURCE_ERRORS };

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* The lab never waits at its end; the other one is as any program finds it. */
static int open_pipe(int *ret_ours, int *ret_theirs, bool we_write)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -errno;
    *ret_ours = ends[we_write];
    *ret_theirs = ends[!we_write];
    return fcntl(*ret_ours, F_SETFL, O_NONBLOCK) < 0 ? -errno : 0;
}

static int open_all(struct foreign *foreign, int theirs[3])
{
    int r = open_pipe(&foreign->input, &theirs[0], true);
    for (int i = 0; r == 0 && i < FOREIGN_STREAMS; i++)
        r = open_pipe(&foreign->streams[i].fd, &theirs[1 + i], false);
    return r;
}

int foreign_open(struct lab *lab, struct member *member, int ret_theirs[3])
{
    foreign_close(lab, member);
    struct foreign *foreign = xcalloc(1, sizeof *foreign);
    foreign->input = foreign->streams[0].fd = foreign->streams[1].fd = -1;
    for (int i = 0; i < 3; i++)
        ret_theirs[i] = -1;
    member->foreign = foreign;
    int r = open_all(foreign, ret_theirs);
    for (int i = 0; r == 0 && i < FOREIGN_STREAMS; i++)
        r = source_watch(lab, foreign->streams[i].fd, kinds[i], member);
    if (r == 0)
        return 0;
    for (int i = 0; i < 3; i++)
        close_end(&ret_theirs[i]);
    foreign_close(lab, member);
    return r;
}

void foreign_close(struct lab *lab, struct member *member)
{
    struct foreign *foreign = member->foreign;
    if (!foreign)
        return;
    close_end(&foreign->input);
    for (int i = 0; i < FOREIGN_STREAMS; i++) {
        source_forget(lab, foreign->streams[i].fd);
        close_end(&foreign->streams[i].fd);
    }
    free(foreign);
    member->foreign = NULL;
}

static void tell_line(struct lab *lab, struct member *member, enum foreign_stream index)
{
    struct foreign *foreign = member->foreign;
    struct stream *stream = &foreign->streams[index];
    stream->line[stream->length] = '\0';
    stream->length = 0;
    snprintf(member->printed, sizeof member->printed, "%.*s", (int)sizeof member->printed - 1, stream->line);
    if (foreign->lines == LINES_PER_WINDOW) {
        foreign->hidden++;
        return;
    }
    foreign->lines++;
    report_send(lab, member,
                (struct lab_report){ .kind = LAB_REPORT_OUTPUT,
                                     .text = stream->line,
                                     .words = index == FOREIGN_ERRORS ? _("standard error") : NULL });
}

static void tell_hidden(struct lab *lab, const struct member *member)
{
    char words[96];
    struct foreign *foreign = member->foreign;
    if (!foreign->hidden)
        return;
    snprintf(words, sizeof words, _("%lu lines are not shown: it prints too fast"), foreign->hidden);
    foreign->hidden = 0;
    report_send(lab, member,
                (struct lab_report){ .kind = LAB_REPORT_OUTPUT, .text = "[...]", .words = words });
}

static void take_byte(struct lab *lab, struct member *member, enum foreign_stream index, char byte)
{
    struct stream *stream = &member->foreign->streams[index];
    if (byte == '\n') {
        if (stream->length && stream->line[stream->length - 1] == '\r')
            stream->length--;
        tell_line(lab, member, index);
        return;
    }
    /* Not within a character of UTF-8. */
    if (stream->length >= LINE_MAX_BYTES && ((byte & 0xc0) != 0x80 || stream->length >= LINE_MAX_BYTES + 3))
        tell_line(lab, member, index);
    do
        stream->line[stream->length++] = byte == '\t' ? ' ' : byte;
    while (byte == '\t' && stream->length % TAB_WIDTH);
}

static void close_stream(struct lab *lab, struct member *member, enum foreign_stream index)
{
    struct stream *stream = &member->foreign->streams[index];
    if (stream->length)
        tell_line(lab, member, index);
    source_forget(lab, stream->fd);
    close_end(&stream->fd);
}

/* Bytes read; 0 when there are none now, or no more. */
static size_t read_some(struct lab *lab, struct member *member, enum foreign_stream index)
{
    char bytes[4096];
    struct stream *stream = &member->foreign->streams[index];
    if (stream->fd < 0)
        return 0;
    ssize_t length = read(stream->fd, bytes, sizeof bytes);
    for (ssize_t i = 0; i < length; i++)
        take_byte(lab, member, index, bytes[i]);
    if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR))
        close_stream(lab, member, index);
    return length > 0 ? (size_t)length : 0;
}

static bool window_is_over(const struct foreign *foreign)
{
    return clock_now() - foreign->window >= WINDOW_MS * NS_PER_MS;
}

static void begin_window(struct lab *lab, const struct member *member)
{
    struct foreign *foreign = member->foreign;
    tell_hidden(lab, member);
    foreign->window = clock_now();
    foreign->lines = 0;
    foreign->bytes = 0;
}

static void pause_reading(struct lab *lab, struct foreign *foreign)
{
    foreign->paused = true;
    for (int i = 0; i < FOREIGN_STREAMS; i++)
        source_forget(lab, foreign->streams[i].fd);
}

static void read_on(struct lab *lab, struct member *member)
{
    member->foreign->paused = false;
    for (int i = 0; i < FOREIGN_STREAMS; i++)
        source_watch(lab, member->foreign->streams[i].fd, kinds[i], member);
}

/* That it became another program is told first. Where it ended so soon that this cannot be seen, its end
 * brings all. */
void foreign_receive(struct lab *lab, struct member *member, enum foreign_stream stream)
{
    messages_drain(lab, member);
    struct foreign *foreign = member->foreign;
    if (!foreign || member->actor.state != ACTOR_FOREIGN)
        return;
    if (window_is_over(foreign))
        begin_window(lab, member);
    if (foreign->bytes >= BYTES_PER_WINDOW)
        pause_reading(lab, foreign);
    else
        foreign->bytes += read_some(lab, member, stream);
}

void foreign_finish(struct lab *lab, struct member *member)
{
    if (!member->foreign)
        return;
    begin_window(lab, member);
    for (enum foreign_stream i = 0; i < FOREIGN_STREAMS; i++) {
        size_t length, sum = 0;
        while (sum < LAST_BYTES && (length = read_some(lab, member, i)) > 0)
            sum += length;
        close_stream(lab, member, i);
    }
    tell_hidden(lab, member);
    foreign_close(lab, member);
}

void foreign_settle(struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++) {
        struct member *member = lab->members[i];
        struct foreign *foreign = member->foreign;
        if (!foreign || (!foreign->hidden && !foreign->paused) || !window_is_over(foreign))
            continue;
        begin_window(lab, member);
        if (foreign->paused)
            read_on(lab, member);
    }
}

bool foreign_pending(const struct lab *lab)
{
    for (size_t i = 0; i < lab->member_count; i++) {
        const struct foreign *foreign = lab->members[i]->foreign;
        if (foreign && (foreign->hidden || foreign->paused))
            return true;
    }
    return false;
}

/* A pipe has no MSG_NOSIGNAL: SIGPIPE is held back for the moment of the call, and taken away if it came. */
ssize_t foreign_write(const struct member *member, const void *bytes, size_t length, int *ret_fd)
{
    sigset_t broken, before, pending;
    const struct timespec now = { 0 };
    if (!member->foreign || member->foreign->input < 0)
        return -EBADF;
    *ret_fd = member->foreign->input;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    ssize_t written = write(*ret_fd, bytes, length);
    int error = errno;
    if (written < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
        sigtimedwait(&broken, NULL, &now);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return written < 0 ? -error : written;
}

int foreign_close_input(struct member *member)
{
    int fd = member->foreign ? member->foreign->input : -1;
    if (fd < 0)
        return -EBADF;
    close_end(&member->foreign->input);
    return fd;
}
