#include "app/lesson_player.h"

#include "app/lesson_needs.h"
#include "app/signal_watch.h"
#include "base/clock.h"

#include <errno.h>
#include <poll.h>

static void take_report(void *data, const struct lab_report *report)
{
    struct lesson_player *player = data;
    if (player->told)
        player->told(player->data, report);
    play_report(player->play, report);
}

static struct lab *fresh_lab(void *data)
{
    struct lesson_player *player = data;
    struct lab_options options = {
        .features = player->features,
        .listener = { take_report, player },
        .terminal = { .fd = -1 },
        .may_exec = player->may_exec,
        .sandbox = player->sandbox,
    };
    lab_free(player->lab);
    player->lab = NULL;
    player->lab_error = lab_new(&player->lab, &options);
    return player->lab_error < 0 ? NULL : player->lab;
}

static bool need_met(void *data, const char *need, char *ret_reason, size_t size)
{
    const struct lesson_player *player = data;
    return lesson_needs_met(player->needs, need, ret_reason, size);
}

int lesson_player_begin(struct lesson_player *player)
{
    struct play_host host = { fresh_lab, need_met, player };
    player->lab = NULL;
    player->play = NULL;
    int r = play_new(&player->play, player->lesson, &host);
    if (r == 0 && player->lab_error < 0) {
        lesson_player_end(player);
        r = player->lab_error;
    }
    return r;
}

void lesson_player_end(struct lesson_player *player)
{
    play_free(player->play);
    lab_free(player->lab);
    player->play = NULL;
    player->lab = NULL;
}

/* Milliseconds, for poll(2). */
static int time_left(int64_t deadline)
{
    int64_t left = deadline - clock_now();
    return !deadline ? -1 : left <= 0 ? 0 : (int)(left / NS_PER_MS) + 1;
}

enum player_event lesson_player_wait(struct lesson_player *player, int input, int64_t deadline,
                                     int *ret_signal)
{
    for (;;) {
        struct pollfd ready[] = { { .fd = player->lab ? lab_fd(player->lab) : -1, .events = POLLIN },
                                  { .fd = player->signals, .events = POLLIN },
                                  { .fd = input, .events = POLLIN } };
        if (play_go_on(player->play))
            return PLAYER_CHANGED;
        if (poll(ready, 3, time_left(deadline)) < 0 && errno != EINTR)
            return PLAYER_LATE;
        if ((*ret_signal = signal_watch_read(player->signals)))
            return PLAYER_SIGNALLED;
        if (player->lab)
            lab_dispatch(player->lab);
        if (play_go_on(player->play))
            return PLAYER_CHANGED;
        if (ready[2].revents)
            return PLAYER_INPUT;
        if (deadline && clock_now() >= deadline)
            return PLAYER_LATE;
    }
}
