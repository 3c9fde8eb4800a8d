#include "keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static const struct {
    const char *name;
    struct key key;
} key_table[] = {
    { "Enter", { .key = VTERM_KEY_ENTER } },
    { "Tab", { .key = VTERM_KEY_TAB } },
    { "Backspace", { .key = VTERM_KEY_BACKSPACE } },
    { "Esc", { .key = VTERM_KEY_ESCAPE } },
    { "Up", { .key = VTERM_KEY_UP } },
    { "Down", { .key = VTERM_KEY_DOWN } },
    { "Left", { .key = VTERM_KEY_LEFT } },
    { "Right", { .key = VTERM_KEY_RIGHT } },
    { "Insert", { .key = VTERM_KEY_INS } },
    { "Delete", { .key = VTERM_KEY_DEL } },
    { "Home", { .key = VTERM_KEY_HOME } },
    { "End", { .key = VTERM_KEY_END } },
    { "PgUp", { .key = VTERM_KEY_PAGEUP } },
    { "PgDn", { .key = VTERM_KEY_PAGEDOWN } },
    { "Space", { .character = ' ' } },
    { "lt", { .character = '<' } },
};

/* One character; 0 bytes when it is none. */
static size_t read_character(const char *text, struct key *ret)
{
    wchar_t character;
    size_t length = mbrtowc(&character, text, strlen(text), &(mbstate_t){ 0 });

    if (length == 0 || length > strlen(text))
        return 0;
    *ret = (struct key){ .character = (uint32_t)character };
    return length;
}

/* <C-c>, <A-o> and <F7>. */
static int read_compound(const char *name, struct key *ret)
{
    char *end;

    if ((name[0] == 'C' || name[0] == 'A') && name[1] == '-' && name[2] && name[3] == '\0') {
        ret->character = (unsigned char)name[2];
        ret->modifier = name[0] == 'C' ? VTERM_MOD_CTRL : VTERM_MOD_ALT;
        return 0;
    }
    if (name[0] == 'F') {
        long number = strtol(name + 1, &end, 10);
        if (*end == '\0' && number >= 1 && number <= 12) {
            ret->key = (VTermKey)VTERM_KEY_FUNCTION(number);
            return 0;
        }
    }
    return -1;
}

size_t key_read(const char *text, struct key *ret)
{
    const char *end = text[0] == '<' ? strchr(text, '>') : NULL;
    char name[16];

    *ret = (struct key){ 0 };
    if (!end)
        return read_character(text, ret);
    snprintf(name, sizeof(name), "%.*s", (int)(end - text - 1), text + 1);
    for (size_t i = 0; i < sizeof(key_table) / sizeof(key_table[0]); i++) {
        if (strcmp(key_table[i].name, name) == 0) {
            *ret = key_table[i].key;
            return (size_t)(end + 1 - text);
        }
    }
    return read_compound(name, ret) == 0 ? (size_t)(end + 1 - text) : 0;
}
