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

static int ask(int terminal, const char *who, const char *name, const char *programs, bool *ret_may_exec)
{
    dprintf(terminal, _("%s: %s starts other programs: %s. Run them? [y/N] "), who, name, programs);
    *ret_may_exec = says_yes(terminal);
    if (*ret_may_exec)
        return 0;
    fprintf(stderr, _("%s: nothing was done\n"), who);
    return EXIT_USAGE;
}

int exec_consent_to(const char *who, const char *name, const char *programs, bool *ret_may_exec)
{
    int status = 0;
    *ret_may_exec = false;
    int terminal = *programs ? open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
    if (terminal >= 0) {
        status = ask(terminal, who, name, programs, ret_may_exec);
        close(terminal);
    } else if (*programs) {
        fprintf(stderr,
                _("%s: %s starts other programs: %s. There is no terminal to ask at: --allow-exec allows "
                  "it\n"),
                who, name, programs);
        status = EXIT_USAGE;
    }
    return status;
}

int exec_consent(const char *name, const char *source, bool *ret_may_exec)
{
    char *programs;
    struct lab_error error;
    *ret_may_exec = false;
    if (lab_script_programs(source, &programs, &error) < 0)
        return 0;
    int status = exec_consent_to("forklore lab", name, programs, ret_may_exec);
    free(programs);
    return status;
}
