#include "model/explain.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/explain_words.h"
#include "model/stat_code.h"

#include <stdio.h>
#include <string.h>

const char *explain_since(char *text, size_t size, const struct explain_facts *facts)
{
    const struct mark *mark = facts->mark;
    bool known = mark && (mark->state.kind == EVENT_STATE || mark->state.kind == EVENT_ZOMBIE) &&
                 mark->state.state == facts->process->state && facts->now >= mark->state.time;
    if (!known)
        return NULL;
    return clock_format_span(text, size, facts->now - mark->state.time);
}

const char *explain_end(char *text, size_t size, const struct explain_facts *facts)
{
    if (facts->zombie_status_known)
        return wait_status_words(text, size, facts->zombie_status);
    if (facts->mark && facts->mark->state.kind == EVENT_ZOMBIE && facts->mark->state.status_known)
        return wait_status_words(text, size, facts->mark->state.status);
    return NULL;
}

const char *explain_call(char *text, size_t size, const struct explain_facts *facts)
{
    char span[64];
    if (!facts->actor_call)
        return NULL;
    int64_t time = facts->now > facts->actor_call_time ? facts->now - facts->actor_call_time : 0;
    snprintf(text, size, _("%s for %s"), facts->actor_call, clock_format_span(span, sizeof span, time));
    return text;
}

const char *explain_release(char *text, size_t size, const struct explain_facts *facts)
{
    if (!facts->actor)
        return NULL;
    switch (facts->process->state) {
    case 'T': snprintf(text, size, _("'cont %s' lets it go on"), facts->actor); return text;
    case 't': snprintf(text, size, _("'untrace %s' of its tracer lets it go on"), facts->actor); return text;
    case 'D':
        if (!facts->actor_call || strcmp(facts->actor_call, "vfork()") != 0)
            return NULL;
        return _("it goes on when its child ends or execs; no signal but SIGKILL reaches it");
    case 'S':
    case 'R':
        if (!facts->actor_call)
            return NULL;
        snprintf(text, size, _("'interrupt %s' releases it"), facts->actor);
        return text;
    default: return NULL;
    }
}

const char *explain_name(char *text, const struct process *process)
{
    return text_clean(text, EVENT_COMM_SIZE, process ? process->comm : "?");
}

static void write_zombie(char *text, size_t size, const struct explain_facts *facts)
{
    char status[64], parent[EVENT_COMM_SIZE];
    const char *end = explain_end(status, sizeof status, facts);
    explain_name(parent, facts->parent);
    if (end)
        snprintf(text, size, _("zombie: ended by %s; its parent %d %s has not asked"), end,
                 facts->process->ppid, parent);
    else
        snprintf(text, size, _("zombie: has ended; its parent %d %s has not asked"), facts->process->ppid,
                 parent);
}

/* The state in words, with what is known beyond its letter. */
static void write_state(char *text, size_t size, const struct explain_facts *facts)
{
    char state[256], span[64], words[160], called[200];
    const struct process *process = facts->process;
    const char *call = explain_call(called, sizeof called, facts);
    if (stat_has_ended(process) && process->state == 'Z')
        write_zombie(state, sizeof state, facts);
    else if (process->state == 'Z')
        snprintf(state, sizeof state, "%s", _("its first thread has ended, others go on"));
    else if (call && (process->state == 'S' || process->state == 'D'))
        snprintf(state, sizeof state, _("blocked in %s"), call);
    else if (call && process->state == 'R')
        snprintf(state, sizeof state, "%s, %s", stat_brief(process->state), call);
    else if (process->state == 'S' && facts->blocked_in)
        snprintf(state, sizeof state, _("asleep in %s()"), facts->blocked_in);
    else if (process->state == 'D' && facts->blocked_in)
        snprintf(state, sizeof state, _("in %s(), cannot be interrupted"), facts->blocked_in);
    else
        snprintf(state, sizeof state, "%s", stat_brief(process->state));
    bool told = process->state == 'S' || process->state == 'R' || (call && process->state == 'D');
    const char *since = told ? NULL : explain_since(span, sizeof span, facts);
    if (since)
        snprintf(text, size, _("%s, for %s"), state, since);
    else
        snprintf(text, size, "%s", state);
    const char *release = explain_release(words, sizeof words, facts);
    size_t length = strlen(text);
    if (release && length < size)
        /* TRANSLATORS: behind what a process is blocked in; %s is what releases it. */
        snprintf(text + length, size - length, _(": %s"), release);
}

const char *explain_line(char *text, size_t size, const struct explain_facts *facts)
{
    struct stat_letter letters[STAT_CODE_SIZE];
    char name[EVENT_COMM_SIZE], state[320], line[1024];
    size_t count = stat_explain(letters, facts->process);
    write_state(state, sizeof state, facts);
    size_t used = (size_t)snprintf(line, sizeof line, "%s %d  %c %s", explain_name(name, facts->process),
                                   facts->process->id.pid, letters[0].letter, state);
    const char *separator = text_locale_is_utf8() && !facts->ascii ? "·" : "|";
    for (size_t i = 1; i < count && used < sizeof line; i++) {
        bool by_number = letters[i].letter == '<' || letters[i].letter == 'N';
        used += (size_t)snprintf(line + used, sizeof line - used, " %s %c %s", separator, letters[i].letter,
                                 by_number ? letters[i].evidence : letters[i].brief);
    }
    return text_clean(text, size, line);
}
