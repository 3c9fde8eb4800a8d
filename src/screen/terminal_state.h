/* The insides of a terminal: for the files terminal*.c alone. */
#pragma once

#include "screen/terminal.h"

#include <curses.h>
#include <signal.h>
#include <stdio.h>

/* define_key() codes for the brackets around pasted text. */
enum { PASTE_BEGINS = KEY_MAX + 1, PASTE_ENDS };

struct terminal {
    struct terminal_options options;
    SCREEN *screen;
    FILE *input;  /* the same terminal, opened once more so that reading never waits; NULL: stdin is read */
    FILE *output; /* of a terminal that nobody sees; NULL: stdout */
    struct termios before;
    struct sigaction suspend_before;
    char *restore;
    int colours;
    bool brackets_paste; /* terminals without a cursor key mode get no private sequences: vt52 and the like */
    bool pasting, gone;
    bool covered, was_covered; /* this frame, and the one before: see terminal_cover() */
    bool has_cursor;           /* this frame: see terminal_put_cursor() */
    int cursor_line, cursor_column;
};

/* After newterm(). */
void terminal_set_up_colours(struct terminal *terminal);
