#include "screen/terminal.h"

#include "base/memory.h"
#include "base/text.h"
#include "screen/crash.h"
#include "screen/terminal_state.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1000l\033[?1006l"

static const char *capability(const char *name)
{
    const char *text = tigetstr(name);
    return text && text != (char *)-1 ? text : "";
}

/* terminfo puts delays such as $<5/> into its texts; what is written to a terminal later must not hold them.
 */
static void append_without_padding(char *to, const char *from)
{
    to += strlen(to);
    while (*from) {
        const char *end = from[0] == '$' && from[1] == '<' ? strchr(from, '>') : NULL;
        if (end)
            from = end + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
}

static char *compose_restore(const struct terminal *terminal)
{
    static const char *const names[] = { "sgr0", "rmkx", "cnorm", "rmcup" };
    size_t length = sizeof PASTE_OFF MOUSE_OFF "\r\n";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        length += strlen(capability(names[i]));
    char *bytes = xcalloc(1, length + 1);
    if (terminal->brackets_paste)
        strcat(bytes, PASTE_OFF);
    if (terminal->options.mouse)
        strcat(bytes, MOUSE_OFF);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        append_without_padding(bytes, capability(names[i]));
    if (!*capability("rmcup"))
        strcat(bytes, "\r\n");
    return bytes;
}

static void write_private(const struct terminal *terminal, const char *bytes)
{
    if (!terminal->brackets_paste)
        return;
    ssize_t written = write(STDOUT_FILENO, bytes, strlen(bytes));
    (void)written; /* a terminal that is gone is noticed when it is read */
}

static int count_colours(const struct terminal_options *options)
{
    if (options->no_color || !has_colors())
        return 0;
    return COLORS >= 256 && COLOR_PAIRS > 2 * STYLE_COUNT ? 256
           : COLORS >= 8 && COLOR_PAIRS > 2 * STYLE_COUNT ? 8
                                                          : 0;
}

static void set_up_input(struct terminal *terminal)
{
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    if (!getenv("ESCDELAY"))
        set_escdelay(25);
    curs_set(0);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
    if (terminal->options.mouse) {
        mousemask(ALL_MOUSE_EVENTS, NULL); /* what ncurses drops itself makes it wait: open_input() */
        mouseinterval(0);
    }
    /* Ctrl-S and Ctrl-Q are not ours, but a stopped output looks like a hang */
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) == 0) {
        modes.c_iflag &= ~(tcflag_t)IXON;
        tcsetattr(STDIN_FILENO, TCSANOW, &modes);
        def_prog_mode();
    }
}

void terminal_set_up_colours(struct terminal *terminal)
{
    if (!has_colors() || terminal->options.no_color)
        return;
    start_color();
    use_default_colors();
    terminal->colours = count_colours(&terminal->options);
    theme_install(terminal->options.theme, terminal->colours);
}

/* newterm() ends the program or writes half a screen on a terminal it cannot drive, so ask terminfo first. */
static int check_terminal_type(void)
{
    int error;
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK)
        return -ENODEV;
    bool usable = *capability("cup") && *capability("clear");
    del_curterm(cur_term);
    return usable ? 0 : -ENODEV;
}

/* While it drops a mouse report that it has no use for, ncurses reads on and waits for the next byte,
 * nodelay() or not, and the screen stands still until a key is pressed. O_NONBLOCK is a property of the open
 * file, which stdin shares with the shell and with stdout, so it needs one of our own. NULL: not possible, as
 * on a terminal of another user's. */
static FILE *open_input(void)
{
    int fd = open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    FILE *input = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (!input && fd >= 0)
        close(fd);
    return input;
}

static void close_input(struct terminal *terminal)
{
    if (terminal->input)
        fclose(terminal->input);
}

static void leave_to_the_owner(int signal)
{
    (void)signal;
}

/* ncurses sets SIGTSTP to SIG_IGN while it draws, and the kernel then throws a pending one away, blocked or
 * not: Ctrl-Z would be lost now and then. It keeps its hands off a disposition that was not the default one
 * before newterm(). Restores the one it found when the terminal is closed. */
static void keep_suspend_signal(struct terminal *terminal)
{
    sigaction(SIGTSTP, &(struct sigaction){ .sa_handler = leave_to_the_owner }, &terminal->suspend_before);
}

int terminal_open(struct terminal **ret, const struct terminal_options *options)
{
    struct termios before;
    if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) < 0)
        return -ENOTTY;
    int r = check_terminal_type();
    if (r < 0)
        return r;

    struct terminal *terminal = xcalloc(1, sizeof *terminal);
    terminal->options = *options;
    terminal->before = before;
    if (!text_locale_is_utf8())
        terminal->options.ascii = true;
    terminal->input = open_input();
    keep_suspend_signal(terminal);
    terminal->screen = newterm(NULL, stdout, terminal->input ? terminal->input : stdin);
    if (!terminal->screen) {
        sigaction(SIGTSTP, &terminal->suspend_before, NULL);
        close_input(terminal);
        free(terminal);
        return -ENODEV;
    }
    terminal->brackets_paste = *capability("kcuu1") && strncmp(termname(), "vt", 2) != 0;
    set_up_input(terminal);
    terminal_set_up_colours(terminal);
    write_private(terminal, PASTE_ON);
    terminal->restore = compose_restore(terminal);
    crash_guard_start(STDOUT_FILENO, &terminal->before, terminal->restore);
    *ret = terminal;
    return 0;
}

static void leave(struct terminal *terminal)
{
    write_private(terminal, PASTE_OFF);
    endwin();
    if (!terminal->output)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal->before);
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    leave(terminal);
    delscreen(terminal->screen);
    if (terminal->output) {
        fclose(terminal->output);
    } else {
        crash_guard_stop();
        sigaction(SIGTSTP, &terminal->suspend_before, NULL);
    }
    close_input(terminal);
    free(terminal->restore);
    free(terminal);
}

const struct termios *terminal_modes_before(const struct terminal *terminal)
{
    return &terminal->before;
}

const char *terminal_restore_bytes(const struct terminal *terminal)
{
    return terminal->restore;
}

/* SIGSTOP would stop a session leader for ever; SIGTSTP is dropped by the kernel when nobody could continue
 * us. */
static void stop_myself(void)
{
    sigset_t only, before;
    struct sigaction standard = { .sa_handler = SIG_DFL }, old;
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    sigaction(SIGTSTP, &standard, &old);
    sigprocmask(SIG_UNBLOCK, &only, &before);
    raise(SIGTSTP);
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGTSTP, &old, NULL);
}

void terminal_suspend(struct terminal *terminal)
{
    leave(terminal);
    stop_myself();
    tcgetattr(STDIN_FILENO, &terminal->before);
    terminal_resume(terminal);
}

void terminal_resume(struct terminal *terminal)
{
    reset_prog_mode();
    write_private(terminal, PASTE_ON);
    terminal_resize(terminal);
    terminal_repaint(terminal);
}

void terminal_resize(struct terminal *terminal)
{
    (void)terminal;
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    clearok(curscr, TRUE);
}

void terminal_repaint(struct terminal *terminal)
{
    (void)terminal;
    clearok(curscr, TRUE);
    refresh();
}

void terminal_cover(struct terminal *terminal)
{
    terminal->covered = true;
}

void terminal_put_cursor(struct terminal *terminal, int line, int column)
{
    terminal->has_cursor = true;
    terminal->cursor_line = line;
    terminal->cursor_column = column;
}

/* A terminal that is told to erase one half of a wide character keeps another picture of it than ncurses (in
 * tmux the other half stays), and later frames, which are differences, would show it. So such a frame, and
 * the one that uncovers, is written whole. */
void terminal_flush(struct terminal *terminal)
{
    if (terminal->covered || terminal->was_covered)
        redrawwin(stdscr);
    if (terminal->has_cursor)
        move(terminal->cursor_line, terminal->cursor_column);
    curs_set(terminal->has_cursor);
    terminal->has_cursor = false;
    refresh();
    terminal->was_covered = terminal->covered;
    terminal->covered = false;
}

bool terminal_gone(const struct terminal *terminal)
{
    return terminal->gone;
}

int terminal_height(const struct terminal *terminal)
{
    (void)terminal;
    return LINES;
}

int terminal_width(const struct terminal *terminal)
{
    (void)terminal;
    return COLS;
}

bool terminal_ascii(const struct terminal *terminal)
{
    return terminal->options.ascii;
}

void terminal_set_theme(struct terminal *terminal, const struct theme *theme)
{
    terminal->options.theme = theme;
    theme_install(theme, terminal->colours);
    clearok(curscr, TRUE);
}

bool terminal_is_light(const struct terminal *terminal)
{
    return theme_is_light(terminal->options.theme);
}

unsigned long terminal_style(const struct terminal *terminal, enum style style, bool selected)
{
    return theme_attributes(terminal->options.theme, terminal->colours, style, selected);
}
