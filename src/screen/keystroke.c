#include "screen/keystroke.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int code;
} named[] = {
    { "Up", KEYSTROKE_UP },         { "Down", KEYSTROKE_DOWN },
    { "Left", KEYSTROKE_LEFT },     { "Right", KEYSTROKE_RIGHT },
    { "PgUp", KEYSTROKE_PAGE_UP },  { "PgDn", KEYSTROKE_PAGE_DOWN },
    { "Home", KEYSTROKE_HOME },     { "End", KEYSTROKE_END },
    { "Delete", KEYSTROKE_DELETE }, { "Enter", KEYSTROKE_ENTER },
    { "Esc", KEYSTROKE_ESCAPE },    { "Backspace", KEYSTROKE_BACKSPACE },
    { "Tab", KEYSTROKE_TAB },       { "Space", ' ' },
};

int keystroke_code(const char *name)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, name) == 0)
            return named[i].code;
    if (strncmp(name, "Ctrl-", 5) == 0 && name[5] && !name[6])
        return KEYSTROKE_CTRL(name[5]);
    if (name[0] == 'F' && name[1]) {
        int number = atoi(name + 1);
        return number >= 1 && number <= 12 ? KEYSTROKE_F0 + number : KEYSTROKE_NONE;
    }
    return name[0] && !name[1] ? (unsigned char)name[0] : KEYSTROKE_NONE;
}
