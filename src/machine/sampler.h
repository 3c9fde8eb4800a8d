/* Reads samples through libproc2. Everything of libproc2 is in sampler.c: one thread at a time may use a sampler, and only
 * one sampler may exist (libproc2 keeps process-wide state). */
#pragma once

#include "machine/sample.h"

#include <stddef.h>
#include <sys/types.h>

/* What is to be read. All of `stat` and the owner cost the same as one field of it, so they always are. */
enum sample_need {
    SAMPLE_STAT = 0,
    SAMPLE_LOCKED = 1,  /* VmLck of all: one more file for each process */
    SAMPLE_CMDLINE = 2, /* the command line of all: one more file for each process */
    SAMPLE_THREADS = 4, /* rows for all threads */
    SAMPLE_TTY = 8,     /* names of terminals: a stat(2) or more for each process that has one */
};

struct sample_request {
    enum sample_need needs;
    const pid_t *rich; /* for these, VmLck and the command line are read in any case */
    size_t rich_count;
};

struct sampler;

/* setlocale(3) must have been called before: libproc2 escapes texts by the locale. 0 or -errno. */
int sampler_new(struct sampler **ret);
void sampler_free(struct sampler *sampler); /* takes NULL */
/* Reads the process table into `ret` (emptied first). 0 or -errno. */
int sampler_read(struct sampler *sampler, const struct sample_request *request, struct sample *ret);
