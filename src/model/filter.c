#include "model/filter.h"

#include <stdlib.h>
#include <string.h>

static bool matches_alternative(const char *wanted, const struct process *process)
{
    char *end;
    long pid = strtol(wanted, &end, 10);
    if (end != wanted && !*end && pid == process->id.pid)
        return true;
    return strcasestr(process->comm, wanted) || (process->cmdline && strcasestr(process->cmdline, wanted));
}

/* An empty alternative, such as the one behind the "|" that is being typed, matches nothing; an empty text,
 * everything. */
bool filter_matches(const struct filter *filter, const struct process *process)
{
    char text[sizeof filter->text], *rest = text;
    memcpy(text, filter->text, sizeof text);
    text[sizeof text - 1] = '\0';
    if (!*text)
        return true;
    for (char *wanted; (wanted = strsep(&rest, "|"));)
        if (*wanted && matches_alternative(wanted, process))
            return true;
    return false;
}

size_t filter_rows(const struct filter *filter, const struct tree *tree, bool *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->count; i++) {
        shown[i] = filter_matches(filter, tree->rows[i].process);
        count += shown[i];
    }
    for (size_t i = tree->count; i > 0; i--) /* parents stand before their children */
        if (shown[i - 1] && tree->rows[i - 1].parent != TREE_NO_ROW)
            shown[tree->rows[i - 1].parent] = true;
    return count;
}
