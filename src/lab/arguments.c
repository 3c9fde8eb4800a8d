#include "lab/arguments.h"

#include "base/i18n.h"
#include "lab/argument_kinds.h"
#include "lab/command_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Which word each rule was given, NULL: none. A rule that repeats has all words from its own on. */
struct assignment {
    const struct script_word *words[COMMAND_RULES_MAX];
};

static int wrong(const struct command *row, const struct script_command *command,
                 const struct script_word *word, const char *why, struct lab_error *ret_error)
{
    return script_fail(ret_error, command->line, word->column, _("%s. Usage: %s%s %s"), why,
                       row->by == COMMAND_BY_ACTOR ? "ACTOR: " : "", row->verb, row->usage);
}

/* The index of the rule a word falls under, COMMAND_RULES_MAX: none. *place is the next rule that goes by the
 * place of its word. */
static size_t rule_for(const struct command *row, const struct script_word *word, size_t *place)
{
    const struct argument_rule *rules = row->arguments;
    for (size_t i = 0; i < COMMAND_RULES_MAX && rules[i].kind; i++)
        if (rules[i].key && script_option(word, rules[i].key))
            return i;
    while (*place < COMMAND_RULES_MAX && rules[*place].key)
        ++*place;
    if (*place == COMMAND_RULES_MAX || !rules[*place].kind)
        return COMMAND_RULES_MAX;
    return (*place)++;
}

/* The rule that this word announces, as "for" does a time; COMMAND_RULES_MAX: none. */
static size_t rule_led_by(const struct command *row, const struct script_word *word)
{
    size_t i = 0;
    while (i < COMMAND_RULES_MAX && row->arguments[i].kind &&
           (word->quoted || !row->arguments[i].lead || strcmp(word->text, row->arguments[i].lead) != 0))
        i++;
    return i < COMMAND_RULES_MAX && row->arguments[i].kind ? i : COMMAND_RULES_MAX;
}

/* Returns why the words do not fit the rules, with *ret_wrong the word at which they do not; NULL: they do.
 */
static const char *assign(const struct command *row, const struct script_command *command,
                          struct assignment *ret, const struct script_word **ret_wrong)
{
    size_t place = 0, repeating = COMMAND_RULES_MAX;
    *ret = (struct assignment){ { NULL } };
    for (size_t i = 0; i < command->arg_count; i++) {
        const struct script_word *word = &command->args[i];
        size_t rule = rule_led_by(row, word);
        *ret_wrong = word;
        if (rule < COMMAND_RULES_MAX) {
            if (++i == command->arg_count)
                return _("something comes after this word");
            word = *ret_wrong = &command->args[i];
            repeating = COMMAND_RULES_MAX;
        } else if (repeating < COMMAND_RULES_MAX) {
            continue;
        } else {
            rule = rule_for(row, word, &place);
        }
        if (rule == COMMAND_RULES_MAX)
            return _("this is one argument too many");
        if (ret->words[rule])
            return _("this is given twice");
        ret->words[rule] = word;
        if (row->arguments[rule].repeats)
            repeating = rule;
    }
    *ret_wrong = &command->verb;
    return NULL;
}

static bool is_complete(const struct command *row, const struct assignment *assignment)
{
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++)
        if (!assignment->words[i] && !row->arguments[i].optional)
            return false;
    return true;
}

static const char *value_of(const struct argument_rule *rule, const struct script_word *word)
{
    return rule->key ? script_option(word, rule->key) : word->text;
}

/* The next word that falls under a rule that repeats; NULL: there is none. */
static const struct script_word *next_word(const struct command *row, const struct script_command *command,
                                           const struct argument_rule *rule, const struct script_word *word)
{
    const struct script_word *end = command->args + command->arg_count;
    if (!rule->repeats || ++word >= end || rule_led_by(row, word) < COMMAND_RULES_MAX)
        return NULL;
    return word;
}

int arguments_check(const struct command *row, const struct script_command *command,
                    struct lab_error *ret_error)
{
    struct assignment assignment;
    const struct script_word *word;
    char text[ARGUMENT_WHY_SIZE];
    const char *why = assign(row, command, &assignment, &word);
    if (why)
        return wrong(row, command, word, why, ret_error);
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const struct argument_rule *rule = &row->arguments[i];
        for (word = assignment.words[i]; word; word = next_word(row, command, rule, word)) {
            why = argument_check(rule, word, value_of(rule, word), text);
            if (why)
                return wrong(row, command, word, why, ret_error);
        }
    }
    if (!is_complete(row, &assignment))
        return wrong(row, command, &command->verb, _("an argument is missing"), ret_error);
    return 0;
}

int arguments_encode(const struct lab *lab, const struct member *actor, const struct command *row,
                     const struct script_command *command, struct channel_text *text,
                     const struct script_word **ret_wrong)
{
    struct assignment assignment;
    if (assign(row, command, &assignment, ret_wrong))
        return -EINVAL;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const struct argument_rule *rule = &row->arguments[i];
        const struct script_word *word = assignment.words[i];
        if (!word && rule->absent)
            channel_put(text, "%s", rule->absent);
        for (; word; word = next_word(row, command, rule, word)) {
            *ret_wrong = word;
            int r = argument_encode(lab, actor, rule, word, value_of(rule, word), text);
            if (r < 0)
                return r;
        }
    }
    *ret_wrong = &command->verb;
    return text->full ? -E2BIG : 0;
}

long arguments_option(const struct script_command *command, const char *key, long otherwise)
{
    for (size_t i = 0; i < command->arg_count; i++) {
        const char *value = script_option(&command->args[i], key);
        if (value)
            return strtol(value, NULL, 10);
    }
    return otherwise;
}

const struct script_word *arguments_find(const struct command *row, const struct script_command *command,
                                         enum argument_kind kind)
{
    struct assignment assignment;
    const struct script_word *word;
    if (assign(row, command, &assignment, &word))
        return NULL;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++)
        if (row->arguments[i].kind == kind)
            return assignment.words[i];
    return NULL;
}

long arguments_number(const struct script_word *word)
{
    return strtol(word->text, NULL, 10);
}
