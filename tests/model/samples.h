/* Samples made by hand, for the tests of model/ and picture/. */
#pragma once

#include "machine/sample.h"

/* Appends a sleeping process that started at tick 100 * pid. Returns it, to be changed; valid until the next.
 */
static inline struct process *sample_with(struct sample *sample, pid_t pid, pid_t ppid, const char *comm)
{
    return sample_append(sample, &(struct process){ .id = { pid, 100ull * (unsigned)pid },
                                                    .tgid = pid,
                                                    .ppid = ppid,
                                                    .pgrp = pid,
                                                    .session = 1,
                                                    .tpgid = -1,
                                                    .priority = 20,
                                                    .threads = 1,
                                                    .state = 'S',
                                                    .comm = comm });
}

static inline struct process_id id_of(pid_t pid)
{
    return (struct process_id){ pid, 100ull * (unsigned)pid };
}
