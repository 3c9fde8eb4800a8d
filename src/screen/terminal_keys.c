#include "screen/terminal_state.h"

#include <poll.h>
#include <unistd.h>

/* Full-width forms, as Chinese input methods type them, stand for their ASCII letters. */
static int narrow(int code)
{
    if (code >= 0xff01 && code <= 0xff5e)
        return code - 0xff01 + '!';
    return code == 0x3000 ? ' ' : code;
}

static int special_code(int key)
{
    switch (key) {
    case KEY_UP: return KEYSTROKE_UP;
    case KEY_DOWN: return KEYSTROKE_DOWN;
    case KEY_LEFT: return KEYSTROKE_LEFT;
    case KEY_RIGHT: return KEYSTROKE_RIGHT;
    case KEY_PPAGE: return KEYSTROKE_PAGE_UP;
    case KEY_NPAGE: return KEYSTROKE_PAGE_DOWN;
    case KEY_HOME: return KEYSTROKE_HOME;
    case KEY_END: return KEYSTROKE_END;
    case KEY_DC: return KEYSTROKE_DELETE;
    case KEY_BACKSPACE: return KEYSTROKE_BACKSPACE;
    case KEY_ENTER: return KEYSTROKE_ENTER;
    }
    return key >= KEY_F(1) && key <= KEY_F(12) ? KEYSTROKE_F0 + key - KEY_F0 : KEYSTROKE_NONE;
}

static bool read_mouse(struct keystroke *ret)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return false;
    ret->line = event.y;
    ret->column = event.x;
    if (event.bstate & BUTTON4_PRESSED)
        ret->code = KEYSTROKE_WHEEL_UP;
    else if (event.bstate & BUTTON5_PRESSED)
        ret->code = KEYSTROKE_WHEEL_DOWN;
    else if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
        ret->code = KEYSTROKE_CLICK;
    return ret->code != KEYSTROKE_NONE;
}

/* After Esc: a key that follows at once is Alt+key, or the start of a sequence that terminfo does not know.
 * It is dropped whole, so that a strange key never acts as the letters it is spelled with. Returns whether
 * anything followed. Sequences: ECMA-48, CSI ends at a byte from '@' to '~'; SS3 ('O') is followed by one. */
static bool drop_rest_of_sequence(void)
{
    wint_t c;
    if (get_wch(&c) == ERR)
        return false;
    if (c == 'O')
        get_wch(&c);
    else if (c == '[')
        while (get_wch(&c) != ERR && (c < '@' || c > '~'))
            ;
    return true;
}

static void note_silence(struct terminal *terminal)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    if (poll(&input, 1, 0) > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)))
        terminal->gone = true;
}

bool terminal_read_key(struct terminal *terminal, struct keystroke *ret)
{
    wint_t c;
    for (int kind; (kind = get_wch(&c)) != ERR;) {
        *ret = (struct keystroke){ .pasted = terminal->pasting };
        if (kind == KEY_CODE_YES && (c == PASTE_BEGINS || c == PASTE_ENDS)) {
            terminal->pasting = c == PASTE_BEGINS;
        } else if (kind == KEY_CODE_YES && c == KEY_MOUSE) {
            if (read_mouse(ret))
                return true;
        } else if (kind == KEY_CODE_YES) {
            ret->code = special_code((int)c);
            if (ret->code != KEYSTROKE_NONE)
                return true;
        } else if (c == KEYSTROKE_ESCAPE && !terminal->pasting && drop_rest_of_sequence()) {
            continue;
        } else {
            ret->code = c == '\b' ? KEYSTROKE_BACKSPACE : c == '\n' ? KEYSTROKE_ENTER : narrow((int)c);
            return true;
        }
    }
    note_silence(terminal);
    return false;
}
