#include "lab/argument_words.h"

#include "base/i18n.h"
#include "lab/protocol.h"

#include <stdio.h>
#include <string.h>

/* Bounds that are only there to keep a number within its type are not worth telling. */
static void describe_number(const struct argument_rule *rule, char *text, size_t size)
{
    if (rule->min <= -1000000 && rule->max >= 1000000)
        snprintf(text, size, "%s", _("a whole number"));
    else
        snprintf(text, size, _("a whole number from %ld to %ld"), rule->min, rule->max);
}

/* "other|batch|idle" is told as "other, batch, idle". */
static void describe_choice(const struct argument_rule *rule, char *text, size_t size)
{
    char words[120] = "";
    size_t used = 0;
    for (const char *at = rule->words; at && *at && used + 3 < sizeof words; at++)
        used += (size_t)snprintf(words + used, sizeof words - used, *at == '|' ? ", " : "%c", *at);
    snprintf(text, size, strchr(rule->words, '|') ? _("one of these words: %s") : _("the word %s"), words);
}

/* Told once: three kinds are shared memory. */
static void describe_thing(const struct argument_rule *rule, char *text, size_t size)
{
    static const struct {
        char kinds[4];
        const char *word;
    } things[] = {
        { { PROTOCOL_THING_NUMBER }, N_("a number") },
        { { PROTOCOL_THING_TEXT }, N_("a text") },
        { { PROTOCOL_THING_LIST }, N_("a list") },
        { { PROTOCOL_THING_INTS, PROTOCOL_THING_FLOATS, PROTOCOL_THING_BYTES }, N_("shared memory") },
        { { PROTOCOL_THING_MEMORY }, N_("memory") },
        { { PROTOCOL_THING_SEMAPHORE }, N_("a semaphore") },
        { { PROTOCOL_THING_DESCRIPTOR }, N_("a descriptor") },
        { { PROTOCOL_THING_STREAM }, N_("a stream") },
        { { PROTOCOL_THING_PIPE }, N_("a pipe") },
        { { PROTOCOL_THING_QUEUE }, N_("a queue") },
        { { PROTOCOL_THING_SOCKET }, N_("a socket") },
    };
    char words[160] = "";
    for (size_t i = 0; rule->words && i < sizeof things / sizeof *things; i++)
        if (strpbrk(rule->words, things[i].kinds)) {
            size_t used = strlen(words);
            snprintf(words + used, sizeof words - used, "%s%s", used ? _(", ") : "", _(things[i].word));
        }
    if (words[0])
        snprintf(text, size, _("the name of what it has: %s"), words);
    else
        snprintf(text, size, "%s", _("the name of a thing that it has, such as x or x[0]"));
}

const char *argument_describe(const struct argument_rule *rule, char *text, size_t size)
{
    static const char *const words[] = {
        [ARGUMENT_ACTOR] = N_("the name of an actor"),
        [ARGUMENT_CHILD] = N_("the name of an actor; -1: any child"),
        [ARGUMENT_GROUP] = N_("the name of an actor; 0: itself"),
        [ARGUMENT_NAME] = N_("a name in small letters; without one the next letter"),
        [ARGUMENT_NEW_THING] = N_("a new name, as a variable of C has"),
        [ARGUMENT_TARGET] = N_("a name, as a variable of C has; in shared memory also x[0]"),
        [ARGUMENT_ELEMENT] = N_("the name of a number that it has; in shared memory also x[0]"),
        [ARGUMENT_LOCK] = N_("yes or no"),
        [ARGUMENT_NEW_POOL] = N_("a new name for a pool of workers"),
        [ARGUMENT_POOL] = N_("the name of a pool that it has"),
        [ARGUMENT_EQUALS] = N_("the sign ="),
        [ARGUMENT_VALUE] = N_("a number, or a text in quotes"),
        [ARGUMENT_LIST] = N_("a list of numbers, such as [1,2,3]"),
        [ARGUMENT_SHAPE] = N_("a type, i, f or c; i[10] is ten of them"),
        [ARGUMENT_CPU] = N_("the number of a CPU, from 0; all: any CPU"),
        [ARGUMENT_PIN] = N_("the number of a CPU, from 0"),
        [ARGUMENT_SPAN] = N_("a time, such as 300ms or 2s"),
        [ARGUMENT_SIGNAL] = N_("a signal: TERM, SIGTERM or 15"),
        [ARGUMENT_ADDRESS] = N_("an address: ACTOR.SOCKET, or the number of a port"),
        [ARGUMENT_PORT] = N_("the number of a port, or ACTOR.SOCKET, which has it"),
        [ARGUMENT_TEXT] = N_("a text, in quotes when there are blanks in it"),
        [ARGUMENT_ANY] = N_("a text, in quotes when there are blanks in it"),
        [ARGUMENT_NEW_VALUE] = N_("a new name, as a variable of C has: lab.NAME from then on"),
        [ARGUMENT_TERM] = N_("OBJECT.FIELD, such as a.stat"),
        [ARGUMENT_EXPECTATION] = N_("a number, a text, or OBJECT.FIELD, such as a.stat"),
    };
    text[0] = '\0';
    if (rule->kind == ARGUMENT_NUMBER)
        describe_number(rule, text, size);
    else if (rule->kind == ARGUMENT_CHOICE)
        describe_choice(rule, text, size);
    else if (rule->kind == ARGUMENT_THING)
        describe_thing(rule, text, size);
    else if (rule->kind < sizeof words / sizeof *words && words[rule->kind])
        snprintf(text, size, "%s", _(words[rule->kind]));
    return text;
}
