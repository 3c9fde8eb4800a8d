/* The lab's keys: each composes a line of the command language and submits it, so that a key does what the
 * prompt, a lesson or a test would do with the same words. */
#include "app/live.h"

#include "app/newcomer.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "lab/command_table.h"
#include "lab/verbs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool key_on_actor(const struct live *live)
{
    const struct actor *actor = live_selected_actor(live);
    return actor && actor->state != ACTOR_ENDED && actor->state != ACTOR_REAPED;
}

bool key_on_reapable(const struct live *live)
{
    return live_selected_actor(live) != NULL;
}

bool live_have_lab(struct live *live)
{
    if (!live->lab)
        live_complain(live, _("there is no lab: %s (%s)"), error_name(live->lab_error),
                      error_words(live->lab_error));
    return live->lab != NULL;
}

static bool submit(struct live *live, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool submit(struct live *live, const char *format, ...)
{
    char source[256];
    struct lab_error error;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(source, sizeof source, format, arguments);
    va_end(arguments);
    newcomer_acts(live);
    if (lab_submit(live->lab, source, &error) < 0) {
        live_complain(live, "%s: %s", source, error.text);
        return false;
    }
    live->view.show_children = true; /* whatever comes of it should be in sight */
    return true;
}

/* The selected actor that can be told something; otherwise the reader is told why not. */
static const struct actor *listening_actor(struct live *live)
{
    const struct tree_row *row = live_selected(live);
    if (!live_have_lab(live) || !row)
        return NULL;
    /* a new actor is meant at once, though it is selected only when a sample has shown it */
    const struct actor *actor = live->wanted[0] ? lab_actor_by_name(live->lab, live->wanted) : NULL;
    if (!actor)
        actor = live_selected_actor(live);
    if (actor && actor->state == ACTOR_ENDED)
        live_complain(live, _("%s is a zombie: it has ended and does nothing any more; r reaps it"),
                      actor->name);
    else if (actor && actor->state == ACTOR_FOREIGN)
        live_complain(live, _("%s runs another program now: it takes signals (k), but no commands"),
                      actor->name);
    else if (actor && actor->state != ACTOR_REAPED)
        return actor;
    else if (row->kind == TREE_TOMBSTONE)
        live_complain(live, _("%d %s is gone"), row->process->id.pid, row->process->comm);
    else
        live_complain(live, _("%d %s is no actor: n makes one, which does what it is told"),
                      row->process->id.pid, row->process->comm);
    return NULL;
}

void key_new(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!live_have_lab(live))
        return;
    lab_next_name(live->lab, 0, live->wanted);
    if (!submit(live, "spawn %s", live->wanted))
        live->wanted[0] = '\0';
}

void key_fork(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct actor *actor = listening_actor(live);
    char child[16];
    if (!actor)
        return;
    lab_next_name(live->lab, 0, child);
    submit(live, "%s: fork %s", actor->name, child);
}

void key_zombie(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct actor *actor = listening_actor(live);
    char child[16];
    if (!actor)
        return;
    if (actor->state == ACTOR_BUSY &&
        actor->blocked_in[0]) { /* else the child that is not there is complained of too */
        live_complain(live, _("%s is blocked in %s: 'interrupt %s' releases it"), actor->name,
                      actor->blocked_in, actor->name);
        return;
    }
    lab_next_name(live->lab, 0, child);
    submit(live, "%s: fork %s; %s: exit 0", actor->name, child, child);
}

void key_orphan(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct actor *actor = listening_actor(live);
    const struct tree_row *row = live_selected(live);
    if (!actor)
        return;
    if (row->descendants == 0)
        live_say(live, _("%s has no children: its exit makes no orphans"), actor->name);
    submit(live, "%s: exit 0", actor->name);
}

/* A zombie is reaped by its parent alone: by Forklore when it spawned it, by the actor that forked it, and by
 * nobody here when another process has adopted it. */
static void reap_zombie(struct live *live, const struct actor *zombie)
{
    const struct tree_row *row = live_selected(live);
    const struct process *parent = sample_find(&live->sample, row->process->ppid);
    const struct actor *actor = parent ? lab_actor_by_id(live->lab, parent->id) : NULL;
    if (row->process->ppid == getpid())
        submit(live, "reap %s", zombie->name);
    else if (actor)
        submit(live, "%s: waitpid %s", actor->name, zombie->name);
    else
        live_complain(live, _("only its parent can reap it: %d %s"), row->process->ppid,
                      parent ? parent->comm : "?");
}

void key_reap(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct actor *selected = live->lab ? live_selected_actor(live) : NULL;
    if (selected && selected->state == ACTOR_ENDED) {
        reap_zombie(live, selected);
        return;
    }
    const struct actor *actor = listening_actor(live);
    if (actor)
        submit(live, "%s: waitpid -1 WNOHANG", actor->name);
}

/* ---- d: a status is asked for ---- */

static bool status_entered(struct live *live, const char *text)
{
    char *end;
    long status = strtol(text, &end, 10);
    const struct actor *actor = lab_actor_by_id(live->lab, live->target);
    if (!*text || *end) {
        prompt_fail(&live->overlay.prompt, 1, _("a number is wanted; the parent sees its low 8 bits"));
        return false;
    }
    if (actor)
        submit(live, "%s: exit %ld", actor->name, status);
    return true;
}

void key_die(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct actor *actor = listening_actor(live);
    char label[64];
    if (!actor)
        return;
    live->target = actor->id;
    snprintf(label, sizeof label, _(" %s exits with status: "), actor->name);
    struct prompt *prompt = live_ask(live, label, "0", NULL);
    snprintf(prompt->hint, sizeof prompt->hint, "%s", _("0 says that all went well; Esc: let it live"));
    prompt->proposed = true;
    live->overlay.entered = status_entered;
}

/* ---- g: what the selected actor can be told ---- */

/* The arguments that a key gives this command, such as "NAME"; NULL: the key stands for another, or for none.
 */
static const char *arguments_of(const struct key_row *key, const struct command *command)
{
    const char *text = key->command;
    if (!text)
        return NULL;
    if (strncmp(text, "ACTOR: ", 7) == 0)
        text += 7;
    size_t length = strcspn(text, " ");
    if (length != strlen(command->verb) || strncmp(text, command->verb, length) != 0)
        return NULL;
    return text[length] ? text + length + 1 : "";
}

/* The key that does the same, rather than a special case of it; NULL: none. */
static const char *key_of(const struct command *command)
{
    const char *special = NULL;
    for (size_t i = 0; i < key_count; i++) {
        const char *arguments = arguments_of(&key_table[i], command);
        if (arguments && strstr(command->usage, arguments))
            return key_table[i].keys[0];
        if (arguments && !special)
            special = key_table[i].keys[0];
    }
    return special;
}

/* A command that needs nothing more is given at once; for any other the prompt opens with its beginning. */
static void command_chosen(struct live *live, long value)
{
    const struct command *command = &command_table[value];
    const struct actor *actor = lab_actor_by_id(live->lab, live->target);
    char text[80];
    if (command->by == COMMAND_BY_ACTOR)
        snprintf(text, sizeof text, "%s: %s", actor ? actor->name : "?", command->verb);
    else
        snprintf(text, sizeof text, "%s%s%s", command->verb,
                 actor && strncmp(command->usage, "ACTOR", 5) == 0 ? " " : "",
                 actor && strncmp(command->usage, "ACTOR", 5) == 0 ? actor->name : "");
    if (command->usage[0] == '\0' || strcmp(command->usage, "ACTOR") == 0) {
        submit(live, "%s", text);
        return;
    }
    strcat(text, " ");
    live_open_prompt(live, text);
}

static bool has_thing(const struct lab *lab, const struct actor *actor, const char *kinds)
{
    char kind;
    for (size_t i = 0; lab_actor_thing(lab, actor, i, &kind); i++)
        if (!kinds || strchr(kinds, kind))
            return true;
    return false;
}

static bool is_thing_that_must_be(const struct argument_rule *rule)
{
    return (rule->kind == ARGUMENT_THING || rule->kind == ARGUMENT_ELEMENT) && !rule->optional;
}

/* Why the actor cannot carry it out now; NULL: it can. */
static const char *refusal_by_actor(const struct live *live, const struct command *command,
                                    const struct actor *actor)
{
    char state = live_selected(live)->process->state;
    if (actor->state == ACTOR_FOREIGN)
        return _("it runs another program");
    if (state == 'T')
        return _("it is stopped: y lets it go on");
    if (state == 't')
        return _("it is traced: its tracer lets it go on");
    if (actor->state == ACTOR_BUSY && state == 'D')
        return _("it waits for the child of its vfork");
    if (actor->state == ACTOR_BUSY)
        return _("it is in a call: interrupt it first");
    for (size_t i = 0; i < COMMAND_RULES_MAX && command->arguments[i].kind; i++)
        if (is_thing_that_must_be(&command->arguments[i]) &&
            !has_thing(live->lab, actor, command->arguments[i].words))
            return _("it has nothing that this is about");
    return NULL;
}

/* Why the command cannot work now; NULL: it can. */
static const char *refusal(const struct live *live, const struct command *command, const struct actor *actor)
{
    bool by_actor = command->by == COMMAND_BY_ACTOR;
    if (!by_actor && strncmp(command->usage, "ACTOR", 5) != 0)
        return NULL;
    if (!actor)
        return _("an actor must be selected");
    if (actor->state == ACTOR_REAPED)
        return _("it is gone");
    if (command->for_program && actor->state != ACTOR_FOREIGN)
        return _("it runs no other program");
    if (command->run == verb_reap && live_selected(live)->process->ppid != getpid())
        return _("it is no child of forklore: its parent reaps it");
    if (actor->state == ACTOR_ENDED)
        return command->run == verb_reap ? NULL : _("it has ended");
    if (command->run == verb_interrupt && actor->state != ACTOR_BUSY)
        return _("it is in no call");
    return by_actor ? refusal_by_actor(live, command, actor) : NULL;
}

enum { KEY_CELLS = 2 };

static void add_command(struct live *live, struct menu *menu, size_t index, const struct actor *actor)
{
    const struct command *command = &command_table[index];
    const char *name = key_of(command);
    char text[128];
    snprintf(text, sizeof text, "%-*s %s %s", KEY_CELLS, name ? name : "", command->verb, command->usage);
    menu_add(menu, (long)index, text, _(command->help), refusal(live, command, actor));
}

void key_give(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!live_have_lab(live))
        return;
    const struct actor *actor = live_selected_actor(live);
    char title[64];
    snprintf(title, sizeof title, actor ? _("Give %s a command") : _("Give a command"),
             actor ? actor->name : "");
    live->target = actor ? actor->id : (struct process_id){ 0 };
    struct menu *menu = live_choose(live, title);
    menu->lead = KEY_CELLS + 1;
    for (int group = 0; group < COMMAND_GROUP_COUNT; group++) {
        bool headed = false;
        for (size_t i = 0; i < command_count; i++) {
            if ((int)command_table[i].group != group)
                continue;
            if (!headed)
                menu_add_heading(menu, _(command_group_title((enum command_group)group)));
            headed = true;
            add_command(live, menu, i, actor);
        }
    }
    live->overlay.chosen = command_chosen;
}
