/* Memory of its own in megabytes, to show what fork shares and what writing copies. */
#include "acts.h"
#include "attention.h"
#include "mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    MEGABYTE = 1024 * 1024,
    LONG_MB = 64,        /* so much is announced */
    MS_PER_MB_MOST = 50, /* a megabyte has 256 pages; a page fault takes some microseconds */
};

static long minor_faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

/* Writes one byte of each page, without reading it first, and reports the page faults that it cost. */
static void touch(const struct self *self, const struct thing *thing, size_t size, unsigned char value)
{
    char loop[120];
    size_t page = (size_t)sysconf(_SC_PAGESIZE), at = 0;
    volatile unsigned char *bytes = thing->memory;
    snprintf(loop, sizeof loop, "for (i = 0; i < %zu; i += %zu) %s[i] = %d", size, page, thing->name, value);
    if (size / MEGABYTE >= LONG_MB)
        report_enter(self, PROTOCOL_RUNS, (long)(size / MEGABYTE * MS_PER_MB_MOST), "%s", loop);
    long before = minor_faults();
    for (; at < size && !attention_wanted(); at += page)
        bytes[at] = value;
    long faults = minor_faults() - before;
    if (at < size)
        report_call(self, -1, EINTR, "%s", loop);
    else
        report_says(self,
                    N_("ru_minflt counts page faults: the pages that the kernel had to give it, or to copy"),
                    "%s;  ru_minflt += %ld", loop, faults);
}

/* MB NAME */
void act_alloc(struct self *self, int count, char **args)
{
    (void)count;
    size_t size = strtoul(args[0], NULL, 10) * MEGABYTE;
    struct thing *thing = mapping_new(self, args[1], PROTOCOL_THING_MEMORY, size, (long)size);
    if (!thing)
        return;
    /* Else one write may copy 2 MiB at once. EINVAL: this kernel has no huge pages. */
    int r = madvise(thing->memory, size, MADV_NOHUGEPAGE);
    if (r == 0 || errno != EINVAL)
        report_call(self, r, failure(r), "madvise(%s, %zu, MADV_NOHUGEPAGE)", args[1], size);
    things_tell(thing);
    touch(self, thing, size, 1);
}

/* MB NAME; more than there is, is all of it */
void act_touch(struct self *self, int count, char **args)
{
    (void)count;
    size_t size = strtoul(args[0], NULL, 10) * MEGABYTE;
    struct thing *thing = things_need(self, args[1], PROTOCOL_THING_MEMORY, NULL);
    if (thing)
        touch(self, thing, size < thing->size ? size : thing->size, 2);
}
