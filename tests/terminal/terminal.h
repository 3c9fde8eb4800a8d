/* A terminal without a person: a pty, and the screen that libvterm makes of what a program writes to it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

struct terminal;

/* A terminal of this size in the state of a fresh window. Never fails: no pty ends the test. */
struct terminal *terminal_new(int columns, int rows);
/* Takes NULL. */
void terminal_free(struct terminal *terminal);

/* The slave's descriptor, for the program that is started in it. */
int terminal_slave(const struct terminal *terminal);
/* Closes the master, as a closed window does: the program's session gets SIGHUP. */
void terminal_hang_up(struct terminal *terminal);
/* Changes the size; the kernel sends SIGWINCH. */
void terminal_resize(struct terminal *terminal, int columns, int rows);
void terminal_size(const struct terminal *terminal, int *ret_columns, int *ret_rows);

/* Waits up to timeout_ms for output and puts it on the screen. Returns whether there was any. */
bool terminal_take(struct terminal *terminal, int timeout_ms);
/* Puts text on the screen that did not come from the program, such as a shell's prompt. */
void terminal_print(struct terminal *terminal, const char *text);

/* Types: text with keys such as <Down>, <F7>, <Esc>, <C-c>, <A-o> and <lt> in it (keys.c). 0, or -EINVAL for
 * an unknown key. Esc alone and Alt differ in time only, so the key <Esc> takes its pause with it. */
int terminal_type(struct terminal *terminal, const char *keys);
/* Pastes, between brackets when the program has asked for them. */
void terminal_paste(struct terminal *terminal, const char *text);
/* Presses and releases a mouse button (1 left, 4 and 5 the wheel); nothing happens unless the program has
 * asked for the mouse. */
void terminal_click(struct terminal *terminal, int column, int row, int button);

/* The text of a row, without the blanks at its end; the caller frees it. *ret_columns, unless NULL, gets an
 * array of each byte's column, which the caller frees too. */
char *terminal_row(const struct terminal *terminal, int row, int **ret_columns);

enum look {
    LOOK_BOLD = 1,
    LOOK_REVERSE = 2,
    LOOK_UNDERLINE = 4,
    LOOK_COLOUR = 8, /* foreground or background is not the terminal's own */
};
/* How a cell looks: a set of enum look. */
unsigned terminal_look(const struct terminal *terminal, int column, int row);

/* Whether the cursor is to be seen, and where it stands. */
bool terminal_cursor(const struct terminal *terminal, int *ret_row, int *ret_column);

/* What still differs from a fresh window, as words ("alternate screen, cursor hidden"); "" when nothing does.
 * Written to `text`. Returns text. */
const char *terminal_differences(struct terminal *terminal, char *text, size_t size);
bool terminal_alternate(const struct terminal *terminal);
