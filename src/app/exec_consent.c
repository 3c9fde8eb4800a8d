#include "app/exec_consent.h"

#include "base/i18n.h"
#include "lab/lab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

/* The terminal itself: standard input may be the script. */
static bool says_yes(int terminal)
{
    char answer[64];
    ssize_t length;
    do
        length = read(terminal, answer, sizeof answer);
    while (length < 0 && errno == EINTR);
    return length > 0 && (answer[0] == 'y' || answer[0] == 'Y');
}

static int ask(int terminal, const char *name, const char *programs, bool *ret_may_exec)
{
    dprintf(terminal, _("forklore lab: %s starts other programs: %s. Run them? [y/N] "), name, programs);
    *ret_may_exec = says_yes(terminal);
    if (*ret_may_exec)
        return 0;
    fprintf(stderr, _("forklore lab: nothing was done\n"));
    return EXIT_USAGE;
}

int exec_consent(const char *name, const char *source, bool *ret_may_exec)
{
    char *programs;
    struct lab_error error;
    int status = 0;
    *ret_may_exec = false;
    if (lab_script_programs(source, &programs, &error) < 0)
        return 0;
    int terminal = *programs ? open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
    if (terminal >= 0) {
        status = ask(terminal, name, programs, ret_may_exec);
        close(terminal);
    } else if (*programs) {
        fprintf(stderr,
                _("forklore lab: %s starts other programs: %s. There is no terminal to ask at: --allow-exec "
                  "allows it\n"),
                name, programs);
        status = EXIT_USAGE;
    }
    free(programs);
    return status;
}
