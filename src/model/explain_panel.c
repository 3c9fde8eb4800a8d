#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/explain_words.h"
#include "model/paragraph.h"
#include "model/stat_code.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 1024, LABEL_WIDTH = 11, NARROWEST = 8 };

struct panel {
    const struct explain_facts *facts;
    int width;
    void (*line)(void *data, const char *text, bool heading);
    void *data;
};

/* Puts `label` before the first line of the text and as many blanks before the others. */
static void put(const struct panel *panel, const char *label, int indent, const char *text, bool heading)
{
    char line[TEXT_SIZE];
    int room = panel->width - indent < NARROWEST ? NARROWEST : panel->width - indent;
    size_t taken, length;
    while ((taken = paragraph_next(text, room, &length)) > 0) {
        int blanks = indent - text_width(label);
        snprintf(line, sizeof line, "%s%*s%.*s", label, blanks > 0 ? blanks : 0, "", (int)length, text);
        panel->line(panel->data, line, heading);
        label = "";
        text += taken;
    }
}

static void put_text(const struct panel *panel, const char *text)
{
    put(panel, "", 0, text, false);
}

static void put_heading(const struct panel *panel, const char *text)
{
    panel->line(panel->data, "", false);
    put(panel, "", 0, text, true);
}

static void put_fact(const struct panel *panel, const char *label, const char *text)
{
    int width = text_width(label) + 1;
    put(panel, label, width > LABEL_WIDTH ? width : LABEL_WIDTH, text, false);
}

static void put_item(const struct panel *panel, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void put_item(const struct panel *panel, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(panel, "  ", 2, text, false);
}

static bool is_wait(const char *call)
{
    return strcmp(call, "wait4") == 0 || strcmp(call, "waitid") == 0;
}

static void put_parent(const struct panel *panel)
{
    const struct explain_facts *facts = panel->facts;
    const struct process *parent = facts->parent;
    char text[TEXT_SIZE], name[EVENT_COMM_SIZE];
    explain_name(name, parent);
    if (!facts->process->ppid)
        snprintf(text, sizeof text, "%s", _("none, or one that is not visible from here"));
    else if (!parent)
        snprintf(text, sizeof text, "%d ?", facts->process->ppid);
    else if (!facts->parent_blocked_in)
        snprintf(text, sizeof text, _("%d %s, %s"), parent->id.pid, name, stat_brief(parent->state));
    else if (stat_has_ended(facts->process) && !is_wait(facts->parent_blocked_in))
        snprintf(text, sizeof text, _("%d %s, blocked in %s(), not in wait()"), parent->id.pid, name,
                 facts->parent_blocked_in);
    else
        snprintf(text, sizeof text, _("%d %s, blocked in %s()"), parent->id.pid, name,
                 facts->parent_blocked_in);
    put_fact(panel, _("Parent"), text);
    const struct event *adopted = facts->mark ? &facts->mark->adopted : NULL;
    if (adopted && adopted->kind == EVENT_ADOPTED) {
        snprintf(text, sizeof text, _("was a child of %d %s"), adopted->parent_before,
                 *adopted->parent_comm_before ? adopted->parent_comm_before : "?");
        put_fact(panel, _("Adopted"), text);
    }
}

static bool holds(unsigned long long set, int signal)
{
    return set >> (signal - 1) & 1;
}

/* What the parent does with the signal that tells of its children's ends. */
static void put_sigchld(const struct panel *panel)
{
    const struct signal_sets *signals = panel->facts->parent_signals;
    char text[TEXT_SIZE], name[EVENT_COMM_SIZE];
    explain_name(name, panel->facts->parent);
    if (!signals)
        snprintf(text, sizeof text, "?");
    else if (holds(signals->ignored, SIGCHLD))
        snprintf(text, sizeof text, _("%s ignores it; done before the end, that would have left no zombie"),
                 name);
    else if (holds(signals->caught, SIGCHLD))
        snprintf(text, sizeof text, _("%s catches it"), name);
    else
        snprintf(text, sizeof text, _("%s does not catch or ignore it"), name);
    put_fact(panel, "SIGCHLD", text);
}

static void put_zombie(const struct panel *panel)
{
    const struct explain_facts *facts = panel->facts;
    char text[TEXT_SIZE], status[64], span[64], name[EVENT_COMM_SIZE];
    const char *since = explain_since(span, sizeof span, facts),
               *end = explain_end(status, sizeof status, facts);
    if (since)
        snprintf(text, sizeof text, _("A ZOMBIE for %s."), since);
    put(panel, "", 0, since ? text : _("A ZOMBIE."), true);
    snprintf(text, sizeof text,
             _("It ended by %s. All that is left is its entry in the process table, kept for its parent."),
             end ? end : "?");
    put_text(panel, text);
    panel->line(panel->data, "", false);
    put_parent(panel);
    put_sigchld(panel);
    put_fact(panel, _("Keeps"), _("pid, exit status, times"));
    put_fact(panel, _("Gone"), _("memory, files, command line"));
    explain_name(name, facts->parent);
    put_heading(panel, _("What removes it"));
    put_item(panel, _("%s calls waitpid(%d)"), name, facts->process->id.pid);
    put_item(panel, _("%s ends: whoever adopts it can reap it"), name);
    put_heading(panel, _("What does not"));
    put_item(panel, "%s", _("any signal, SIGKILL too: it is dead already"));
}

/* "SIGINT SIGTERM"; "-" for none. */
static void write_signals(char *text, size_t size, unsigned long long set)
{
    size_t used = 0;
    snprintf(text, size, "-");
    for (int signal = 1; signal <= 64 && used < size; signal++)
        if (holds(set, signal))
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " " : "", signal_name(signal));
}

static void put_signals(const struct panel *panel)
{
    const struct signal_sets *signals = panel->facts->signals;
    if (!signals)
        return;
    const struct {
        const char *label;
        unsigned long long set;
    } rows[] = { { _("Pending"), signals->pending | signals->shared_pending },
                 { _("Blocked"), signals->blocked },
                 { _("Ignored"), signals->ignored },
                 { _("Caught"), signals->caught } };
    put_heading(panel, _("Signals"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TEXT_SIZE];
        write_signals(text, sizeof text, rows[i].set);
        put_fact(panel, rows[i].label, text);
    }
}

static void put_kind(const struct panel *panel)
{
    const struct process *process = panel->facts->process;
    char text[TEXT_SIZE];
    snprintf(text, sizeof text, _("a thread of process %d"), process->tgid);
    if (process_is_thread(process))
        put_text(panel, text);
    if (process_is_kernel_thread(process))
        put_text(panel, _("a thread of the kernel: it has no program and no memory of its own"));
}

static void put_age(const struct panel *panel)
{
    const struct explain_facts *facts = panel->facts;
    char span[64];
    if (facts->ticks_per_second <= 0)
        return;
    unsigned long long tick = NS_PER_SECOND / (unsigned long long)facts->ticks_per_second;
    int64_t age = facts->now - (int64_t)(facts->process->id.start * tick);
    put_fact(panel, _("Age"), age < 0 ? "?" : clock_format_span(span, sizeof span, age));
}

/* Of an actor, the call in its own words, and what lets it go on. */
static void put_call(const struct panel *panel)
{
    const struct explain_facts *facts = panel->facts;
    char text[TEXT_SIZE];
    const char *call = explain_call(text, sizeof text, facts);
    if (call)
        put_fact(panel, facts->process->state == 'R' ? _("Runs") : _("Blocked in"), call);
    const char *release = explain_release(text, sizeof text, facts);
    if (release)
        put(panel, "", LABEL_WIDTH, release, false);
}

static void put_state(const struct panel *panel)
{
    const struct explain_facts *facts = panel->facts;
    char text[TEXT_SIZE], span[64];
    const char *since = explain_since(span, sizeof span, facts);
    put_kind(panel);
    put_parent(panel);
    put_age(panel);
    if (since) {
        snprintf(text, sizeof text, _("for %s"), since);
        put_fact(panel, (char[]){ facts->process->state, '\0' }, text);
    }
    if (!facts->actor_call && (facts->process->state == 'S' || facts->process->state == 'D')) {
        const char *unknown = facts->past ? _("not recorded") : "?";
        snprintf(text, sizeof text, facts->blocked_in ? "%s()" : "%s",
                 facts->blocked_in ? facts->blocked_in : unknown);
        put_fact(panel, _("Blocked in"), text);
    }
    put_call(panel);
}

static void put_letters(const struct panel *panel)
{
    struct stat_letter letters[STAT_CODE_SIZE];
    char code[STAT_CODE_SIZE], text[TEXT_SIZE];
    size_t count = stat_explain(letters, panel->facts->process);
    snprintf(text, sizeof text, "STAT %s", stat_code(code, panel->facts->process));
    put_heading(panel, text);
    for (size_t i = 0; i < count; i++) {
        char label[] = { letters[i].letter, '\0' };
        snprintf(text, sizeof text, _("%s (%s)"), letters[i].meaning, letters[i].evidence);
        put(panel, label, 2, text, false);
    }
    if (!panel->facts->process->locked_known && !stat_has_ended(panel->facts->process))
        put(panel, "L", 2, _("? (VmLck was not read)"), false);
}

void explain_panel(const struct explain_facts *facts, int width,
                   void (*line)(void *data, const char *text, bool heading), void *data)
{
    const struct panel panel = { facts, width, line, data };
    char text[TEXT_SIZE], name[EVENT_COMM_SIZE];
    snprintf(text, sizeof text, _("%s, process %d"), explain_name(name, facts->process),
             facts->process->id.pid);
    put(&panel, "", 0, text, true);
    line(data, "", false);
    if (facts->process->state == 'Z' && stat_has_ended(facts->process)) {
        put_zombie(&panel);
        put_letters(&panel);
        return;
    }
    put_state(&panel);
    put_letters(&panel);
    put_signals(&panel);
}
