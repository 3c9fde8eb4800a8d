#include "app/completion.h"

#include "app/command_place.h"
#include "app/write_lesson.h"
#include "base/errors.h"
#include "base/text.h"
#include "lab/fields.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Candidates are gathered for one word. */
struct search {
    struct completion *found;
    const struct lab *lab;          /* NULL: there is none */
    const struct command_place *at; /* where the word is */
    const char *typed;              /* of the word */
    char before[32];                /* begins each candidate: "count=", "a." */
};

static void add(struct search *search, const char *text, const char *tail)
{
    struct completion *found = search->found;
    char candidate[sizeof *found->candidates];
    int length = snprintf(candidate, sizeof candidate, "%s%s%s", search->before, text, tail);
    if (found->count == COMPLETION_MOST || length >= (int)sizeof candidate ||
        strncmp(candidate, search->typed, strlen(search->typed)) != 0)
        return;
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->candidates[i], candidate) == 0)
            return;
    memcpy(found->candidates[found->count++], candidate, sizeof candidate);
}

/* What comes before in each of the candidates from here on; it is not worth showing. */
static void begin_with(struct search *search, const char *text, size_t length)
{
    snprintf(search->before, sizeof search->before, "%.*s", (int)length, text);
    search->found->known = strlen(search->before);
}

static void add_actors(struct search *search, const char *tail)
{
    for (size_t i = 0; search->lab && i < lab_actor_count(search->lab); i++)
        if (lab_actor(search->lab, i)->state != ACTOR_REAPED)
            add(search, lab_actor(search->lab, i)->name, tail);
}

/* Things of these kinds (NULL: of any) that the actor has. */
static void add_things(struct search *search, const char *actor_name, const char *kinds)
{
    const struct actor *actor = search->lab ? lab_actor_by_name(search->lab, actor_name) : NULL;
    const char *name;
    char kind;
    for (size_t i = 0; actor && (name = lab_actor_thing(search->lab, actor, i, &kind)); i++)
        if (!kinds || strchr(kinds, kind))
            add(search, name, "");
}

static void add_verbs(struct search *search, enum command_by by)
{
    for (size_t i = 0; i < command_count; i++)
        if (command_table[i].by == by)
            add(search, command_table[i].verb, "");
    if (by == COMMAND_BY_LAB)
        add(search, WRITE_LESSON, "");
}

static void add_signals(struct search *search)
{
    for (int signal = 1; signal < 32; signal++)
        add(search, signal_name(signal), "");
}

/* The words of a choice are written "other|batch|idle". */
static void add_choice(struct search *search, const char *words)
{
    while (words && *words) {
        char word[32];
        size_t length = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        add(search, word, "");
        words += length + (words[length] == '|');
    }
}

static void add_next_name(struct search *search)
{
    char name[16];
    if (!search->lab)
        return;
    lab_next_name(search->lab, 0, name);
    add(search, name, "");
}

/* "a" leads to "a.", then to its sockets. */
static void add_addresses(struct search *search)
{
    const char *dot = strchr(search->typed, '.');
    char actor[16];
    if (!dot) {
        add_actors(search, ".");
        return;
    }
    snprintf(actor, sizeof actor, "%.*s", (int)(dot - search->typed), search->typed);
    begin_with(search, search->typed, (size_t)(dot + 1 - search->typed));
    add_things(search, actor, (char[]){ PROTOCOL_THING_SOCKET, '\0' });
}

/* OBJECT. and then its fields; of an actor its things too, if no .child[i] stands between. */
static void add_terms(struct search *search)
{
    const char *dot = strchr(search->typed, '.'), *last = strrchr(search->typed, '.'), *name;
    char object[16];
    if (!dot) {
        add_actors(search, ".");
        add(search, "lab", ".");
        return;
    }
    snprintf(object, sizeof object, "%.*s", (int)(dot - search->typed), search->typed);
    bool of_lab = strcmp(object, "lab") == 0;
    begin_with(search, search->typed, (size_t)(last + 1 - search->typed));
    if (dot == last && !of_lab)
        add_things(search, object, NULL);
    for (size_t i = 0; (name = field_at(i, of_lab)); i++)
        add(search, name, "");
}

static void add_operators(struct search *search)
{
    static const char *const operators[] = { "=", "!=", "<", "<=", ">", ">=", "~", "exists", "gone" };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        add(search, operators[i], "");
}

static void add_expectation(struct search *search)
{
    const struct script_word *words = search->at->command->args;
    size_t index = search->at->index;
    bool of_object =
        index > 1 && (strcmp(words[1].text, "exists") == 0 || strcmp(words[1].text, "gone") == 0);
    if (index == 0 || (index == 2 && !of_object))
        add_terms(search);
    else if (index == 1)
        add_operators(search);
    else if (index == (of_object ? 2u : 3u))
        add(search, "within", "");
}

static void add_values(struct search *search, const struct argument_rule *rule)
{
    const struct script_command *command = search->at->command;
    switch (rule->kind) {
    case ARGUMENT_ACTOR: add_actors(search, ""); break;
    case ARGUMENT_CHILD:
        add_actors(search, "");
        add(search, "-1", "");
        break;
    case ARGUMENT_GROUP:
        add_actors(search, "");
        add(search, "0", "");
        break;
    case ARGUMENT_NAME: add_next_name(search); break;
    case ARGUMENT_THING:
    case ARGUMENT_ELEMENT:
    case ARGUMENT_TARGET:
        if (command->actor.text)
            add_things(search, command->actor.text, rule->words);
        break;
    case ARGUMENT_POOL:
        if (command->actor.text)
            add_things(search, command->actor.text, (char[]){ PROTOCOL_THING_LIST, '\0' });
        break;
    case ARGUMENT_LOCK: add_choice(search, "yes|no"); break;
    case ARGUMENT_EQUALS: add(search, "=", ""); break;
    case ARGUMENT_CPU: add(search, "all", ""); break;
    case ARGUMENT_SIGNAL: add_signals(search); break;
    case ARGUMENT_PORT:
    case ARGUMENT_ADDRESS: add_addresses(search); break;
    case ARGUMENT_CHOICE: add_choice(search, rule->words); break;
    case ARGUMENT_TERM: add_terms(search); break;
    case ARGUMENT_EXPECTATION: add_expectation(search); break;
    default: break;
    }
}

static bool is_given(const struct command_place *place, const struct argument_rule *rule)
{
    for (size_t i = 0; i < place->index; i++) {
        const struct script_word *word = &place->command->args[i];
        if (rule->key ? script_option(word, rule->key) != NULL
                      : rule->lead && !word->quoted && strcmp(word->text, rule->lead) == 0)
            return true;
    }
    return false;
}

/* KEY= of the options, and the words that announce an argument, as far as they are not there yet. */
static void add_announcements(struct search *search)
{
    const struct argument_rule *rules = search->at->row->arguments;
    for (size_t i = 0; i < COMMAND_RULES_MAX && rules[i].kind; i++) {
        if (is_given(search->at, &rules[i]))
            continue;
        if (rules[i].key)
            add(search, rules[i].key, "=");
        else if (rules[i].lead)
            add(search, rules[i].lead, "");
    }
}

static void add_arguments(struct search *search)
{
    const struct command_place *place = search->at;
    const struct argument_rule *rule = place->rule;
    const struct script_word *word = &place->command->args[place->index];
    if (rule && rule->key && script_option(word, rule->key)) {
        begin_with(search, search->typed, strlen(rule->key) + 1);
        add_values(search, rule);
        return;
    }
    bool announced = rule && rule->lead && is_given(place, rule);
    if (rule)
        add_values(search, rule);
    if (!announced)
        add_announcements(search);
}

void completion_find(struct completion *ret, const struct lab *lab, const char *text, size_t cursor)
{
    struct command_place place;
    command_place_find(&place, text, cursor);
    char typed[64];
    snprintf(typed, sizeof typed, "%.*s", (int)(cursor - place.word), text + place.word);
    *ret = (struct completion){ .from = place.word };
    struct search search = { .found = ret, .lab = lab, .at = &place, .typed = typed };
    if (place.on_verb) {
        if (!place.command->actor.text)
            add_actors(&search, ":");
        add_verbs(&search, place.command->actor.text ? COMMAND_BY_ACTOR : COMMAND_BY_LAB);
    } else if (place.row) {
        add_arguments(&search);
    }
    command_place_release(&place);
}

const char *completion_common(const struct completion *completion, char *text, size_t size)
{
    size_t common = completion->count ? strlen(completion->candidates[0]) : 0;
    for (size_t i = 1; i < completion->count; i++)
        for (size_t c = 0; c < common; c++)
            if (completion->candidates[i][c] != completion->candidates[0][c])
                common = c;
    const char *last = common ? completion->candidates[0] + common - 1 : "";
    bool goes_on = *last == '.' || (*last == '=' && common > 1); /* the sign itself is a word */
    snprintf(text, size, "%.*s%s", (int)common, completion->count ? completion->candidates[0] : "",
             completion->count == 1 && !goes_on ? " " : "");
    return text;
}

size_t completion_list(const struct completion *completion, size_t first, int cells, char *text, size_t size)
{
    static const char more[] = "  ...";
    size_t used = 0, i = first;
    text[0] = '\0';
    for (; i < completion->count; i++) {
        const char *shown = completion->candidates[i] + completion->known;
        size_t needed = strlen(shown) + (used ? 2 : 0);
        size_t reserved = i + 1 < completion->count ? strlen(more) : 0;
        if (used && ((int)(used + needed + reserved) > cells || used + needed + sizeof more > size)) {
            snprintf(text + used, size - used, more);
            break;
        }
        used += (size_t)snprintf(text + used, size - used, "%s%s", used ? "  " : "", shown);
    }
    return i;
}
