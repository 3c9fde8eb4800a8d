#include "app/live.h"

#include "app/lessons.h"
#include "app/presenter.h"
#include "app/recorder.h"
#include "app/replay.h"
#include "app/shot.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void live_quit(struct live *live)
{
    sd_event_exit(live->loop, 0);
}

void live_redraw(struct live *live)
{
    live->dirty = true;
}

static void say(struct live *live, bool error, const char *format, va_list arguments)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    text_clean(live->message, sizeof live->message, text); /* cuts between characters */
    live->message_is_error = error;
    live_redraw(live);
}

void live_say(struct live *live, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(live, false, format, arguments);
    va_end(arguments);
}

void live_complain(struct live *live, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(live, true, format, arguments);
    va_end(arguments);
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info, void *data)
{
    (void)source;
    struct live *live = data;
    switch (info->ssi_signo) {
    case SIGTSTP:
        terminal_suspend(live->terminal);
        live_sample_soon(live);
        break;
    case SIGCONT:
        terminal_resume(live->terminal);
        live_sample_soon(live);
        break;
    case SIGWINCH:
        terminal_resize(live->terminal);
        live_rebuild(live);
        break;
    default: live_quit(live);
    }
    live_redraw(live);
    return 0;
}

static int on_input(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct live *live = data;
    struct keystroke key;
    while (terminal_read_key(live->terminal, &key))
        live_key(live, &key);
    if (terminal_gone(live->terminal))
        live_quit(live);
    return 0;
}

static int on_lab(sd_event_source *source, int fd, uint32_t events, void *data)
{
    (void)source, (void)fd, (void)events;
    struct live *live = data;
    lab_dispatch(live->lab);
    lessons_go_on(live);
    live_redraw(live);
    return 0;
}

/* Runs after whatever else the loop did in this round: one drawing for any number of changes. */
static int draw_when_dirty(sd_event_source *source, void *data)
{
    (void)source;
    struct live *live = data;
    if (live->options.shot)
        shot_go_on(live);
    if (live->dirty) {
        live->dirty = false;
        live_draw(live);
    }
    return 0;
}

static int start_signals(struct live *live)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH };
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        int r = sd_event_add_signal(live->loop, NULL, signals[i] | SD_EVENT_SIGNAL_PROCMASK, on_signal, live);
        if (r < 0)
            return r;
    }
    return 0;
}

/* Without a lab the tree still works. */
int live_begin_lab(struct live *live, bool may_exec)
{
    struct lab_options options = {
        .features = &live->features,
        .listener = { live_take_report, live },
        .may_exec = may_exec,
        .terminal = { .fd = live->options.shot ? -1 : STDOUT_FILENO,
                      .modes = terminal_modes_before(live->terminal),
                      .restore = terminal_restore_bytes(live->terminal) },
        .sandbox = live->options.sandbox,
    };
    live->lab_may_exec = may_exec;
    live->lab_error = lab_new(&live->lab, &options);
    if (live->lab_error < 0)
        return 0;
    return sd_event_add_io(live->loop, &live->lab_source, lab_fd(live->lab), EPOLLIN, on_lab, live);
}

void live_end_lab(struct live *live)
{
    live->lab_source = sd_event_source_disable_unref(live->lab_source);
    lab_free(live->lab);
    live->lab = NULL;
    live->wanted[0] = '\0';
}

static int start_connector(struct live *live)
{
    if (!live->features.has[FEATURE_CONNECTOR] || connector_open(&live->connector) < 0)
        return 0;
    return sd_event_add_io(live->loop, &live->connector_source, connector_fd(live->connector), EPOLLIN,
                           live_kernel_events_arrived, live);
}

/* The loop turns once, whether anything happens or not. */
static int first_turn(sd_event_source *source, void *data)
{
    (void)source;
    live_redraw(data);
    return 0;
}

/* Of a picture that is taken there is no terminal, and no key comes. */
static int start_input(struct live *live)
{
    return live->options.shot ? sd_event_add_defer(live->loop, NULL, first_turn, live)
                              : sd_event_add_io(live->loop, NULL, STDIN_FILENO, EPOLLIN, on_input, live);
}

/* Of a recording there is nothing to read, nothing to act on, and nothing that happens by itself. */
static int start_replay(struct live *live)
{
    int r = start_input(live);
    if (r >= 0 && !live->options.shot)
        r = sd_event_add_defer(live->loop, NULL, first_turn, live);
    if (r >= 0)
        r = sd_event_add_post(live->loop, NULL, draw_when_dirty, live);
    return r < 0 ? r : replay_start(live);
}

static int start_sources(struct live *live)
{
    if (live->replay)
        return start_replay(live);
    int r = reader_new(&live->reader, live->users);
    if (r >= 0)
        r = sd_event_add_io(live->loop, NULL, reader_fd(live->reader), EPOLLIN, live_sample_arrived, live);
    if (r >= 0)
        r = start_input(live);
    if (r >= 0)
        r = sd_event_add_post(live->loop, NULL, draw_when_dirty, live);
    if (r >= 0)
        r = start_connector(live);
    /* its warden also guards the terminal, so it is started at once; what is typed here is the user's own
     * word */
    if (r >= 0)
        r = live_begin_lab(live, true);
    if (r >= 0)
        r = live_sample_start(live);
    if (r >= 0)
        lessons_start(live);
    return r;
}

static int open_terminal(struct live *live)
{
    const char *no_color = getenv("NO_COLOR");
    struct terminal_options options = {
        .theme = theme_find(live->options.theme),
        .no_color = live->options.no_color || (no_color && *no_color),
        .ascii = live->options.ascii,
        .mouse = !live->options.no_mouse,
    };
    if (live->options.shot)
        return shot_open_terminal(live, &options);
    int r = terminal_open(&live->terminal, &options);
    if (r == -ENOTTY && live->lessons)
        fprintf(
            stderr,
            _("forklore: a lesson's screen needs a terminal; `forklore lesson --plain NAME` plays it line by "
              "line\n"));
    else if (r == -ENOTTY && live->replay)
        replay_miss_terminal();
    else if (r == -ENOTTY)
        fprintf(stderr,
                _("forklore: the live screen needs a terminal; `forklore tree` prints the tree once\n"));
    else if (r == -ENODEV)
        fprintf(stderr,
                _("forklore: TERM=%s is not a terminal that terminfo knows and that can move its cursor; "
                  "try TERM=xterm-256color, or `forklore tree`\n"),
                getenv("TERM") ? getenv("TERM") : "");
    return r;
}

static void stop(struct live *live)
{
    recorder_end(live);
    /* the actors go first: while they end, the screen still stands */
    lessons_stop(live);
    live_end_lab(live);
    terminal_close(live->terminal);
    reader_free(live->reader);
    connector_free(live->connector);
    live_close_overlay(live);
    tree_release(&live->tree);
    tree_view_release(&live->view);
    marks_free(live->marks);
    sample_release(&live->sample);
    sample_release(&live->sample_before);
    free(live->kernel_events);
    users_free(live->users);
    event_log_release(&live->log);
    replay_free(live->replay);
    rewind_release(&live->rewind);
    snapshot_release(&live->snapshot);
    redact_free(live->redact);
    presenter_free(live);
    prompt_history_release(&live->command_history);
    prompt_history_release(&live->search_history);
    prompt_history_release(&live->filter_history);
    id_set_release(&live->in_container);
    id_set_release(&live->not_in_container);
    lessons_free(live->lessons);
    sd_event_source_unref(live->connector_source);
    sd_event_source_unref(live->sample_timer);
    sd_event_unref(live->loop);
    free(live);
}

/* Chooses the columns; 2: a name is unknown. */
static int choose_columns(struct live *live)
{
    const char *unknown;
    const char *names = live->options.columns ? live->options.columns : column_default;
    if (column_parse(names, live->columns, &live->column_shown, &unknown) == 0)
        return 0;
    fprintf(stderr, _("forklore: unknown column: %.*s\n"), (int)strcspn(unknown, ","), unknown);
    return 2;
}

static int probe(struct live *live)
{
    const char *unknown;
    if (features_probe(&live->features, getenv("FORKLORE_WITHOUT"), &unknown) == 0)
        return 0;
    fprintf(stderr, _("forklore: FORKLORE_WITHOUT names an unknown feature: %.*s\n"),
            (int)strcspn(unknown, ","), unknown);
    return 2;
}

int live_run(const struct live_options *options)
{
    struct live *live = xcalloc(1, sizeof *live);
    live->options = *options;
    live->lessons = options->lessons;
    live->marks = marks_new(LIVE_KEEP_MARKS);
    live->users = users_new();
    live->lab_error = -ENOSYS;
    rewind_begin(&live->rewind, options->replay != NULL);
    computer_read(&live->computer);
    int status = choose_columns(live);
    if (status == 0)
        status = probe(live);
    /* A recording may be long in coming: until its first moment is there, signals end the program at once. */
    int opened = 0;
    if (status == 0 && options->replay)
        opened = replay_open(&live->replay, live, options->replay);
    if (opened < 0)
        status = opened == -ENOTTY ? 2 : 1;
    /* Signals are waited for by the loop from here on: none that comes while the screen opens is lost. */
    int r = sd_event_new(&live->loop);
    if (r >= 0)
        r = start_signals(live);
    if (status == 0 && r >= 0 && open_terminal(live) < 0)
        status = 2;
    if (status != 0) {
        stop(live);
        return status;
    }
    if (r >= 0) {
        live->panel = layout_wide(terminal_width(live->terminal)) ? PANEL_EXPLANATION : PANEL_NONE;
        r = start_sources(live);
    }
    if (r >= 0)
        r = sd_event_loop(live->loop);
    stop(live);
    if (r < 0)
        fprintf(stderr, "forklore: %s: %s\n", error_name(r), error_words(r));
    return r < 0 ? 1 : 0;
}
