#include "model/recording_fields.h"

#include "model/recording_events.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum field_type { FIELD_INT, FIELD_UINT, FIELD_ULONG, FIELD_ULONGLONG, FIELD_STATE, FIELD_BOOL, FIELD_TEXT };

static const struct fact {
    const char *name;
    enum field_type type;
    size_t offset;
    json_int_t min, max; /* of the numbers */
} facts[] = {
#define FACT(name, type, member, min, max)                                                                   \
    {                                                                                                        \
        name, type, offsetof(struct process, member), min, max                                               \
    }
    FACT("pid", FIELD_INT, id.pid, 1, INT_MAX),
    FACT("start", FIELD_ULONGLONG, id.start, 0, RECORDING_START_MAX),
    FACT("ppid", FIELD_INT, ppid, 0, INT_MAX),
    FACT("pgrp", FIELD_INT, pgrp, -1, INT_MAX),
    FACT("session", FIELD_INT, session, -1, INT_MAX),
    FACT("tty", FIELD_INT, tty, INT_MIN, INT_MAX),
    FACT("tpgid", FIELD_INT, tpgid, -1, INT_MAX),
    FACT("flags", FIELD_ULONG, flags, 0, UINT32_MAX),
    FACT("ticks", FIELD_ULONGLONG, ticks, 0, INT64_MAX),
    FACT("spent", FIELD_UINT, ticks_spent, 0, UINT_MAX),
    FACT("priority", FIELD_INT, priority, -200, 200),
    FACT("nice", FIELD_INT, nice, -20, 19),
    FACT("threads", FIELD_INT, threads, 0, INT_MAX),
    FACT("rss", FIELD_ULONG, rss_kib, 0, INT64_MAX),
    FACT("cpu", FIELD_INT, processor, 0, INT_MAX),
    FACT("policy", FIELD_INT, policy, 0, INT_MAX),
    FACT("state", FIELD_STATE, state, 0, 0),
    FACT("locked", FIELD_BOOL, locked, 0, 0),
    FACT("euid", FIELD_UINT, euid, 0, UINT_MAX),
    FACT("comm", FIELD_TEXT, comm, 0, 0),
    FACT("args", FIELD_TEXT, cmdline, 0, 0),
    FACT("tty_name", FIELD_TEXT, tty_name, 0, 0),
};

enum { FACT_COUNT = sizeof facts / sizeof *facts };

static const void *place_of(const struct process *process, const struct fact *fact)
{
    return (const char *)process + fact->offset;
}

static json_int_t number_of(const struct process *process, const struct fact *fact)
{
    const void *place = place_of(process, fact);
    switch (fact->type) {
    case FIELD_INT: return *(const int *)place;
    case FIELD_UINT: return *(const unsigned *)place;
    case FIELD_ULONG: return (json_int_t) * (const unsigned long *)place;
    case FIELD_ULONGLONG: return (json_int_t) * (const unsigned long long *)place;
    default: return 0;
    }
}

static const char *text_of(const struct process *process, const struct fact *fact)
{
    return *(const char *const *)place_of(process, fact);
}

static bool is_same(const struct process *a, const struct process *b, const struct fact *fact)
{
    switch (fact->type) {
    case FIELD_STATE: return a->state == b->state;
    case FIELD_BOOL: return a->locked_known == b->locked_known && a->locked == b->locked;
    case FIELD_TEXT:
        return text_of(a, fact) && text_of(b, fact) && strcmp(text_of(a, fact), text_of(b, fact)) == 0;
    default: return number_of(a, fact) == number_of(b, fact);
    }
}

/* Whether the fact has a value at all. */
static bool is_known(const struct process *process, const struct fact *fact)
{
    if (fact->type == FIELD_BOOL)
        return process->locked_known;
    return fact->type != FIELD_TEXT || text_of(process, fact);
}

static json_t *fact_json(const struct process *process, const struct fact *fact)
{
    switch (fact->type) {
    case FIELD_STATE: return json_stringn(&process->state, 1);
    case FIELD_BOOL: return json_boolean(process->locked);
    case FIELD_TEXT: return recording_text(text_of(process, fact));
    default: return json_integer(number_of(process, fact));
    }
}

/* Identity stands in every object; what was used since the moment before follows from the CPU time, save in a
 * whole sample. */
static bool is_written(const struct process *process, const struct process *before, const struct fact *fact)
{
    bool of_identity = fact->offset < offsetof(struct process, tgid);
    if (of_identity || !is_known(process, fact))
        return of_identity;
    if (fact->offset == offsetof(struct process, ticks_spent))
        return !before && process->ticks_spent;
    return !before || !is_same(process, before, fact);
}

json_t *recording_fields_write(const struct process *process, const struct process *before)
{
    json_t *object = json_object();
    if (before && !process_id_equal(before->id, process->id))
        before = NULL;
    for (size_t i = 0; i < FACT_COUNT; i++)
        if (is_written(process, before, &facts[i]))
            json_object_set_new(object, facts[i].name, fact_json(process, &facts[i]));
    return object;
}

static bool read_number(const json_t *value, struct process *process, const struct fact *fact)
{
    void *place = (void *)place_of(process, fact);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < fact->min || number > fact->max)
        return false;
    switch (fact->type) {
    case FIELD_INT: *(int *)place = (int)number; break;
    case FIELD_UINT: *(unsigned *)place = (unsigned)number; break;
    case FIELD_ULONG: *(unsigned long *)place = (unsigned long)number; break;
    default: *(unsigned long long *)place = (unsigned long long)number; break;
    }
    return true;
}

static bool read_fact(const json_t *value, struct process *process, const struct fact *fact)
{
    const char *text = json_string_value(value);
    switch (fact->type) {
    case FIELD_STATE:
        if (!text || strlen(text) != 1 || !strchr("RSDTtZXIPKW", *text))
            return false;
        process->state = *text;
        return true;
    case FIELD_BOOL:
        process->locked_known = json_is_boolean(value);
        process->locked = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_TEXT: *(const char **)(void *)place_of(process, fact) = text; return text != NULL;
    default: return read_number(value, process, fact);
    }
}

bool recording_fields_read(const json_t *object, struct process *process, const char **ret_wrong)
{
    for (size_t i = 0; i < FACT_COUNT; i++) {
        const json_t *value = json_object_get(object, facts[i].name);
        *ret_wrong = facts[i].name;
        if (value && !read_fact(value, process, &facts[i]))
            return false;
    }
    return true;
}
