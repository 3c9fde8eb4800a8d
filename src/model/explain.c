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
    char state[256], span[64];
    const struct process *process = facts->process;
    if (stat_has_ended(process) && process->state == 'Z')
        write_zombie(state, sizeof state, facts);
    else if (process->state == 'Z')
        snprintf(state, sizeof state, "%s", _("its first thread has ended, others go on"));
    else if (process->state == 'S' && facts->blocked_in)
        snprintf(state, sizeof state, _("asleep in %s()"), facts->blocked_in);
    else if (process->state == 'D' && facts->blocked_in)
        snprintf(state, sizeof state, _("in %s(), cannot be interrupted"), facts->blocked_in);
    else
        snprintf(state, sizeof state, "%s", stat_brief(process->state));
    const char *since =
        process->state == 'S' || process->state == 'R' ? NULL : explain_since(span, sizeof span, facts);
    if (since)
        snprintf(text, size, _("%s, for %s"), state, since);
    else
        snprintf(text, size, "%s", state);
}

const char *explain_line(char *text, size_t size, const struct explain_facts *facts)
{
    struct stat_letter letters[STAT_CODE_SIZE];
    char name[EVENT_COMM_SIZE], state[320], line[1024];
    size_t count = stat_explain(letters, facts->process);
    write_state(state, sizeof state, facts);
    size_t used = (size_t)snprintf(line, sizeof line, "%s %d  %c %s", explain_name(name, facts->process),
                                   facts->process->id.pid, letters[0].letter, state);
    const char *separator = text_locale_is_utf8() ? "·" : "|";
    for (size_t i = 1; i < count && used < sizeof line; i++) {
        bool by_number = letters[i].letter == '<' || letters[i].letter == 'N';
        used += (size_t)snprintf(line + used, sizeof line - used, " %s %c %s", separator, letters[i].letter,
                                 by_number ? letters[i].evidence : letters[i].brief);
    }
    return text_clean(text, size, line);
}
