#include "elements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool elements_are_in(const struct thing *thing)
{
    return thing->kind == PROTOCOL_THING_INTS || thing->kind == PROTOCOL_THING_FLOATS ||
           thing->kind == PROTOCOL_THING_BYTES;
}

size_t element_size(enum protocol_thing kind)
{
    switch (kind) {
    case PROTOCOL_THING_INTS: return sizeof(int);
    case PROTOCOL_THING_FLOATS: return sizeof(float);
    case PROTOCOL_THING_BYTES: return sizeof(unsigned char);
    default: return sizeof(long);
    }
}

const char *element_type(enum protocol_thing kind)
{
    switch (kind) {
    case PROTOCOL_THING_INTS: return "int";
    case PROTOCOL_THING_FLOATS: return "float";
    case PROTOCOL_THING_BYTES: return "unsigned char";
    default: return "long";
    }
}

void element_find(const struct thing *thing, int index, struct element *ret)
{
    size_t offset = index < 0 ? 0 : (size_t)index * element_size(thing->kind);
    ret->kind = thing->kind;
    ret->at = (char *)thing->memory + offset;
    if (index >= 0)
        snprintf(ret->text, sizeof ret->text, "%s[%d]", thing->name, index);
    else
        snprintf(ret->text, sizeof ret->text, "%s%s", elements_are_in(thing) ? "*" : "", thing->name);
    if (ret->text[0] == '*')
        snprintf(ret->where, sizeof ret->where, "%s = %p", thing->name, ret->at);
    else
        snprintf(ret->where, sizeof ret->where, "&%s = %p", ret->text, ret->at);
}

void element_set(const struct element *element, const char *value)
{
    bool is_text = value[0] == 't';
    switch (element->kind) {
    case PROTOCOL_THING_INTS: *(volatile int *)element->at = atoi(value + 1); break;
    case PROTOCOL_THING_FLOATS: *(volatile float *)element->at = strtof(value + 1, NULL); break;
    case PROTOCOL_THING_BYTES:
        *(volatile unsigned char *)element->at = (unsigned char)(is_text ? value[1] : atoi(value + 1));
        break;
    default: *(volatile long *)element->at = atol(value + 1);
    }
}

void element_add(const struct element *element, long step)
{
    switch (element->kind) {
    case PROTOCOL_THING_INTS: {
        volatile int *at = element->at;
        unsigned value = (unsigned)*at; /* what overflows goes round */
        value += (unsigned)step;
        *at = (int)value;
        break;
    }
    case PROTOCOL_THING_FLOATS: {
        volatile float *at = element->at;
        float value = *at;
        value += (float)step;
        *at = value;
        break;
    }
    case PROTOCOL_THING_BYTES: {
        volatile unsigned char *at = element->at;
        unsigned value = *at;
        value += (unsigned)step;
        *at = (unsigned char)value;
        break;
    }
    default: {
        volatile long *at = element->at;
        unsigned long value = (unsigned long)*at;
        value += (unsigned long)step;
        *at = (long)value;
    }
    }
}

const char *element_value(char *text, size_t size, const struct element *element)
{
    unsigned byte;
    switch (element->kind) {
    case PROTOCOL_THING_INTS: snprintf(text, size, "%d", *(volatile int *)element->at); break;
    case PROTOCOL_THING_FLOATS: snprintf(text, size, "%.9g", (double)*(volatile float *)element->at); break;
    case PROTOCOL_THING_BYTES:
        byte = *(volatile unsigned char *)element->at;
        if (byte >= ' ' && byte < 0x7f)
            snprintf(text, size, "%u /* '%s%c' */", byte, byte == '\'' || byte == '\\' ? "\\" : "",
                     (int)byte);
        else
            snprintf(text, size, "%u", byte);
        break;
    default: snprintf(text, size, "%ld", *(volatile long *)element->at);
    }
    return text;
}

const char *elements_text(char *text, size_t size, const struct thing *thing)
{
    size_t room = size - sizeof "...}", used = (size_t)snprintf(text, size, "{");
    for (long i = 0; i < thing->count; i++) {
        char one[32];
        struct element element;
        element_find(thing, (int)i, &element);
        element_value(one, sizeof one, &element);
        if (thing->kind == PROTOCOL_THING_BYTES)
            one[strcspn(one, " ")] = '\0';
        if (used + strlen(one) + 2 > room)
            return strcpy(text + used, "...}"), text;
        used += (size_t)sprintf(text + used, "%s%s", one, i + 1 < thing->count ? ", " : "");
    }
    strcpy(text + used, "}");
    return text;
}
