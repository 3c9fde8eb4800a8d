#include "lab/shapes.h"

#include "lab/term.h"

#include <stdlib.h>
#include <string.h>

enum { LENGTH_MAX = 1024, VALUE_MAX = 1000000000 };

bool shape_is(const char *text)
{
    char *end;
    if (!*text || !strchr("ifc", *text))
        return false;
    if (!text[1])
        return true;
    if (text[1] != '[' || text[2] < '1' || text[2] > '9')
        return false;
    long count = strtol(text + 2, &end, 10);
    return strcmp(end, "]") == 0 && count <= LENGTH_MAX;
}

bool shape_takes(char type, const struct script_word *value)
{
    double number;
    bool is_number = !value->quoted && term_text_number(value->text, &number);
    bool is_whole = is_number && !value->text[strspn(value->text, "-0123456789")];
    switch (type) {
    case PROTOCOL_THING_INTS: return is_whole && number >= -VALUE_MAX && number <= VALUE_MAX;
    case PROTOCOL_THING_FLOATS: return is_number;
    case PROTOCOL_THING_BYTES:
        return is_number ? is_whole && number >= 0 && number <= 255 : strlen(value->text) == 1;
    default: return false;
    }
}

bool thing_has_elements(const struct thing *thing)
{
    return thing->kind == PROTOCOL_THING_INTS || thing->kind == PROTOCOL_THING_FLOATS ||
           thing->kind == PROTOCOL_THING_BYTES;
}

bool thing_has_element(const struct thing *thing, const char *text)
{
    const char *index = strchr(text, '[');
    if (!index)
        return thing->count == 1;
    return thing_has_elements(thing) && strtol(index + 1, NULL, 10) < thing->count;
}
