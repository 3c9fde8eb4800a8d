#include "terminal.h"

#include "base/memory.h"
#include "keys.h"
#include "private_modes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>
#include <wchar.h>

struct terminal {
    int master, slave;
    struct termios fresh; /* the modes of a new terminal */
    VTerm *vterm;
    VTermScreen *screen;
    int columns, rows;
    struct private_modes modes;
    bool alternate;
    int mouse;   /* VTERM_PROP_MOUSE_NONE and so on */
    char *probe; /* while probing: where output goes instead of to the program */
    size_t probe_size;
};

static int on_property(VTermProp property, VTermValue *value, void *data)
{
    struct terminal *terminal = data;

    if (property == VTERM_PROP_ALTSCREEN)
        terminal->alternate = value->boolean;
    else if (property == VTERM_PROP_MOUSE)
        terminal->mouse = value->number;
    return 1;
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = on_property };

/* What the terminal sends: keys, and answers to questions. */
static void on_output(const char *bytes, size_t length, void *data)
{
    struct terminal *terminal = data;

    if (terminal->probe) {
        size_t used = strlen(terminal->probe);
        snprintf(terminal->probe + used, terminal->probe_size - used, "%.*s", (int)length, bytes);
        return;
    }
    while (length > 0 && terminal->master >= 0) {
        ssize_t written = write(terminal->master, bytes, length);
        if (written < 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void open_pty(struct terminal *terminal)
{
    terminal->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->master < 0 || grantpt(terminal->master) < 0 || unlockpt(terminal->master) < 0 ||
        (terminal->slave = open(ptsname(terminal->master), O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0 ||
        tcgetattr(terminal->slave, &terminal->fresh) < 0) {
        perror("# no pty");
        exit(99);
    }
}

struct terminal *terminal_new(int columns, int rows)
{
    struct terminal *terminal = xcalloc(1, sizeof(*terminal));

    open_pty(terminal);
    terminal->vterm = vterm_new(rows, columns);
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, on_output, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_set_callbacks(terminal->screen, &screen_callbacks, terminal);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    terminal_resize(terminal, columns, rows);
    return terminal;
}

void terminal_free(struct terminal *terminal)
{
    if (!terminal)
        return;
    terminal_hang_up(terminal);
    close(terminal->slave);
    vterm_free(terminal->vterm);
    free(terminal);
}

int terminal_slave(const struct terminal *terminal)
{
    return terminal->slave;
}

void terminal_hang_up(struct terminal *terminal)
{
    if (terminal->master >= 0)
        close(terminal->master);
    terminal->master = -1;
}

void terminal_resize(struct terminal *terminal, int columns, int rows)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

    terminal->columns = columns;
    terminal->rows = rows;
    vterm_set_size(terminal->vterm, rows, columns);
    ioctl(terminal->master, TIOCSWINSZ, &size);
}

void terminal_size(const struct terminal *terminal, int *ret_columns, int *ret_rows)
{
    *ret_columns = terminal->columns;
    *ret_rows = terminal->rows;
}

bool terminal_take(struct terminal *terminal, int timeout_ms)
{
    struct pollfd ready = { .fd = terminal->master, .events = POLLIN };
    char bytes[65536];
    ssize_t length = -1;

    if (poll(&ready, 1, timeout_ms) == 1)
        length = read(terminal->master, bytes, sizeof(bytes));
    if (length <= 0)
        return false;
    char *split = NULL;
    size_t size = private_modes_split(&terminal->modes, bytes, (size_t)length, &split);
    vterm_input_write(terminal->vterm, split, size);
    free(split);
    return true;
}

void terminal_print(struct terminal *terminal, const char *text)
{
    vterm_input_write(terminal->vterm, text, strlen(text));
}

/* A program tells a lone Esc from Alt and from a key's sequence by what follows it within ESCDELAY: let it
 * take the Esc, and keep still for several times as long. */
static void pause_after_escape(struct terminal *terminal)
{
    const struct timespec step = { .tv_nsec = 5 * 1000 * 1000 };
    int waiting = 0;

    for (int i = 0; i < 1000; i++) {
        if (ioctl(terminal->slave, FIONREAD, &waiting) < 0 || waiting == 0)
            break;
        nanosleep(&step, NULL);
    }
    nanosleep(&(struct timespec){ .tv_nsec = 200 * 1000 * 1000 }, NULL);
}

int terminal_type(struct terminal *terminal, const char *keys)
{
    while (*keys) {
        struct key key;
        size_t length = key_read(keys, &key);

        if (length == 0)
            return -EINVAL;
        if (key.key != VTERM_KEY_NONE)
            vterm_keyboard_key(terminal->vterm, key.key, key.modifier);
        else
            vterm_keyboard_unichar(terminal->vterm, key.character, key.modifier);
        if (key.key == VTERM_KEY_ESCAPE)
            pause_after_escape(terminal);
        keys += length;
    }
    return 0;
}

void terminal_paste(struct terminal *terminal, const char *text)
{
    vterm_keyboard_start_paste(terminal->vterm);
    on_output(text, strlen(text), terminal);
    vterm_keyboard_end_paste(terminal->vterm);
}

void terminal_click(struct terminal *terminal, int column, int row, int button)
{
    if (terminal->mouse == VTERM_PROP_MOUSE_NONE)
        return; /* libvterm would send it all the same */
    vterm_mouse_move(terminal->vterm, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, button, true, VTERM_MOD_NONE);
    if (button < 4) /* a wheel is not released */
        vterm_mouse_button(terminal->vterm, button, false, VTERM_MOD_NONE);
}

/* Appends the cell's characters to `text` and the column of each byte to `columns`. Returns the new length.
 */
static size_t append_cell(char *text, int *columns, size_t length, const VTermScreenCell *cell, int column)
{
    mbstate_t state = { 0 };

    /* libvterm sets the characters up to the first that is 0; a blank cell is that one. */
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && (i == 0 || cell->chars[i]); i++) {
        wchar_t character = (wchar_t)(cell->chars[i] ? cell->chars[i] : ' ');
        char bytes[16];
        size_t count = wcrtomb(bytes, character, &state);

        for (size_t j = 0; count != (size_t)-1 && j < count; j++) {
            columns[length] = column;
            text[length++] = bytes[j];
        }
    }
    return length;
}

char *terminal_row(const struct terminal *terminal, int row, int **ret_columns)
{
    size_t room = (size_t)terminal->columns * VTERM_MAX_CHARS_PER_CELL * 8 + 1;
    char *text = xmalloc(room);
    int *columns = xcalloc(room, sizeof(*columns));
    size_t length = 0;

    for (int column = 0; column < terminal->columns;) {
        VTermScreenCell cell = { 0 };

        vterm_screen_get_cell(terminal->screen, (VTermPos){ .row = row, .col = column }, &cell);
        length = append_cell(text, columns, length, &cell, column);
        column += cell.width > 0 ? cell.width : 1;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    if (ret_columns)
        *ret_columns = columns;
    else
        free(columns);
    return text;
}

unsigned terminal_look(const struct terminal *terminal, int column, int row)
{
    VTermScreenCell cell = { 0 };
    unsigned look = 0;

    vterm_screen_get_cell(terminal->screen, (VTermPos){ .row = row, .col = column }, &cell);
    if (cell.attrs.bold)
        look |= LOOK_BOLD;
    if (cell.attrs.reverse)
        look |= LOOK_REVERSE;
    if (cell.attrs.underline)
        look |= LOOK_UNDERLINE;
    if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
        look |= LOOK_COLOUR;
    return look;
}

bool terminal_alternate(const struct terminal *terminal)
{
    return terminal->alternate;
}

/* What the terminal would send for a paste's beginning and the key Up: it differs with modes that libvterm
 * does not tell. */
static void probe_modes(struct terminal *terminal, char *sent, size_t size)
{
    sent[0] = '\0';
    terminal->probe = sent;
    terminal->probe_size = size;
    vterm_keyboard_start_paste(terminal->vterm);
    vterm_keyboard_key(terminal->vterm, VTERM_KEY_UP, VTERM_MOD_NONE);
    terminal->probe = NULL;
}

static bool pen_is_plain(const struct terminal *terminal)
{
    VTermState *state = vterm_obtain_state(terminal->vterm);
    VTermValue bold, reverse, foreground, background;

    vterm_state_get_penattr(state, VTERM_ATTR_BOLD, &bold);
    vterm_state_get_penattr(state, VTERM_ATTR_REVERSE, &reverse);
    vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &foreground);
    vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &background);
    return !bold.boolean && !reverse.boolean && VTERM_COLOR_IS_DEFAULT_FG(&foreground.color) &&
           VTERM_COLOR_IS_DEFAULT_BG(&background.color);
}

static bool modes_are_fresh(const struct terminal *terminal)
{
    struct termios now;

    return tcgetattr(terminal->slave, &now) == 0 && now.c_iflag == terminal->fresh.c_iflag &&
           now.c_oflag == terminal->fresh.c_oflag && now.c_cflag == terminal->fresh.c_cflag &&
           now.c_lflag == terminal->fresh.c_lflag && memcmp(now.c_cc, terminal->fresh.c_cc, NCCS) == 0;
}

bool terminal_cursor(const struct terminal *terminal, int *ret_row, int *ret_column)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &at);
    *ret_row = at.row;
    *ret_column = at.col;
    return !terminal->modes.cursor_hidden;
}

const char *terminal_differences(struct terminal *terminal, char *text, size_t size)
{
    char sent[32];

    probe_modes(terminal, sent, sizeof(sent));
    const struct {
        bool differs;
        const char *words;
    } differences[] = {
        { terminal->alternate, "alternate screen" },
        { terminal->modes.cursor_hidden, "cursor hidden" },
        { terminal->mouse != VTERM_PROP_MOUSE_NONE, "mouse taken" },
        { strstr(sent, "200~"), "bracketed paste" },
        { !strstr(sent, "\033[A"), "cursor keys in application mode" },
        { !pen_is_plain(terminal), "attributes left on" },
        { !modes_are_fresh(terminal), "termios changed" },
    };
    text[0] = '\0';
    for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++) {
        size_t used = strlen(text);
        if (differences[i].differs)
            snprintf(text + used, size - used, "%s%s", used ? ", " : "", differences[i].words);
    }
    return text;
}
