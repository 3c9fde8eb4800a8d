#include "picture/json_text.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

json_t *json_text(const char *clean)
{
    char *text = xstrdup(clean);
    for (char *at = text; !text_locale_is_utf8() && *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    json_t *string = json_string(text);
    free(text);
    return string ? string : json_string("?");
}
