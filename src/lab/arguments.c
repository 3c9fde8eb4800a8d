#include "lab/arguments.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/command_table.h"
#include "lab/members.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_MS = 3600 * 1000 };

/* Which word each rule was given, NULL: none. A rule that repeats has all words from its own on. */
struct assignment {
    const struct script_word *words[COMMAND_RULES_MAX];
};

static const char *option_key(enum argument_kind kind)
{
    switch (kind) {
    case ARGUMENT_COUNT: return "count";
    case ARGUMENT_NICE: return "nice";
    case ARGUMENT_PIN: return "cpu";
    default: return NULL;
    }
}

static bool whole_number(const char *text, long min, long max)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    return *text && *text != ' ' && *text != '+' && !*end && !errno && number >= min && number <= max;
}

static bool is_one_of(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; length && at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, word, length) == 0 && (at[length] == '|' || !at[length]))
            return true;
    return false;
}

/* What is wrong with the text, translated; NULL: nothing. */
static const char *check_number(enum argument_kind kind, const char *text)
{
    switch (kind) {
    case ARGUMENT_COUNT:
        return whole_number(text, 1, COMMAND_COUNT_MAX) ? NULL : _("a count is a number from 1 to 63");
    case ARGUMENT_NICE:
    case ARGUMENT_NUMBER: return whole_number(text, -1000000, 1000000) ? NULL : _("this is no whole number");
    case ARGUMENT_STATUS:
        return whole_number(text, 0, 255) ? NULL : _("an exit status is a number from 0 to 255");
    case ARGUMENT_TIME:
        return whole_number(text, 1, LONGEST_MS) ? NULL
                                                 : _("a time is a number of milliseconds, an hour at most");
    case ARGUMENT_PRIORITY:
        return whole_number(text, 0, 99) ? NULL : _("a priority is a number from 0 to 99");
    case ARGUMENT_CPU:
    case ARGUMENT_PIN:
        return whole_number(text, 0, CPU_SETSIZE - 1) || (kind == ARGUMENT_CPU && strcmp(text, "all") == 0)
                   ? NULL
                   : _("this is no number of a CPU");
    default: return NULL;
    }
}

static const char *check_text(const struct argument_rule *rule, const char *text)
{
    switch (rule->kind) {
    case ARGUMENT_ACTOR: return script_is_name(text) ? NULL : _("this is no actor's name");
    case ARGUMENT_CHILD:
        return script_is_name(text) || strcmp(text, "-1") == 0 ? NULL : _("this is no actor's name, nor -1");
    case ARGUMENT_GROUP:
        return script_is_name(text) || strcmp(text, "0") == 0 ? NULL : _("this is no actor's name, nor 0");
    case ARGUMENT_NAME:
        if (!script_is_name(text))
            return _("a name is a-z, 0-9, _ or -, begins with a letter and has at most 15 of them");
        return command_is_verb(text) || strcmp(text, "all") == 0
                   ? _("this word cannot be a name: it is a command")
                   : NULL;
    case ARGUMENT_SIGNAL: return signal_number(text) ? NULL : _("there is no such signal");
    case ARGUMENT_CHOICE:
        return is_one_of(rule->words, text) ? NULL : _("this word is none of those that may stand here");
    case ARGUMENT_TEXT: return *text ? NULL : _("the name of a program is missing");
    default: return check_number(rule->kind, text);
    }
}

static int wrong(const struct command *row, const struct script_command *command,
                 const struct script_word *word, const char *why, struct lab_error *ret_error)
{
    return script_fail(ret_error, command->line, word->column, _("%s. Usage: %s%s %s"), why,
                       row->by == COMMAND_BY_ACTOR ? "ACTOR: " : "", row->verb, row->usage);
}

/* The index of the rule a word falls under, COMMAND_RULES_MAX: none. *positional is the next that has no key.
 */
static size_t rule_for(const struct command *row, const struct script_word *word, size_t *positional)
{
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const char *key = option_key(row->arguments[i].kind);
        if (key && script_option(word, key))
            return i;
    }
    while (*positional < COMMAND_RULES_MAX && option_key(row->arguments[*positional].kind))
        ++*positional;
    if (*positional == COMMAND_RULES_MAX || !row->arguments[*positional].kind)
        return COMMAND_RULES_MAX;
    return (*positional)++;
}

/* Returns why the words do not fit the rules, with *ret_wrong the word at which they do not; NULL: they do.
 */
static const char *assign(const struct command *row, const struct script_command *command,
                          struct assignment *ret, const struct script_word **ret_wrong)
{
    size_t positional = 0;
    *ret = (struct assignment){ { NULL } };
    for (size_t i = 0; i < command->arg_count; i++) {
        const struct script_word *word = &command->args[i];
        size_t rule = rule_for(row, word, &positional);
        *ret_wrong = word;
        if (rule == COMMAND_RULES_MAX)
            return _("this is one argument too many");
        if (ret->words[rule])
            return _("this is given twice");
        ret->words[rule] = word;
        if (row->arguments[rule].repeats)
            break;
    }
    *ret_wrong = &command->verb;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++)
        if (!ret->words[i] && !row->arguments[i].optional)
            return _("an argument is missing");
    return NULL;
}

static const char *value_of(const struct argument_rule *rule, const struct script_word *word)
{
    const char *key = option_key(rule->kind);
    return key ? script_option(word, key) : word->text;
}

int arguments_check(const struct command *row, const struct script_command *command,
                    struct lab_error *ret_error)
{
    struct assignment assignment;
    const struct script_word *word;
    const char *why = assign(row, command, &assignment, &word);
    if (why)
        return wrong(row, command, word, why, ret_error);
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        if (!assignment.words[i])
            continue;
        why = check_text(&row->arguments[i], value_of(&row->arguments[i], assignment.words[i]));
        if (why)
            return wrong(row, command, assignment.words[i], why, ret_error);
    }
    return 0;
}

static int encode_word(const struct lab *lab, enum argument_kind kind, const char *text,
                       struct channel_text *to)
{
    const struct member *member;
    switch (kind) {
    case ARGUMENT_CHILD:
    case ARGUMENT_GROUP:
    case ARGUMENT_ACTOR:
        if (!script_is_name(text))
            break;
        member = member_by_name(lab, text);
        if (!member)
            return -ENOENT;
        channel_put(to, "%d", (int)member->actor.id.pid);
        return 0;
    case ARGUMENT_SIGNAL:
        channel_put(to, "%d", signal_number(text));
        channel_put(to, "%s", signal_name(signal_number(text)));
        return 0;
    default: break;
    }
    channel_put(to, "%s", text);
    return 0;
}

int arguments_encode(const struct lab *lab, const struct command *row, const struct script_command *command,
                     struct channel_text *text, const struct script_word **ret_wrong)
{
    struct assignment assignment;
    if (assign(row, command, &assignment, ret_wrong))
        return -EINVAL;
    const struct script_word *end = command->args + command->arg_count;
    for (size_t i = 0; i < COMMAND_RULES_MAX && row->arguments[i].kind; i++) {
        const struct argument_rule *rule = &row->arguments[i];
        const struct script_word *word = assignment.words[i];
        if (!word && rule->absent)
            channel_put(text, "%s", rule->absent);
        for (int r; word; word = rule->repeats && word + 1 < end ? word + 1 : NULL) {
            *ret_wrong = word;
            r = encode_word(lab, rule->kind, value_of(rule, word), text);
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

const struct script_word *arguments_name(const struct command *row, const struct script_command *command)
{
    struct assignment assignment;
    const struct script_word *word;
    if (assign(row, command, &assignment, &word))
        return NULL;
    for (size_t i = 0; i < COMMAND_RULES_MAX; i++)
        if (row->arguments[i].kind == ARGUMENT_NAME)
            return assignment.words[i];
    return NULL;
}

long arguments_number(const struct script_word *word)
{
    return strtol(word->text, NULL, 10);
}
