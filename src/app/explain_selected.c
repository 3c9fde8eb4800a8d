#include "app/live.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/explain.h"
#include "model/paragraph.h"

#include <stdio.h>

/* What is read for the explanation of one process, and where it is kept while the explanation is made. */
struct findings {
    struct explain_facts facts;
    struct signal_sets signals, parent_signals;
};

static const char *blocked_in(const struct live *live, pid_t pid)
{
    long number;
    unsigned long long first;
    if (!live->features.has[FEATURE_SYSCALL] || procfile_syscall(pid, &number, &first) < 0 || number < 0)
        return NULL;
    return procfile_syscall_name(number);
}

static void find_zombie_status(const struct live *live, struct findings *findings)
{
    struct explain_facts *facts = &findings->facts;
    const struct actor *actor = live_selected_actor(live);
    if (actor && actor->status_known) {
        facts->zombie_status = actor->status;
        facts->zombie_status_known = true;
    } else if (facts->mark && facts->mark->state.status_known) {
        facts->zombie_status = facts->mark->state.status;
        facts->zombie_status_known = true;
    } else {
        facts->zombie_status_known = procfile_zombie_status(facts->process->id, &facts->zombie_status) == 0;
    }
}

/* Of the past there is what was kept; who has the pid today is another matter. */
static void find_recorded_status(struct explain_facts *facts)
{
    facts->zombie_status_known = facts->mark && facts->mark->state.status_known;
    if (facts->zombie_status_known)
        facts->zombie_status = facts->mark->state.status;
}

/* The kernel's state and what the actor announced are told side by side. */
static void find_call(const struct live *live, struct explain_facts *facts)
{
    const struct actor *actor = live_selected_actor(live);
    if (!actor || actor->state >= ACTOR_ENDED)
        return;
    facts->actor = actor->name;
    if (actor->state == ACTOR_BUSY && actor->blocked_in[0]) {
        facts->actor_call = actor->blocked_in;
        facts->actor_call_time = actor->entered;
    }
}

static bool find_out(struct live *live, struct findings *findings)
{
    const struct tree_row *row = live_selected(live);
    if (!row || row->kind == TREE_TOMBSTONE)
        return false;
    struct explain_facts *facts = &findings->facts;
    const struct process *process = row->process, *parent = sample_find(&live->sample, process->ppid);
    *findings = (struct findings){
        .facts = { .process = process,
                   .parent = parent,
                   .mark = marks_of(live->marks, process->id),
                   .now = rewind_now(live),
                   .past = live->rewind.past,
                   .ascii = terminal_ascii(live->terminal),
                   .ticks_per_second = live->computer.ticks_per_second },
    };
    if (live->rewind.past) {
        find_recorded_status(facts);
        return true;
    }
    if (process->state == 'Z')
        find_zombie_status(live, findings);
    else
        facts->blocked_in = blocked_in(live, process->id.pid);
    find_call(live, facts);
    if (procfile_signals(process->id.pid, &findings->signals) == 0)
        facts->signals = &findings->signals;
    if (parent && process->state == 'Z') {
        facts->parent_blocked_in = blocked_in(live, parent->id.pid);
        if (procfile_signals(parent->id.pid, &findings->parent_signals) == 0)
            facts->parent_signals = &findings->parent_signals;
    }
    return true;
}

static void explain_gone(const struct live *live, char *text, size_t size)
{
    char words[256];
    const struct tree_row *row = live_selected(live);
    if (!row)
        snprintf(text, size, "%s", _("nothing is selected"));
    else
        snprintf(text, size, "%s %d  %s", row->process->comm, row->process->id.pid,
                 event_words(words, sizeof words, &row->tombstone->gone));
}

void live_explain_line(struct live *live, char *text, size_t size)
{
    struct findings findings;
    if (live->panel == PANEL_NONE && newcomer_line(live, text, size))
        return;
    if (find_out(live, &findings))
        explain_line(text, size, &findings.facts);
    else
        explain_gone(live, text, size);
}

/* So that nobody takes what is missing for what was not so. */
static void say_what_is_kept(const struct live *live, int width,
                             void (*line)(void *data, const char *text, bool heading), void *data)
{
    char time[16], text[300], part[300];
    clock_format_unix(time, sizeof time, rewind_boot(live) + rewind_now(live));
    snprintf(text, sizeof text,
             _("As it was at %s. What is in ps was kept; the call it was in, its signals and its memory map "
               "were not."),
             time);
    for (size_t at = 0, length, next; (next = paragraph_next(text + at, width, &length)) > 0; at += next) {
        snprintf(part, sizeof part, "%.*s", (int)length, text + at);
        line(data, part, false);
    }
    line(data, "", false);
}

void live_explain_panel(struct live *live, int width,
                        void (*line)(void *data, const char *text, bool heading), void *data)
{
    struct findings findings;
    char text[512];
    newcomer_panel(live, width, line, data);
    if (live->rewind.past)
        say_what_is_kept(live, width, line, data);
    if (find_out(live, &findings)) {
        explain_panel(&findings.facts, width, line, data);
    } else {
        explain_gone(live, text, sizeof text);
        line(data, text, false);
    }
}
