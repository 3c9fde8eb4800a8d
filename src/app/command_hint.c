#include "app/command_hint.h"

#include "app/command_place.h"
#include "base/i18n.h"
#include "lab/argument_words.h"

#include <stdio.h>
#include <string.h>

/* The next argument that the usage names. Of several ways to write them only the first has them in the order
 * of the rules: it ends at a | behind a bracket. */
static size_t token_length(const char *at)
{
    size_t length = 0;
    while (at[length] && at[length] != ' ' && (at[length] != '|' || length == 0 || at[length - 1] != ']'))
        length++;
    return length;
}

/* "for T" is one argument, in brackets or not. */
static size_t extend_over_lead(const char *usage, size_t from, size_t to)
{
    if (usage[from] == '[')
        return from + strcspn(usage + from, "]") + 1;
    return usage[to] == ' ' ? to + 1 + token_length(usage + to + 1) : to;
}

static bool begins_with(const char *token, const char *word, char after)
{
    size_t length = strlen(word);
    token += *token == '[';
    return strncmp(token, word, length) == 0 && token[length] == after;
}

/* The rule that is written as this part of the usage: an option, or one that a word announces; NULL: one that
 * goes by its place. */
static const struct argument_rule *announced(const struct command *row, const char *token)
{
    const struct argument_rule *rules = row->arguments;
    for (size_t i = 0; i < COMMAND_RULES_MAX && rules[i].kind; i++)
        if (rules[i].key ? begins_with(token, rules[i].key, '=')
                         : rules[i].lead && begins_with(token, rules[i].lead, ' '))
            return &rules[i];
    return NULL;
}

static size_t place_of(const struct command *row, const struct argument_rule *rule)
{
    size_t place = 0;
    for (const struct argument_rule *before = row->arguments; before < rule; before++)
        place += !before->key && !before->lead;
    return place;
}

bool command_usage_find(const struct command *row, const struct argument_rule *rule, size_t *ret_from,
                        size_t *ret_to)
{
    size_t place = 0, wanted = place_of(row, rule);
    for (size_t from = 0, to; row->usage[from] && row->usage[from] != '|';
         from = to + (row->usage[to] == ' ')) {
        to = from + token_length(row->usage + from);
        const struct argument_rule *found = announced(row, row->usage + from);
        if (found && found->lead)
            to = extend_over_lead(row->usage, from, to);
        if (found ? found == rule : !rule->key && !rule->lead && place++ == wanted) {
            *ret_from = from;
            *ret_to = to;
            return true;
        }
    }
    return false;
}

/* The words of an expectation have their meaning by their number. Returns what stands there in the usage,
 * NULL: nothing. */
static const char *expectation_part(const struct command_place *place, const char **ret_words)
{
    const struct script_word *words = place->command->args;
    size_t index = place->index, left = 3;
    if (index > 1 && (strcmp(words[1].text, "exists") == 0 || strcmp(words[1].text, "gone") == 0))
        left = 2;
    if (index == 1) {
        *ret_words = _("= != < <= > >=, or ~: matches; or exists, or gone");
        return "OP ";
    }
    if (index < left) {
        *ret_words = index == 2 && strcmp(words[1].text, "~") == 0
                         ? _("a regular expression, such as ^Z")
                         : _("a number, a text, or OBJECT.FIELD, such as a.stat");
        return index == 0 ? "TERM " : "TERM|";
    }
    *ret_words = index == left       ? _("if wanted: within, and another time than 2 s")
                 : index == left + 1 ? _("a time, such as 300ms or 2s")
                                     : _("nothing more comes here");
    return index <= left + 1 ? "[within T]" : NULL;
}

static void hint_expectation(struct command_hint *ret, const struct command_place *place)
{
    const char *words, *part = expectation_part(place, &words),
                       *found = part ? strstr(ret->usage, part) : NULL;
    snprintf(ret->words, sizeof ret->words, "%s", words);
    if (!found)
        return;
    ret->marked = (size_t)(found - ret->usage);
    ret->marked_to = ret->marked + strcspn(part, *part == '[' ? "" : " |");
}

static void hint_argument(struct command_hint *ret, const struct command_place *place)
{
    const struct command *row = place->row;
    const struct argument_rule *rule = place->rule;
    char words[sizeof ret->words];
    size_t from, to, verb = strlen(row->verb) + 1;
    if (!rule) {
        snprintf(ret->words, sizeof ret->words, "%s",
                 *row->usage ? _("nothing more comes here") : _("it takes no arguments"));
        return;
    }
    if (rule->kind == ARGUMENT_EXPECTATION) {
        hint_expectation(ret, place);
        return;
    }
    if (!*argument_describe(rule, words, sizeof words))
        snprintf(words, sizeof words, "%s", _(row->help));
    snprintf(ret->words, sizeof ret->words, rule->optional ? _("if wanted: %s") : "%s", words);
    if (command_usage_find(row, rule, &from, &to)) {
        ret->marked = verb + from;
        ret->marked_to = verb + to;
    }
}

void command_hint_find(struct command_hint *ret, const char *text, size_t cursor)
{
    struct command_place place;
    size_t end = cursor + strcspn(text + cursor, " \t;\"");
    command_place_find(&place, text, end);
    *ret = (struct command_hint){ .usage = "" };
    const struct command *row = place.row;
    if (place.on_verb)
        row = command_find(place.command->verb.text,
                           place.command->actor.text ? COMMAND_BY_ACTOR : COMMAND_BY_LAB);
    if (row) {
        snprintf(ret->usage, sizeof ret->usage, *row->usage ? "%s %s" : "%s", row->verb, row->usage);
        if (place.on_verb)
            snprintf(ret->words, sizeof ret->words, "%s", _(row->help));
        else
            hint_argument(ret, &place);
    }
    command_place_release(&place);
}
