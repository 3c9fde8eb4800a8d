#include "app/keeper.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void keeper_open(struct keeper *keeper, bool input_is_used_up)
{
    *keeper = (struct keeper){ .fd = STDIN_FILENO };
    if (input_is_used_up)
        keeper->fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    keeper->is_terminal = keeper->fd >= 0 && tcgetattr(keeper->fd, &keeper->modes) == 0;
}

/* Ctrl-Z is a key like others here: nobody would give the modes back to the shell. Ctrl-C stays the signal.
 */
void keeper_begin(const struct keeper *keeper)
{
    struct termios modes = keeper->modes;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    /* What was typed before the question is no answer to it. */
    if (keeper->is_terminal)
        tcsetattr(keeper->fd, TCSAFLUSH, &modes);
    fputs(keeper->is_terminal ? _("forklore lab: all is done; press a key to end the actors\n")
          : keeper->fd >= 0 ? _("forklore lab: all is done; a line or the end of the input ends the actors\n")
                            : _("forklore lab: all is done; a signal ends the actors\n"),
          stderr);
}

bool keeper_is_told(const struct keeper *keeper)
{
    char bytes[256];
    ssize_t length = read(keeper->fd, bytes, sizeof bytes);
    if (length < 0)
        return errno != EINTR && errno != EAGAIN;
    return length == 0 || keeper->is_terminal || memchr(bytes, '\n', (size_t)length);
}

void keeper_end(const struct keeper *keeper)
{
    if (keeper->is_terminal)
        tcsetattr(keeper->fd, TCSANOW, &keeper->modes);
}

void keeper_close(struct keeper *keeper)
{
    if (keeper->fd > STDIN_FILENO)
        close(keeper->fd);
    keeper->fd = -1;
}
