#include "app/output.h"

#include "base/errors.h"
#include "base/i18n.h"

#include <errno.h>
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

int output_end(void)
{
    errno = 0;
    if (output_flush() || errno == EPIPE)
        return EXIT_SUCCESS;
    /* an earlier write may have met the closed pipe: the next one meets it again */
    if (write(STDOUT_FILENO, "", 0) < 0 && errno == EPIPE)
        return EXIT_SUCCESS;
    fprintf(stderr, _("forklore: the output could not be written: %s (%s)\n"), error_name(errno),
            error_words(errno));
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
