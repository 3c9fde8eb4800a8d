#include "app/option.h"

#include "app/language.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long() reports the row by its index, beyond any letter. */
enum { FIRST_ROW = 256 };

static void make_getopt_tables(const struct option_row *rows, size_t count, struct option *longs,
                               char *shorts)
{
    /* '+': stop at the first operand; ':': tell a missing value from an unknown option */
    *shorts++ = '+';
    *shorts++ = ':';
    for (size_t i = 0; i < count; i++) {
        longs[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument, NULL,
                                    FIRST_ROW + (int)i };
        if (!rows[i].letter)
            continue;
        *shorts++ = rows[i].letter;
        if (rows[i].argument)
            *shorts++ = ':';
    }
    *shorts = '\0';
}

static const struct option_row *find_row(const struct option_row *rows, size_t count, int code)
{
    for (size_t i = 0; i < count; i++)
        if (code == FIRST_ROW + (int)i || (rows[i].letter && code == rows[i].letter))
            return &rows[i];
    return NULL;
}

static int complain(int code, const char *word)
{
    fprintf(stderr,
            code == ':' ? _("forklore: %s needs a value; see --help\n")
                        : _("forklore: %s: unknown option; see --help\n"),
            word);
    return 2;
}

int option_parse(const struct option_row *rows, size_t count, int argc, char **argv,
                 int (*take)(void *data, const struct option_row *row, const char *value), void *data,
                 int *ret_first)
{
    struct option *longs = xcalloc(count + 1, sizeof *longs);
    char *shorts = xcalloc(2 * count + 3, 1);
    make_getopt_tables(rows, count, longs, shorts);
    int code, status = 0;
    opterr = 0;
    optind = 0; /* glibc: start anew, as several command lines are parsed in one run */
    while (status == 0) {
        int at = optind ? optind : 1;
        code = getopt_long(argc, argv, shorts, longs, NULL);
        if (code == -1)
            break;
        const struct option_row *row = find_row(rows, count, code);
        if (row && strcmp(row->name, "lang") == 0)
            language_choose(optarg);
        else
            status = row ? take(data, row, optarg) : complain(code, argv[at]);
    }
    free(longs);
    free(shorts);
    *ret_first = optind;
    return status;
}

void option_print_help(const struct option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char name[64], letter[8] = "    ";
        if (rows[i].letter)
            snprintf(letter, sizeof letter, "-%c, ", rows[i].letter);
        snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
                 rows[i].argument ? _(rows[i].argument) : "");
        int pad = 22 - text_width(name);
        printf("  %s%s%*s %s\n", letter, name, pad > 0 ? pad : 0, "", _(rows[i].help));
    }
}

int option_seconds(const char *name, const char *value, double *ret)
{
    char *end;
    double seconds = strtod(value, &end);
    if (*end || end == value || !(seconds >= 0.05 && seconds <= 86400)) {
        fprintf(stderr, _("forklore: --%s: a number of seconds from 0.05 to 86400 is wanted, not %s\n"), name,
                value);
        return 2;
    }
    *ret = seconds;
    return 0;
}
