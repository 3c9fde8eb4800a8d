/* The terminal: set up for a full screen, and given back as it was, whatever happens. */
#pragma once

#include "screen/keystroke.h"
#include "screen/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct terminal_options {
    const struct theme *theme;
    bool no_color; /* --no-color, or a non-empty NO_COLOR */
    bool ascii;    /* no line drawing characters; taken by itself when the locale is not UTF-8 */
    bool mouse;
};

struct terminal;

/* Takes the terminal on stdin and stdout. 0; -ENOTTY: either is none; -ENODEV: terminfo does not know TERM,
 * or it cannot move the cursor (nothing was written then). */
int terminal_open(struct terminal **ret, const struct terminal_options *options);
/* A screen of that size that nobody sees and no key comes from: to be drawn on, and read by snapshot_take().
 * 0, or -ENODEV when terminfo knows no terminal with colours. */
int terminal_open_unseen(struct terminal **ret, const struct terminal_options *options, int height,
                         int width);
/* Gives the terminal back as it was. Takes NULL. */
void terminal_close(struct terminal *terminal);

/* The modes before terminal_open(), and the bytes that leave the full screen: what a guard needs to restore
 * the terminal when this program no longer can. Borrowed; they live as long as the terminal. */
const struct termios *terminal_modes_before(const struct terminal *terminal);
const char *terminal_restore_bytes(const struct terminal *terminal);

/* Ctrl-Z: gives the terminal back, stops this process as its shell expects, and takes the terminal again when
 * it is continued. Returns at once when nobody could continue it (an orphaned process group). */
void terminal_suspend(struct terminal *terminal);
/* Takes the terminal again after a stop that left no time to give it back, SIGSTOP: a shell has used it
 * since. */
void terminal_resume(struct terminal *terminal);
/* Reads the terminal's size anew, after SIGWINCH. */
void terminal_resize(struct terminal *terminal);
/* Repaints everything: Ctrl-L. */
void terminal_repaint(struct terminal *terminal);
/* Says that this frame has something over something else, whose edges may cut wide characters in half. */
void terminal_cover(struct terminal *terminal);
/* Shows the cursor in this frame, there: where a screen reader is to read. Without it the cursor is hidden.
 */
void terminal_put_cursor(struct terminal *terminal, int line, int column);
/* Sends what was drawn. */
void terminal_flush(struct terminal *terminal);
/* Reads one key that has arrived; false: none. Never waits. */
bool terminal_read_key(struct terminal *terminal, struct keystroke *ret);
/* The terminal has gone away (end of file or error on stdin). */
bool terminal_gone(const struct terminal *terminal);

int terminal_height(const struct terminal *terminal);
int terminal_width(const struct terminal *terminal);
bool terminal_ascii(const struct terminal *terminal);
/* Other colours from now on. */
void terminal_set_theme(struct terminal *terminal, const struct theme *theme);
/* Whether the theme is made for a light background. */
bool terminal_is_light(const struct terminal *terminal);
unsigned long terminal_style(const struct terminal *terminal, enum style style, bool selected);
