#include "lab/arguments.h"

#include "base/i18n.h"
#include "lab/argument_kinds.h"
#include "lab/command_table.h"
#include "lab/shapes.h"

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

/* What the words so far have led to. */
struct walk {
    size_t place;     /* the next rule that goes by the place of its word */
    size_t repeating; /* the rule that takes any number of words; COMMAND_RULES_MAX: none */
    size_t led;       /* the rule that the last word announced; COMMAND_RULES_MAX: none */
    bool further;     /* the last word was one more of a rule that repeats */
};

static const struct walk walk_start = { .repeating = COMMAND_RULES_MAX, .led = COMMAND_RULES_MAX };

/* The rule that the next word falls under; of a word that announces one, that; COMMAND_RULES_MAX: none. */
static size_t walk_on(const struct command *row, struct walk *walk, const struct script_word *word)
{
    size_t rule = walk->led;
    bool was_led = rule < COMMAND_RULES_MAX;
    walk->further = false;
    walk->led = was_led ? COMMAND_RULES_MAX : rule_led_by(row, word);
    if (walk->led < COMMAND_RULES_MAX) {
        walk->repeating = COMMAND_RULES_MAX;
        return walk->led;
    }
    walk->further = !was_led && walk->repeating < COMMAND_RULES_MAX;
    if (walk->further)
        return walk->repeating;
    if (!was_led)
        rule = rule_for(row, word, &walk->place);
    if (rule < COMMAND_RULES_MAX && row->arguments[rule].repeats)
        walk->repeating = rule;
    return rule;
}

const struct argument_rule *arguments_rule_of(const struct command *row, const struct script_command *command,
                                              size_t index)
{
    struct walk walk = walk_start;
    size_t rule = COMMAND_RULES_MAX;
    for (size_t i = 0; i <= index && i < command->arg_count; i++)
        rule = walk_on(row, &walk, &command->args[i]);
    return rule < COMMAND_RULES_MAX ? &row->arguments[rule] : NULL;
}

/* Returns why the words do not fit the rules, with *ret_wrong the word at which they do not; NULL: they do.
 */
static const char *assign(const struct command *row, const struct script_command *command,
                          struct assignment *ret, const struct script_word **ret_wrong)
{
    struct walk walk = walk_start;
    *ret = (struct assignment){ { NULL } };
    for (size_t i = 0; i < command->arg_count; i++) {
        const struct script_word *word = *ret_wrong = &command->args[i];
        size_t rule = walk_on(row, &walk, word);
        if (walk.led < COMMAND_RULES_MAX && i + 1 == command->arg_count)
            return _("something comes after this word");
        if (walk.led < COMMAND_RULES_MAX || walk.further)
            continue;
        if (rule == COMMAND_RULES_MAX)
            return _("this is one argument too many");
        if (ret->words[rule])
            return _("this is given twice");
        ret->words[rule] = word;
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

/* The word that stands under the rule of this kind. */
static const struct script_word *word_of(const struct command *row, const struct assignment *assignment,
                                         enum argument_kind kind)
{
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++)
        if (row->arguments[i].kind == kind)
            return assignment->words[i];
    return NULL;
}

/* Returns why the words do not fit each other, though each fits its rule; NULL: they do. */
static const char *clash(const struct command *row, const struct assignment *assignment,
                         const struct script_word **ret_wrong)
{
    const struct script_word *shape = word_of(row, assignment, ARGUMENT_SHAPE);
    const struct script_word *equals = word_of(row, assignment, ARGUMENT_EQUALS);
    const struct script_word *value = word_of(row, assignment, ARGUMENT_VALUE);
    *ret_wrong = value ? value : equals;
    if (shape && equals && !value)
        return _("an argument is missing");
    if (shape && value && strchr(shape->text, '['))
        return _("an array begins with zeros: it is given no value here");
    if (shape && value && !shape_takes(shape->text[0], value))
        return _("this is no value of that type");
    return NULL;
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
    why = clash(row, &assignment, &word);
    return why ? wrong(row, command, word, why, ret_error) : 0;
}

/* A rule without a word has its default, if there is one. */
static int encode_absent(const struct member *actor, const struct argument_rule *rule,
                         struct channel_text *text, const char **ret_wrong)
{
    *ret_wrong = rule->absent;
    if (rule->absent && rule->kind == ARGUMENT_THING)
        return argument_encode_thing(actor, rule, rule->absent, text);
    if (rule->absent)
        channel_put(text, "%s", rule->absent);
    return 0;
}

int arguments_encode(const struct lab *lab, const struct member *actor, const struct command *row,
                     const struct script_command *command, struct channel_text *text, const char **ret_wrong)
{
    struct assignment assignment;
    const struct script_word *word;
    if (assign(row, command, &assignment, &word))
        return -EINVAL;
    const struct script_word *target = word_of(row, &assignment, ARGUMENT_TARGET);
    if (!target)
        target = word_of(row, &assignment, ARGUMENT_ELEMENT);
    const struct thing *about = target ? argument_thing(actor, target->text) : NULL;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const struct argument_rule *rule = &row->arguments[i];
        word = assignment.words[i];
        int r = word ? 0 : encode_absent(actor, rule, text, ret_wrong);
        for (; r == 0 && word; word = next_word(row, command, rule, word)) {
            *ret_wrong = word->text;
            r = argument_encode(lab, actor, about, rule, word, value_of(rule, word), text);
        }
        if (r < 0)
            return r;
    }
    *ret_wrong = command->verb.text;
    return text->full ? -E2BIG : 0;
}

const char *arguments_new_thing(const struct command *row, const struct script_command *command)
{
    struct assignment assignment;
    const struct script_word *word;
    if (assign(row, command, &assignment, &word))
        return NULL;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const struct argument_rule *rule = &row->arguments[i];
        word = assignment.words[i];
        if (rule->kind == ARGUMENT_NEW_THING)
            return word ? word->text : rule->absent;
        if (rule->kind == ARGUMENT_TARGET && !strchr(word->text, '['))
            return word->text;
    }
    return NULL;
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
    return word_of(row, &assignment, kind);
}

long arguments_number(const struct script_word *word)
{
    return strtol(word->text, NULL, 10);
}
