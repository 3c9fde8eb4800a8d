#include "app/operands.h"

#include "base/i18n.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int operands_parse(const struct option_row *rows, size_t count, int argc, char **argv,
                   int (*take)(void *data, const struct option_row *row, const char *value), void *data,
                   const char **operands, size_t *ret_count)
{
    size_t found = 0;
    bool options_end = false;
    while (argc > 1) {
        int first = 1;
        if (!options_end) {
            int status = option_parse(rows, count, argc, argv, take, data, &first);
            if (status != 0)
                return status;
            options_end = first > 1 && strcmp(argv[first - 1], "--") == 0;
        }
        if (first >= argc)
            break;
        operands[found++] = argv[first];
        /* the operand takes the place of the program's name before what follows it */
        argc -= first;
        argv += first;
    }
    *ret_count = found;
    return 0;
}

bool operand_is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

int operand_read(const char *text, struct operand *ret)
{
    if (operand_is_number(text)) {
        errno = 0;
        long pid = strtol(text, NULL, 10);
        if (errno || pid <= 0 || pid > INT_MAX) {
            fprintf(stderr, _("forklore: %s: there is no such process\n"), text);
            return 1;
        }
        *ret = (struct operand){ .pid = (pid_t)pid };
        return 0;
    }
    const struct passwd *user = getpwnam(text);
    if (!user) {
        fprintf(stderr, _("forklore: %s: there is no such user\n"), text);
        return 1;
    }
    *ret = (struct operand){ .uid = user->pw_uid };
    return 0;
}

bool operand_matches(const struct operand *operand, const struct process *process)
{
    return operand->pid ? operand->pid == process->id.pid : operand->uid == process->euid;
}

static size_t show_matching(const struct operand *operand, const struct tree *tree, bool *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->count;) {
        size_t rows = operand_matches(operand, tree->rows[i].process) ? tree->rows[i].descendants + 1 : 0;
        memset(shown + i, true, rows);
        count += rows;
        i += rows ? rows : 1;
    }
    return count;
}

int operands_show(const char *const *operands, size_t count, const struct tree *tree, bool *shown)
{
    int status = 0;
    memset(shown, false, tree->count);
    for (size_t i = 0; i < count; i++) {
        struct operand operand;
        if (operand_read(operands[i], &operand) != 0) {
            status = 1;
        } else if (!show_matching(&operand, tree, shown)) {
            status = 1;
            fprintf(stderr,
                    operand.pid ? _("forklore: %s: there is no such process\n")
                                : _("forklore: %s has no processes\n"),
                    operands[i]);
        }
    }
    return status;
}
