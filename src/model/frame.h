/* What differs between two samples, process by process: how history and recordings keep samples small.
 * Threads are left out: rows of processes alone are kept. */
#pragma once

#include "machine/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frame {
    bool key;               /* it stands alone: every process is in `set` */
    int64_t time, interval; /* of the sample */
    struct process
        *set; /* new processes and those of which something has changed, by ascending pid; texts are
                 the frame's. A text that was not read is NULL, and stays as it was known before */
    size_t set_count, set_room;
    pid_t *gone; /* by ascending pid */
    size_t gone_count, gone_room;
    struct arena texts;
};

/* Zero-initialised is empty. */
void frame_release(struct frame *frame);
void frame_clear(struct frame *frame);
/* Appends a process, its texts are copied. Pids ascend. */
void frame_set(struct frame *frame, const struct process *process);
void frame_gone(struct frame *frame, pid_t pid);
/* Gives back what memory it does not need: it will not change any more. */
void frame_pack(struct frame *frame);
/* The memory it holds when it is packed, about, in bytes. */
size_t frame_size(const struct frame *frame);

/* Fills an empty frame with what leads from `before` to `after`; before NULL: a key frame. O(n). */
void frame_between(struct frame *ret, const struct sample *before, const struct sample *after);
/* Makes in *ret, which is not `before`, the sample that the frame leads to. Texts that were not read then are
 * those known before, as long as the process runs the same program; ticks_spent of a process is that of a key
 * frame, else what it used since `before`. O(n). */
void frame_apply(struct sample *ret, const struct sample *before, const struct frame *frame);
