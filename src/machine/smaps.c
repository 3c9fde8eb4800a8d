#include "machine/smaps.h"

#include "machine/procread.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The figure of the line that begins with this name; -1: there is no such line. */
static long figure(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, name, length) == 0)
            return strtol(line + length, NULL, 10);
    return -1;
}

int smaps_read(pid_t pid, struct smaps *ret)
{
    char text[4096];
    int r = procread_small(pid, "smaps_rollup", text, sizeof text);
    if (r < 0)
        return r;
    long rss = figure(text, "Rss:"), pss = figure(text, "Pss:");
    long private_clean = figure(text, "Private_Clean:"), private_dirty = figure(text, "Private_Dirty:");
    long shared_clean = figure(text, "Shared_Clean:"), shared_dirty = figure(text, "Shared_Dirty:");
    if (rss < 0 || pss < 0 || private_clean < 0 || private_dirty < 0 || shared_clean < 0 || shared_dirty < 0)
        return -ESRCH;
    *ret = (struct smaps){
        .rss = (unsigned long)rss,
        .pss = (unsigned long)pss,
        .private = (unsigned long)(private_clean + private_dirty),
        .shared = (unsigned long)(shared_clean + shared_dirty),
    };
    return 0;
}
