/* Signals and nice values, for any process. On an actor they act at once: that is what actors are for. On
 * anybody else's process Forklore asks first and says what will happen. */
#include "app/live.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "machine/control.h"
#include "model/signal_words.h"
#include "model/stat_code.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

bool key_on_process(const struct live *live)
{
    const struct tree_row *row = live_selected(live);
    return row && row->kind == TREE_LIVE;
}

/* ---- reporting ---- */

/* Why a call failed, in more than errno's own words where those do not tell a student. */
static const char *reason(int error, bool renice)
{
    switch (-error) {
    case EACCES: return renice ? _("raising priority needs CAP_SYS_NICE or RLIMIT_NICE") : error_words(error);
    case EPERM: return _("not your process");
    case ESRCH: return _("it is gone; its PID may be another's by now, which was not touched");
    case ESTALE: return _("it ended while the call was made, which may have met its successor");
    default: return error_words(error);
    }
}

/* What a call has done that its 0 does not tell; "": nothing more. */
static void add_remark(char *words, size_t size, const struct process *process, bool renice)
{
    if (stat_has_ended(process))
        snprintf(words, size, "%s", _("it is a zombie: nothing changes"));
    else if (renice && process->threads > 1)
        snprintf(words, size, _("of its %d threads, the first alone has it"), process->threads);
}

static void report(struct live *live, const struct process *process, const char *call, int error, bool renice)
{
    char text[128], words[256] = "";
    snprintf(text, sizeof text, "%s = %d", call, error < 0 ? -1 : 0);
    if (error < 0)
        snprintf(words, sizeof words, _("%s: %s"), error_name(error), reason(error, renice));
    else
        add_remark(words, sizeof words, process, renice);
    struct event_log_line line = {
        .time = clock_now(),
        .text = text,
        .words = words[0] ? words : NULL,
        .style = error < 0 ? STYLE_ERROR : STYLE_PLAIN,
    };
    event_log_name(&line, process->comm, process->id.pid);
    event_log_add(&live->log, &line);
    if (error < 0)
        live_complain(live, "%s", words);
    else
        live_say(live, "%s%s%s", text, words[0] ? "  " : "", words);
    live_sample_soon(live);
}

/* ---- whom it is about: the tagged ones, or the target that was selected when the question was asked ---- */

static bool is_target(const struct live *live, const struct process *process)
{
    if (process_is_thread(process))
        return false;
    return live->target.pid ? process_id_equal(process->id, live->target)
                            : id_set_has(&live->view.tagged, process->id);
}

static size_t for_each_target(struct live *live,
                              void (*act)(struct live *live, const struct process *process))
{
    size_t count = 0;
    for (size_t i = 0; i < live->sample.count; i++) {
        const struct process *process = &live->sample.processes[i];
        if (!is_target(live, process))
            continue;
        count++;
        if (act)
            act(live, process);
    }
    return count;
}

/* Fixes whom the coming question is about. False: nobody. */
static bool aim(struct live *live)
{
    const struct tree_row *row = live_selected(live);
    live->target = (struct process_id){ 0 };
    if (live->view.tagged.count && for_each_target(live, NULL))
        return true;
    if (!row || row->kind == TREE_TOMBSTONE) {
        live_complain(live, _("this process is gone"));
        return false;
    }
    if (row->kind == TREE_THREAD) {
        live_complain(live, _("this is a thread: choose its process, %d"), row->process->tgid);
        return false;
    }
    live->target = row->process->id;
    return true;
}

/* Only actors are meant: no question is asked. */
static bool only_actors(const struct live *live)
{
    return live->target.pid && live->lab && lab_actor_by_id(live->lab, live->target);
}

static void name_targets(struct live *live, char *text, size_t size)
{
    const struct process *process = live->target.pid ? sample_find_id(&live->sample, live->target) : NULL;
    if (process)
        snprintf(text, size, "%d %s", process->id.pid, process->comm);
    else
        snprintf(text, size, _("%zu tagged processes"), for_each_target(live, NULL));
}

/* ---- asking ---- */

enum { NO, YES };

static void ask_first(struct live *live, const char *question, const char *consequence,
                      void (*answered)(struct live *live, long value))
{
    struct menu *menu = live_choose(live, question);
    char yes[320];
    snprintf(yes, sizeof yes, _("Yes: %s"), consequence);
    menu_add(menu, NO, _("No, leave it alone"), NULL, NULL);
    menu_add(menu, YES, yes, NULL, NULL);
    live->overlay.chosen = answered;
}

/* ---- signals ---- */

static void send_signal(struct live *live, const struct process *process)
{
    char call[64];
    int signal = (int)live->argument;
    snprintf(call, sizeof call, "kill(%d, %s)", process->id.pid, signal_name(signal));
    report(live, process, call, control_signal(process->id, signal), false);
}

static void signal_confirmed(struct live *live, long value)
{
    if (value == YES && for_each_target(live, send_signal) == 0)
        live_complain(live, _("this process is gone"));
}

static void predict(struct live *live, int signal, char *text, size_t size)
{
    const struct process *process = live->target.pid ? sample_find_id(&live->sample, live->target) : NULL;
    struct signal_sets sets;
    if (!process) {
        snprintf(text, size, "%s %s", signal_name(signal), signal_default_words(signal));
        return;
    }
    bool readable = procfile_signals(process->id.pid, &sets) == 0;
    signal_prediction(text, size, signal, process, readable ? &sets : NULL);
}

static void signal_targets(struct live *live, int signal)
{
    live->argument = signal;
    if (only_actors(live)) {
        signal_confirmed(live, YES);
        return;
    }
    char who[96], question[160], consequence[256];
    name_targets(live, who, sizeof who);
    predict(live, signal, consequence, sizeof consequence);
    snprintf(question, sizeof question, _("Send %s to %s?"), signal_name(signal), who);
    ask_first(live, question, consequence, signal_confirmed);
}

/* The menu may have stood open for long. */
static void signal_chosen(struct live *live, long value)
{
    if (for_each_target(live, NULL) == 0)
        live_complain(live, _("this process is gone"));
    else
        signal_targets(live, (int)value);
}

void key_signal(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!aim(live))
        return;
    char who[96], title[160];
    name_targets(live, who, sizeof who);
    snprintf(title, sizeof title, _("Send a signal to %s"), who);
    struct menu *menu = live_choose(live, title);
    for (int signal = 1; signal <= SIGRTMAX; signal++) {
        if (signal >= 32 && signal < SIGRTMIN)
            continue; /* the C library's own */
        char text[48];
        snprintf(text, sizeof text, "%2d %s", signal, signal_name(signal));
        menu_add(menu, signal, text, signal_default_words(signal), NULL);
        if (signal == SIGTERM)
            menu->cursor = menu->count - 1;
    }
    live->overlay.chosen = signal_chosen;
}

/* Several targets continue when all of them are stopped. */
static bool all_stopped(const struct live *live)
{
    for (size_t i = 0; i < live->sample.count; i++)
        if (is_target(live, &live->sample.processes[i]) && live->sample.processes[i].state != 'T')
            return false;
    return true;
}

void key_stop_continue(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (aim(live))
        signal_targets(live, all_stopped(live) ? SIGCONT : SIGSTOP);
}

/* ---- nice ---- */

/* The sample's nice value may be older than the key before this one, so it is asked for anew. */
static void renice(struct live *live, const struct process *process)
{
    char call[80];
    errno = 0;
    int nice = getpriority(PRIO_PROCESS, (id_t)process->id.pid);
    nice = (errno ? process->nice : nice) + (int)live->argument;
    nice = nice < -20 ? -20 : nice > 19 ? 19 : nice;
    snprintf(call, sizeof call, "setpriority(PRIO_PROCESS, %d, %d)", process->id.pid, nice);
    report(live, process, call, control_renice(process->id, nice), true);
}

static void renice_confirmed(struct live *live, long value)
{
    if (value == YES && for_each_target(live, renice) == 0)
        live_complain(live, _("this process is gone"));
}

static void renice_targets(struct live *live, int step)
{
    if (!aim(live))
        return;
    live->argument = step;
    if (only_actors(live)) {
        renice_confirmed(live, YES);
        return;
    }
    char who[96], question[160];
    name_targets(live, who, sizeof who);
    snprintf(question, sizeof question, _("Change the nice value of %s by %+d?"), who, step);
    ask_first(live, question,
              step > 0 ? _("it gets less of the CPU while others compete; only root can undo it")
                       : _("it gets more of the CPU while others compete"),
              renice_confirmed);
}

void key_nice_up(struct live *live, const struct keystroke *key)
{
    (void)key;
    renice_targets(live, 1);
}

void key_nice_down(struct live *live, const struct keystroke *key)
{
    (void)key;
    renice_targets(live, -1);
}

/* ---- the command line ---- */

/* What was kept of the past: who has the pid today is another matter. */
static void show_recorded_command_line(struct pager *pager, const struct process *process)
{
    const char *none =
        process->state == 'Z' ? _("none: a zombie, or a thread of the kernel") : _("not recorded");
    pager_add_wrapped(pager, process->cmdline && *process->cmdline ? process->cmdline : none);
}

/* Others must see of the lab's processes alone how they were called, and no names in it. */
static void add_redacted(struct live *live, struct pager *pager, const struct process *process,
                         const char *text)
{
    char *redacted = live_redact_text(live, text);
    pager_add_wrapped(pager, live->redact && !live_in_lab(live, process) ? _("hidden") : redacted);
    free(redacted);
}

void key_command_line(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct tree_row *row = live_selected(live);
    if (!row)
        return;
    char title[96], path[512], cmdline[4096] = "";
    snprintf(title, sizeof title, "%d %s", row->process->id.pid, row->process->comm);
    struct pager *pager = live_show(live, title);
    pager_add(pager, _("Command line"), true);
    if (live->rewind.past) {
        show_recorded_command_line(pager, row->process);
        return;
    }
    /* the sample has none of what came into sight since, nor the end of a long one */
    int r = procfile_cmdline(row->process->id, cmdline, sizeof cmdline);
    const char *none = r < 0 ? error_words(r) : _("none: a zombie, or a thread of the kernel");
    add_redacted(live, pager, row->process, *cmdline ? cmdline : none);
    pager_add(pager, "", false);
    pager_add(pager, _("Program"), true);
    r = procfile_exe(row->process->id.pid, path, sizeof path);
    add_redacted(live, pager, row->process, r == 0 ? path : error_words(r));
}
