#include "app/newcomer.h"

#include "app/lessons.h"
#include "app/live.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "model/paragraph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ACTS_MOST = 6 }; /* n, f, z, r and a little more: who has done so much is no newcomer */

bool newcomer_is_new(const struct live *live)
{
    return live->lab && !live->options.readonly && !lesson_is_open(live) && live->newcomer.acts <= ACTS_MOST;
}

void newcomer_acts(struct live *live)
{
    live->newcomer.acts++;
    live->newcomer.count = 0;
}

static const struct actor *actor_by_pid(const struct live *live, long pid)
{
    for (size_t i = 0; i < lab_actor_count(live->lab); i++)
        if (lab_actor(live->lab, i)->id.pid == pid && lab_actor(live->lab, i)->state < ACTOR_REAPED)
            return lab_actor(live->lab, i);
    return NULL;
}

/* fork() = 4313, told by the one that called it: Forklore itself, or an actor. False: it is another call, or
 * the child's side of it. */
static bool tell_birth(struct live *live, const struct lab_report *report, char *text, size_t size)
{
    long pid = 0;
    if (report->kind != LAB_REPORT_CALL || sscanf(report->text, "fork() = %ld", &pid) != 1 || pid <= 0)
        return false;
    const struct actor *child = actor_by_pid(live, pid);
    if (report->actor) {
        snprintf(text, size, _("%s called fork: process %ld is its child."), report->actor, pid);
        return true;
    }
    if (!child)
        return false;
    live->newcomer.first = child->id;
    snprintf(text, size, _("%s is a child of forklore, process %ld, asleep: it waits for commands."),
             child->name, pid);
    return true;
}

static bool tell_end(const struct live *live, const struct lab_report *report, char *text, size_t size)
{
    const struct actor *actor = lab_actor_by_id(live->lab, report->id);
    const struct actor *parent = actor ? lab_actor_by_id(live->lab, actor->parent) : NULL;
    if (report->kind == LAB_REPORT_REAPED)
        snprintf(text, size, _("%s is gone: its parent has asked how it ended."), report->actor);
    else if (report->kind == LAB_REPORT_ENDED)
        snprintf(text, size, _("%s has ended (%s): it is a zombie until %s asks how it ended."),
                 report->actor, report->text, parent ? parent->name : "forklore");
    else
        return false;
    return true;
}

static void keep(struct newcomer *newcomer, const char *text)
{
    if (newcomer->count == NEWS_LINES) {
        memmove(newcomer->news[0], newcomer->news[1], sizeof newcomer->news - sizeof newcomer->news[0]);
        newcomer->count--;
    }
    snprintf(newcomer->news[newcomer->count++], NEWS_SIZE, "%s", text);
}

void newcomer_take_report(struct live *live, const struct lab_report *report)
{
    char text[NEWS_SIZE];
    if (!newcomer_is_new(live) || !live->newcomer.acts)
        return;
    if (!tell_birth(live, report, text, sizeof text) && !tell_end(live, report, text, sizeof text))
        return;
    keep(&live->newcomer, text);
}

/* Whoever looks at another process wants to know about that. */
static bool is_offered(const struct live *live)
{
    const struct tree_row *row = live_selected(live);
    return newcomer_is_new(live) && !live->newcomer.acts && row && row->process->id.pid == getpid();
}

bool newcomer_line(const struct live *live, char *text, size_t size)
{
    const struct newcomer *newcomer = &live->newcomer;
    const struct tree_row *row = live_selected(live);
    bool on_first = row && row->kind == TREE_LIVE && process_id_equal(row->process->id, newcomer->first);
    if (newcomer_is_new(live) && newcomer->acts == 1 && newcomer->count && on_first &&
        row->process->state == 'S') { /* as long as what was told is so */
        snprintf(text, size, "%s", newcomer->news[newcomer->count - 1]);
        return true;
    }
    if (!is_offered(live))
        return false;
    snprintf(text, size, "%s",
             _("n makes a process of your own; J opens the lessons, a tour first; ? is help"));
    return true;
}

/* The text behind the key, and below itself where it is long; without a key from the margin on. */
static void offer(const char *key, const char *text, int width, void (*line)(void *, const char *, bool),
                  void *data)
{
    int indent = *key ? 4 : 0;
    size_t shown, length;
    do {
        length = paragraph_next(text, width > indent + 8 ? width - indent : 8, &shown);
        char *part = xasprintf("%-*s%.*s", indent, key, (int)shown, text);
        line(data, part, false);
        free(part);
        key = "";
        text += length;
    } while (*text);
}

static void offer_keys(int width, void (*line)(void *, const char *, bool), void *data)
{
    line(data, _("What you can do here"), true);
    offer("n", _("make an actor: a process of your own that does what it is told"), width, line, data);
    offer("f", _("it forks: it gets a child"), width, line, data);
    offer("z", _("a child that ends and is not waited for: a zombie"), width, line, data);
    offer("r", _("its parent waits for it, and it is gone"), width, line, data);
    offer("J", _("lessons: the first is a tour of five minutes"), width, line, data);
    offer("?", _("all keys"), width, line, data);
    line(data, "", false);
}

void newcomer_panel(const struct live *live, int width,
                    void (*line)(void *data, const char *text, bool heading), void *data)
{
    const struct newcomer *newcomer = &live->newcomer;
    if (!newcomer_is_new(live))
        return;
    if (newcomer->count) {
        line(data, _("What has just happened"), true);
        for (size_t i = 0; i < newcomer->count; i++)
            offer("", newcomer->news[i], width, line, data);
        line(data, "", false);
    }
    if (is_offered(live) || newcomer->count)
        offer_keys(width, line, data);
}
