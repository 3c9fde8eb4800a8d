#include "base/errors.h"
#include "base/i18n.h"
#include "lab/members.h"
#include "lab/reports.h"
#include "lab/verbs.h"
#include "machine/procfile.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORDS_SIZE = 1024 }; /* all 64 names */

static void print_set(FILE *out, const char *title, unsigned long long set)
{
    char words[WORDS_SIZE];
    fprintf(out, "%-9s %s\n", title, set ? signal_set_words(words, sizeof words, set) : "-");
}

/* As /proc/PID/status has them. What waits for one thread and what waits for the whole process is one set. */
enum progress verb_signals(struct lab *lab, struct run *run)
{
    const char *name = run->command->args[0].text;
    const struct member *member = member_by_name(lab, name);
    struct signal_sets sets;
    char *text = NULL;
    size_t size;
    if (!member)
        return report_refused(lab, run, _("there is no actor '%s'"), name);
    int r = procfile_signals(member->actor.id.pid, &sets);
    if (r < 0)
        return report_refused(lab, run, "%s: %s", error_name(r), error_words(r));
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return RUN_DONE;
    print_set(out, "pending", sets.pending | sets.shared_pending);
    print_set(out, "blocked", sets.blocked);
    print_set(out, "ignored", sets.ignored);
    print_set(out, "caught", sets.caught);
    fclose(out);
    report_send(lab, NULL, (struct lab_report){ .kind = LAB_REPORT_TEXT, .text = text });
    free(text);
    return RUN_DONE;
}
