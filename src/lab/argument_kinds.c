#include "lab/argument_kinds.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "lab/command_table.h"
#include "lab/fields.h"
#include "lab/members.h"
#include "lab/shapes.h"
#include "lab/sockets.h"
#include "lab/things.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { POOL_NAME_MAX = 13 }; /* of 15: room for the letters and numbers behind it */
enum { PORT_MAX = 65535, LIST_MAX = 32 };

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

/* "x" or "x[2]". */
static bool is_thing(const char *text)
{
    char name[THING_NAME_SIZE];
    size_t length = strcspn(text, "[");
    if (length >= sizeof name)
        return false;
    memcpy(name, text, length);
    name[length] = '\0';
    if (!thing_is_name(name))
        return false;
    const char *index = text + length, *close = strchr(index, ']');
    if (!*index)
        return true;
    return close && !close[1] && close > index + 1 &&
           strspn(index + 1, "0123456789") == (size_t)(close - index - 1);
}

/* The words of a list are put together again: "[1," "2]". Writes the numbers, parted by blanks, to `to`. 0 or
 * -EINVAL. */
static int read_list(const char *text, char *to, size_t size)
{
    size_t length = strlen(text), count = 0, used = 0;
    if (length < 2 || text[0] != '[' || text[length - 1] != ']')
        return -EINVAL;
    to[0] = '\0';
    for (const char *at = text + 1; at < text + length - 1;) {
        char item[24];
        at += strspn(at, " ");
        size_t taken = strcspn(at, ",]");
        snprintf(item, sizeof item, "%.*s", (int)taken, at);
        if (!whole_number(item, -1000000000, 1000000000) || ++count > LIST_MAX)
            return -EINVAL;
        used += (size_t)snprintf(to + used, size - used, "%s%s", used ? " " : "", item);
        at += taken + 1;
    }
    return 0;
}

static bool is_address(const char *text)
{
    const char *dot = strchr(text, '.');
    char actor[16];
    if (!dot)
        return whole_number(text, 1, PORT_MAX);
    if ((size_t)(dot - text) >= sizeof actor)
        return false;
    memcpy(actor, text, (size_t)(dot - text));
    actor[dot - text] = '\0';
    return script_is_name(actor) && thing_is_name(dot + 1);
}

static const char *check_new_thing(const char *text)
{
    if (!thing_is_name(text))
        return _("a thing is named as a variable of C, with at most 15 characters");
    return field_is_known(text) ? _("this word cannot be a name: every actor has a field of that name")
                                : NULL;
}

static const char *check_new_value(const char *text)
{
    if (!thing_is_name(text))
        return _("a value is named as a variable of C, with at most 15 characters");
    return field_is_of_lab(text) ? _("this word cannot be a name: the lab has a field of that name") : NULL;
}

/* The index of a name says that the thing is there already. */
static const char *check_target(const char *text)
{
    return is_thing(text) && strchr(text, '[') ? NULL : check_new_thing(text);
}

/* Queues are named after it as things are, and workers as actors are. */
static const char *check_pool(const char *text, bool is_new)
{
    if (!thing_is_name(text) || !script_is_name(text) || strlen(text) > POOL_NAME_MAX)
        return _("a pool is named by a-z, 0-9 and _, begins with a letter and has at most 13 of them");
    return is_new ? check_new_thing(text) : NULL;
}

static const char *check_new_actor(const char *text)
{
    if (!script_is_name(text))
        return _("a name is a-z, 0-9, _ or -, begins with a letter and has at most 15 of them");
    return command_is_verb(text) || strcmp(text, "all") == 0 || strcmp(text, "lab") == 0
               ? _("this word cannot be a name: the command language uses it")
               : NULL;
}

static const char *check_number(const struct argument_rule *rule, const char *value, char *why)
{
    if (whole_number(value, rule->min, rule->max))
        return NULL;
    snprintf(why, ARGUMENT_WHY_SIZE, _("this is no whole number from %ld to %ld"), rule->min, rule->max);
    return why;
}

static const char *check_signal(const struct argument_rule *rule, const char *value)
{
    int number = signal_number(value);
    if (!number)
        return _("there is no such signal");
    return rule->words && number == signal_number(rule->words)
               ? _("SIGURG is forklore's own: it releases actors from calls")
               : NULL;
}

const char *argument_check(const struct argument_rule *rule, const struct script_word *word,
                           const char *value, char *why)
{
    char list[LIST_MAX * 12];
    int64_t span;
    switch (rule->kind) {
    case ARGUMENT_ACTOR: return script_is_name(value) ? NULL : _("this is no actor's name");
    case ARGUMENT_CHILD:
        return script_is_name(value) || strcmp(value, "-1") == 0 ? NULL
                                                                 : _("this is no actor's name, nor -1");
    case ARGUMENT_GROUP:
        return script_is_name(value) || strcmp(value, "0") == 0 ? NULL : _("this is no actor's name, nor 0");
    case ARGUMENT_NAME: return check_new_actor(value);
    case ARGUMENT_NEW_THING: return check_new_thing(value);
    case ARGUMENT_NEW_VALUE: return check_new_value(value);
    case ARGUMENT_NEW_POOL: return check_pool(value, true);
    case ARGUMENT_POOL: return check_pool(value, false);
    case ARGUMENT_TARGET: return check_target(value);
    case ARGUMENT_ELEMENT:
    case ARGUMENT_THING: return is_thing(value) ? NULL : _("this is no name of a thing, nor NAME[INDEX]");
    case ARGUMENT_EQUALS:
        return strcmp(value, "=") == 0 && !word->quoted ? NULL : _("here stands the sign =");
    case ARGUMENT_LIST:
        return read_list(value, list, sizeof list) == 0 ? NULL
                                                        : _("a list is written [1,2,3], 32 numbers at most");
    case ARGUMENT_SHAPE:
        return shape_is(value) ? NULL
                               : _("a type is i, f or c, or with a length, such as i[10], 1024 at most");
    case ARGUMENT_NUMBER: return check_number(rule, value, why);
    case ARGUMENT_CPU:
        if (strcmp(value, "all") == 0)
            return NULL;
        /* fall through */
    case ARGUMENT_PIN:
        return whole_number(value, 0, CPU_SETSIZE - 1) ? NULL : _("this is no number of a CPU");
    case ARGUMENT_SPAN:
        return clock_parse_span(value, &span) == 0
                   ? NULL
                   : _("a time is written 300ms or 2s, and is an hour at most");
    case ARGUMENT_SIGNAL: return check_signal(rule, value);
    case ARGUMENT_ADDRESS:
        return is_address(value) ? NULL : _("an address is ACTOR.SOCKET, or the number of a port");
    case ARGUMENT_PORT:
        return is_address(value) ? NULL
                                 : _("a port is a number from 1 to 65535, or ACTOR.SOCKET: that one's");
    case ARGUMENT_LOCK: return is_one_of("yes|no", value) ? NULL : _("here stands yes or no");
    case ARGUMENT_CHOICE:
        return is_one_of(rule->words, value) ? NULL : _("this word is none of those that may stand here");
    case ARGUMENT_TEXT: return *value ? NULL : _("this text is empty");
    default: return NULL;
    }
}

/* Ports that are not an actor's are somebody else's: a lab file must not reach them. Ports of UDP and TCP are
 * not the same ones. */
static int encode_address(const struct lab *lab, const struct argument_rule *rule, const char *value,
                          struct channel_text *to)
{
    const char *dot = strchr(value, '.');
    long type = strcmp(rule->words, "udp") == 0 ? SOCK_DGRAM : SOCK_STREAM;
    char name[16];
    if (!dot) {
        if (!sockets_exist(lab, type, strtol(value, NULL, 10)))
            return -EHOSTUNREACH;
        channel_put(to, "%s", value);
        return 0;
    }
    snprintf(name, sizeof name, "%.*s", (int)(dot - value), value);
    const struct member *member = member_by_name(lab, name);
    const struct thing *thing = member ? things_find(&member->things, dot + 1) : NULL;
    if (!thing || !member_is_living(member) || thing->kind != PROTOCOL_THING_SOCKET || thing->count != type)
        return -EHOSTUNREACH;
    channel_put(to, "%ld", thing->number);
    return 0;
}

const struct thing *argument_thing(const struct member *actor, const char *text)
{
    char name[THING_NAME_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "["), text);
    return things_find(&actor->things, name);
}

/* That the actor has it, and of which kind, is known here: a mistake is told before anything is done. */
int argument_encode_thing(const struct member *actor, const struct argument_rule *rule, const char *value,
                          struct channel_text *to)
{
    const struct thing *thing = argument_thing(actor, value);
    if (!thing)
        return -ENXIO;
    if (rule->words && !strchr(rule->words, thing->kind))
        return -EBADF;
    bool one = rule->kind != ARGUMENT_THING || (strchr(value, '[') && thing_has_elements(thing));
    if (one && !thing_has_element(thing, value))
        return -ERANGE;
    channel_put(to, "%s", value);
    return 0;
}

/* A new name, or one whose thing gives way, has no element. */
static int encode_target(const struct member *actor, const struct thing *about,
                         const struct argument_rule *rule, const char *value, struct channel_text *to)
{
    if (strchr(value, '[') || (about && thing_has_elements(about)))
        return argument_encode_thing(actor, rule, value, to);
    channel_put(to, "%s", value);
    return 0;
}

static int encode_value(const struct thing *about, const struct script_word *word, const char *value,
                        struct channel_text *to)
{
    if (about && thing_has_elements(about) && !shape_takes((char)about->kind, word))
        return -EDOM;
    channel_put(to, "%c%s", !word->quoted && whole_number(value, -1000000000, 1000000000) ? 'n' : 't', value);
    return 0;
}

int argument_encode(const struct lab *lab, const struct member *actor, const struct thing *about,
                    const struct argument_rule *rule, const struct script_word *word, const char *value,
                    struct channel_text *to)
{
    const struct member *member;
    char list[LIST_MAX * 12] = "";
    switch (rule->kind) {
    case ARGUMENT_CHILD:
    case ARGUMENT_GROUP:
    case ARGUMENT_ACTOR:
        if (!script_is_name(value))
            break;
        member = member_by_name(lab, value);
        if (!member)
            return -ENOENT;
        channel_put(to, "%d", (int)member->actor.id.pid);
        return 0;
    case ARGUMENT_SIGNAL:
        channel_put(to, "%d", signal_number(value));
        channel_put(to, "%s", signal_name(signal_number(value)));
        return 0;
    case ARGUMENT_VALUE: return encode_value(about, word, value, to);
    case ARGUMENT_LIST:
        read_list(value, list, sizeof list);
        channel_put(to, "%s", list);
        return 0;
    case ARGUMENT_ELEMENT:
    case ARGUMENT_THING: return argument_encode_thing(actor, rule, value, to);
    case ARGUMENT_TARGET: return encode_target(actor, about, rule, value, to);
    case ARGUMENT_LOCK:
        if (strcmp(value, "yes") == 0 && !(about && thing_has_elements(about)))
            return -ENOLCK;
        break;
    case ARGUMENT_PORT:
        if (!strchr(value, '.'))
            break;
        /* fall through */
    case ARGUMENT_ADDRESS: return encode_address(lab, rule, value, to);
    case ARGUMENT_EQUALS: return 0;
    default: break;
    }
    channel_put(to, "%s", value);
    return 0;
}
