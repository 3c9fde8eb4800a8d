/* A process, explained in the user's language from what was read, never guessed. */
#pragma once

#include "machine/procfile.h"
#include "machine/sample.h"
#include "model/marks.h"

#include <stddef.h>

/* What an explanation may draw on; NULL or false: not read. */
struct explain_facts {
    const struct process *process;
    const struct process *parent;      /* NULL: none or not visible */
    const struct mark *mark;
    const char *blocked_in;            /* "wait4", from /proc/PID/syscall */
    const char *parent_blocked_in;
    const struct signal_sets *signals;
    const struct signal_sets *parent_signals;
    const char *actor;       /* its name in the lab; NULL: it is no actor */
    const char *actor_call;  /* that it has told it is in: "waitpid(4313, &status, 0)" */
    int64_t actor_call_time; /* clock_now() when it told */
    bool zombie_status_known;
    int zombie_status;
    int64_t now;
    bool ascii; /* a separator may be no other character */
    bool past;  /* it is of the past, of which there is only what was kept */
    long ticks_per_second;
};

/* One sentence with every letter of its STAT, for the line that is always on screen:
 * "c 4315  R on a CPU or ready for one · N nice 5 > 0 · + foreground group". Clean. Returns text. */
const char *explain_line(char *text, size_t size, const struct explain_facts *facts);

/* The whole explanation as lines for a panel of `width` cells, wrapped: a heading, what it is, STAT letter by letter with
 * its evidence, and for a zombie what removes it and what does not. Calls `line` for each. */
void explain_panel(const struct explain_facts *facts, int width, void (*line)(void *data, const char *text, bool heading),
                   void *data);
