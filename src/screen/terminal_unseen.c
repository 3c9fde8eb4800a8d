#include "screen/terminal_state.h"

#include "base/memory.h"
#include "base/text.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>

/* ncurses wants a type that is there: the first that terminfo knows. Both can do all that is drawn. */
static SCREEN *open_any(FILE *output, FILE *input)
{
    static const char *const types[] = { "xterm-256color", "tmux-256color", "screen-256color" };
    SCREEN *screen = NULL;
    for (size_t i = 0; !screen && i < sizeof types / sizeof *types; i++)
        screen = newterm(types[i], output, input);
    return screen;
}

int terminal_open_unseen(struct terminal **ret, const struct terminal_options *options, int height, int width)
{
    struct terminal *terminal = xcalloc(1, sizeof *terminal);
    terminal->options = *options;
    terminal->options.mouse = false;
    if (!text_locale_is_utf8())
        terminal->options.ascii = true;
    terminal->output = fopen("/dev/null", "we");
    terminal->input = fopen("/dev/null", "re");
    if (terminal->output && terminal->input)
        terminal->screen = open_any(terminal->output, terminal->input);
    if (!terminal->screen) {
        if (terminal->output)
            fclose(terminal->output);
        if (terminal->input)
            fclose(terminal->input);
        free(terminal);
        return -ENODEV;
    }
    resizeterm(height, width);
    curs_set(0);
    terminal_set_up_colours(terminal);
    terminal->restore = xstrdup("");
    *ret = terminal;
    return 0;
}
