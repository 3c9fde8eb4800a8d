/* One key, or what the mouse did. */
#pragma once

#include <stdbool.h>

/* Codes of keys that are no character; characters are their Unicode code point. */
enum {
    KEYSTROKE_NONE = 0,
    KEYSTROKE_BASE = 0x200000, /* beyond Unicode */
    KEYSTROKE_UP = KEYSTROKE_BASE,
    KEYSTROKE_DOWN,
    KEYSTROKE_LEFT,
    KEYSTROKE_RIGHT,
    KEYSTROKE_PAGE_UP,
    KEYSTROKE_PAGE_DOWN,
    KEYSTROKE_HOME,
    KEYSTROKE_END,
    KEYSTROKE_DELETE,
    KEYSTROKE_F0, /* F1 is KEYSTROKE_F0 + 1 ... */
    KEYSTROKE_F12 = KEYSTROKE_F0 + 12,
    KEYSTROKE_CLICK, /* line and column say where */
    KEYSTROKE_WHEEL_UP,
    KEYSTROKE_WHEEL_DOWN,
};

#define KEYSTROKE_CTRL(letter) ((letter)&0x1f)
#define KEYSTROKE_ENTER        '\r'
#define KEYSTROKE_ESCAPE       0x1b
#define KEYSTROKE_BACKSPACE    0x7f
#define KEYSTROKE_TAB          '\t'

struct keystroke {
    int code;
    bool pasted; /* part of a bracketed paste */
    int line, column;
};

/* The code of a key's name as tables write it: "f", "F7", "Up", "PgUp", "Enter", "Space", "Ctrl-L";
 * KEYSTROKE_NONE for an unknown name. */
int keystroke_code(const char *name);
