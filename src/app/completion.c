#include "app/completion.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "lab/command_table.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The command the cursor is in, cut into what matters for completion. */
struct place {
    size_t word;    /* where the word under the cursor begins */
    bool has_actor; /* "a:" stands before it */
    bool has_verb;
    char verb[32]; /* the verb before the word; "" when the word is the verb, or the actor */
};

/* Two arguments of a command may take the same words. */
static void add(struct completion *completion, const char *text, const char *typed, const char *tail)
{
    char candidate[sizeof *completion->candidates];
    if (completion->count == COMPLETION_MOST || strncmp(text, typed, strlen(typed)) != 0)
        return;
    snprintf(candidate, sizeof candidate, "%.28s%s", text, tail);
    for (size_t i = 0; i < completion->count; i++)
        if (strcmp(completion->candidates[i], candidate) == 0)
            return;
    memcpy(completion->candidates[completion->count++], candidate, sizeof candidate);
}

static size_t start_of_command(const char *text, size_t cursor)
{
    bool quoted = false;
    size_t start = 0;
    for (size_t i = 0; i < cursor; i++) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            quoted = !quoted;
        else if (text[i] == ';' && !quoted)
            start = i + 1;
    }
    return start;
}

static struct place find_place(const char *text, size_t cursor)
{
    struct place place = { 0 };
    size_t at = start_of_command(text, cursor);
    for (;;) {
        while (at < cursor && text[at] == ' ')
            at++;
        size_t end = at + strcspn(text + at, " ");
        place.word = at;
        if (end >= cursor)
            return place;
        if (!place.has_actor && !place.has_verb && text[end - 1] == ':') {
            place.has_actor = true;
        } else if (!place.has_verb) {
            place.has_verb = true;
            snprintf(place.verb, sizeof place.verb, "%.*s", (int)(end - at), text + at);
        }
        at = end;
    }
}

static void add_actors(struct completion *completion, const struct lab *lab, const char *typed,
                       const char *tail)
{
    for (size_t i = 0; lab && i < lab_actor_count(lab); i++)
        if (lab_actor(lab, i)->state != ACTOR_REAPED)
            add(completion, lab_actor(lab, i)->name, typed, tail);
}

static void add_verbs(struct completion *completion, enum command_by by, const char *typed)
{
    for (size_t i = 0; i < command_count; i++)
        if (command_table[i].by == by)
            add(completion, command_table[i].verb, typed, "");
}

static void add_signals(struct completion *completion, const char *typed)
{
    for (int signal = 1; signal < 32; signal++)
        add(completion, signal_name(signal), typed, "");
}

/* The words of a choice are written "other|batch|idle". */
static void add_choice(struct completion *completion, const char *words, const char *typed)
{
    while (words && *words) {
        char word[32];
        size_t length = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        add(completion, word, typed, "");
        words += length + (words[length] == '|');
    }
}

/* An argument may be any that the command's rules allow: which one it is, the parser decides. */
static void add_arguments(struct completion *completion, const struct lab *lab, const struct command *command,
                          const char *typed)
{
    bool actors = false;
    for (size_t i = 0; command && i < COMMAND_RULES_MAX && command->arguments[i].kind; i++) {
        const struct argument_rule *rule = &command->arguments[i];
        switch (rule->kind) {
        case ARGUMENT_SIGNAL: add_signals(completion, typed); break;
        case ARGUMENT_CHOICE: add_choice(completion, rule->words, typed); break;
        case ARGUMENT_ACTOR:
        case ARGUMENT_CHILD:
        case ARGUMENT_GROUP:
        case ARGUMENT_EXPECTATION:
            if (!actors)
                add_actors(completion, lab, typed, "");
            actors = true;
            break;
        default: break;
        }
    }
}

void completion_find(struct completion *ret, const struct lab *lab, const char *text, size_t cursor)
{
    struct place place = find_place(text, cursor);
    char typed[64];
    snprintf(typed, sizeof typed, "%.*s", (int)(cursor - place.word), text + place.word);
    *ret = (struct completion){ .from = place.word };
    enum command_by by = place.has_actor ? COMMAND_BY_ACTOR : COMMAND_BY_LAB;
    if (place.has_verb) {
        add_arguments(ret, lab, command_find(place.verb, by), typed);
        return;
    }
    if (!place.has_actor)
        add_actors(ret, lab, typed, ":");
    add_verbs(ret, by, typed);
}

const char *completion_common(const struct completion *completion, char *text, size_t size)
{
    size_t common = completion->count ? strlen(completion->candidates[0]) : 0;
    for (size_t i = 1; i < completion->count; i++)
        for (size_t c = 0; c < common; c++)
            if (completion->candidates[i][c] != completion->candidates[0][c])
                common = c;
    snprintf(text, size, "%.*s%s", (int)common, completion->count ? completion->candidates[0] : "",
             completion->count == 1 ? " " : "");
    return text;
}

const char *completion_hint(char *hint, size_t size, const char *text, size_t cursor)
{
    struct place place = find_place(text, cursor);
    const struct command *command =
        place.has_verb ? command_find(place.verb, place.has_actor ? COMMAND_BY_ACTOR : COMMAND_BY_LAB) : NULL;
    if (command)
        snprintf(hint, size, "%s %s   %s", command->verb, command->usage, _(command->help));
    else
        hint[0] = '\0';
    return hint;
}
