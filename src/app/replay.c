#include "app/replay.h"

#include "app/live.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

struct replay {
    int fd; /* -1: all is read */
    const char *path;
    bool is_file;
    struct recording_reader *reader;
    struct recording_error error; /* text "": nothing is wrong */
    size_t users;                 /* whose names have been taken over */
    bool follows;                 /* the newest moment is shown as soon as it comes */
    sd_event_source *source, *timer;
};

const struct recording_header *replay_header(const struct live *live)
{
    return live->replay ? recording_header(live->replay->reader) : NULL;
}

/* Keys then come from the terminal, which is put in the place of standard input. */
static int take_standard_input(void)
{
    int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return -ENOTTY;
    if (fd < 0 || dup2(terminal, STDIN_FILENO) < 0)
        return -errno;
    close(terminal);
    return fd;
}

static void take_users(struct live *live, struct replay *replay)
{
    uid_t uid;
    for (const char *name; (name = recording_user_at(replay->reader, replay->users, &uid)) != NULL;
         replay->users++)
        users_set(live->users, uid, name);
}

/* Reads a piece. Above 0: there may be more; 0: no more comes, or it is damaged: replay->error; or -errno. */
static ssize_t read_piece(struct live *live, struct replay *replay)
{
    char piece[PIECE];
    ssize_t length = read(replay->fd, piece, sizeof piece);
    if (length < 0)
        return errno == EINTR || errno == EAGAIN ? 1 : -errno;
    if (length == 0)
        return 0;
    int r = recording_feed(replay->reader, piece, (size_t)length, &replay->error);
    take_users(live, replay);
    return r < 0 ? 0 : length;
}

/* All of a file; of a pipe up to the first moment. */
static ssize_t read_first(struct live *live, struct replay *replay)
{
    ssize_t r = 1;
    while (r > 0 && (replay->is_file || history_count(live->rewind.history) == 0))
        r = read_piece(live, replay);
    return r;
}

void replay_miss_terminal(void)
{
    fprintf(stderr,
            _("forklore replay: this needs a terminal; `forklore shot --replay FILE` makes a picture\n"));
}

static int complain(struct replay *replay, int error)
{
    if (replay->error.text[0])
        fprintf(stderr, "forklore replay: %s:%zu: %s\n", replay->path, replay->error.line,
                replay->error.text);
    else if (error == -ENOTTY)
        replay_miss_terminal();
    else if (error)
        fprintf(stderr, "forklore replay: %s: %s\n", replay->path, error_words(error));
    else
        fprintf(stderr, _("forklore replay: %s: there is no whole moment in it\n"), replay->path);
    return error ? error : -EINVAL;
}

int replay_open(struct replay **ret, struct live *live, const char *path)
{
    struct replay *replay = xcalloc(1, sizeof *replay);
    struct stat status;
    bool standard = strcmp(path, "-") == 0;
    replay->path = path;
    replay->fd = standard ? take_standard_input() : open(path, O_RDONLY | O_CLOEXEC);
    int error = replay->fd >= 0 ? 0 : standard ? replay->fd : -errno;
    replay->reader = recording_reader_new(live->rewind.history);
    if (error == 0 && fstat(replay->fd, &status) == 0) {
        replay->is_file = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
        replay->follows = !replay->is_file;
        ssize_t r = read_first(live, replay);
        error = r < 0 ? (int)r : 0;
        if (r <= 0) {
            close(replay->fd);
            replay->fd = -1;
        }
    }
    *ret = replay;
    if (error || history_count(live->rewind.history) == 0)
        return complain(replay, error);
    live->computer = recording_header(replay->reader)->computer;
    return 0;
}

void replay_free(struct replay *replay)
{
    if (!replay)
        return;
    if (replay->fd >= 0)
        close(replay->fd);
    sd_event_source_unref(replay->source);
    sd_event_source_unref(replay->timer);
    recording_reader_free(replay->reader);
    free(replay);
}

static void show_newest(struct live *live)
{
    rewind_show(live, history_count(live->rewind.history) - 1);
}

static int on_piece(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct live *live = data;
    struct replay *replay = live->replay;
    size_t before = history_count(live->rewind.history);
    ssize_t r = read_piece(live, replay);
    if (replay->follows && history_count(live->rewind.history) > before)
        show_newest(live);
    if (r > 0)
        return 0;
    replay->source = sd_event_source_disable_unref(replay->source);
    close(replay->fd);
    replay->fd = -1;
    if (replay->error.text[0])
        live_complain(live, _("line %zu of the recording: %s"), replay->error.line, replay->error.text);
    else
        live_say(live, _("the recording ends here"));
    return 0;
}

/* The moment after the one shown is due when as much time has passed as did then. */
static void set_timer(struct live *live)
{
    const struct history *history = live->rewind.history;
    size_t at = history_find(history, live->rewind.time);
    if (at + 1 >= history_count(history)) {
        replay_turn(live);
        return;
    }
    int64_t span = history_moment(history, at + 1)->time - live->rewind.time;
    sd_event_source_set_time_relative(live->replay->timer, (uint64_t)(span / 1000));
    sd_event_source_set_enabled(live->replay->timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *data)
{
    (void)source, (void)usec;
    struct live *live = data;
    size_t next = history_find(live->rewind.history, live->rewind.time) + 1;
    if (next < history_count(live->rewind.history))
        rewind_show(live, next);
    set_timer(live);
    return 0;
}

int replay_start(struct live *live)
{
    struct replay *replay = live->replay;
    int r = sd_event_add_time_relative(live->loop, &replay->timer, CLOCK_MONOTONIC, 0, 1000, on_timer, live);
    if (r >= 0)
        r = sd_event_source_set_enabled(replay->timer, SD_EVENT_OFF);
    if (r >= 0 && replay->fd >= 0)
        r = sd_event_add_io(live->loop, &replay->source, replay->fd, EPOLLIN, on_piece, live);
    if (r < 0)
        return r;
    if (replay->follows)
        show_newest(live);
    else
        rewind_show(live, 0);
    if (replay->error.text[0])
        live_complain(live, _("line %zu of the recording: %s"), replay->error.line, replay->error.text);
    return 0;
}

bool replay_is_playing(const struct live *live)
{
    int enabled = SD_EVENT_OFF;
    if (!live->replay)
        return false;
    sd_event_source_get_enabled(live->replay->timer, &enabled);
    return enabled != SD_EVENT_OFF || (live->replay->follows && live->replay->fd >= 0);
}

void replay_stand_still(struct live *live)
{
    if (!live->replay)
        return;
    sd_event_source_set_enabled(live->replay->timer, SD_EVENT_OFF);
    live->replay->follows = false;
}

void replay_follow(struct live *live)
{
    replay_stand_still(live);
    live->replay->follows = live->replay->fd >= 0;
    show_newest(live);
}

void replay_turn(struct live *live)
{
    struct replay *replay = live->replay;
    size_t newest = history_count(live->rewind.history) - 1;
    if (replay_is_playing(live)) {
        replay_stand_still(live);
    } else if (replay->fd >= 0 && history_find(live->rewind.history, live->rewind.time) == newest) {
        replay->follows = true;
    } else if (history_find(live->rewind.history, live->rewind.time) == newest) {
        live_say(live, _("this is the newest moment; '(' goes back, :at goes to a time"));
    } else {
        set_timer(live);
    }
    live_redraw(live);
}
