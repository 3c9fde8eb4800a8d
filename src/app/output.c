#include "app/output.h"

#include "base/errors.h"
#include "base/i18n.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

void output_begin(void)
{
    signal(SIGPIPE, SIG_IGN);
}

bool output_flush(void)
{
    return fflush(stdout) == 0 && !ferror(stdout);
}

/* An earlier write may have met the closed pipe; a pipe without a reader goes on to say so: poll(2). */
static bool reader_has_gone(void)
{
    struct pollfd output = { .fd = STDOUT_FILENO };
    return poll(&output, 1, 0) == 1 && output.revents & POLLERR;
}

int output_end(void)
{
    errno = 0;
    if (output_flush() || errno == EPIPE || reader_has_gone())
        return EXIT_SUCCESS;
    if (errno)
        fprintf(stderr, _("forklore: the output could not be written: %s (%s)\n"), error_name(errno),
                error_words(errno));
    else /* an earlier write has failed, and the stream does not remember why */
        fprintf(stderr, _("forklore: the output could not be written\n"));
    return EXIT_FAILURE;
}

int output_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (!isatty(STDOUT_FILENO))
        return 0;
    int width = columns ? atoi(columns) : 0;
    if (width > 0)
        return width;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
