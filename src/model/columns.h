/* The columns: one table, read by the screen, by `forklore tree`, by help, man page and completion. A column says what it
 * needs read, so that what is not shown costs nothing. */
#pragma once

#include "machine/computer.h"
#include "machine/sample.h"
#include "machine/sampler.h"
#include "machine/users.h"
#include "model/order.h"

/* What formatting may need besides the process itself. */
struct column_context {
    const struct sample *sample;
    const struct computer *computer;
    struct users *users;
};

struct column {
    const char *name;  /* on the command line, lower case: "pid" */
    const char *title; /* head, never translated: "PID" */
    const char *help;  /* translatable */
    int width;         /* cells; longer values are cut ("+" at the end, as ps does for names) */
    bool right;        /* set flush right */
    bool descending;   /* sorts the large ones first */
    enum sample_need needs;
    /* Writes the whole value, neither cut nor padded; clean for a terminal. */
    void (*format)(char *text, size_t size, const struct process *process, const struct column_context *context);
    process_compare *compare;
};

extern const struct column column_table[];
extern const size_t column_count;

/* NULL: no such column; a title is found too, in any case. */
const struct column *column_find(const char *name);
/* Parses "pid,ppid,stat" into `columns` (room for column_count). 0, or -EINVAL and *ret_unknown is the place of the
 * unknown name. */
int column_parse(const char *names, const struct column **columns, size_t *ret_count, const char **ret_unknown);
/* The default: PID PPID STAT NI. */
extern const char column_default[];
/* What the columns together need read. STAT's L needs SAMPLE_LOCKED too: on a screen the rich rows have it, and whoever
 * prints all rows once asks for it himself. */
enum sample_need columns_need(const struct column *const *columns, size_t count);

enum { COLUMN_VALUE_SIZE = 4096 };

/* Writes the value of a process exactly `column->width` cells wide: padded, or cut with "+" at its end. Returns text. */
const char *column_cell(char *text, size_t size, const struct column *column, const struct process *process,
                        const struct column_context *context);
/* The same for a value that is at hand, such as the column's title. Returns text. */
const char *column_pad(char *text, size_t size, const struct column *column, const char *value);

/* Values that are not plain fields. */

/* Whether ps prints its nice value: only SCHED_OTHER and SCHED_BATCH heed it. */
bool column_has_nice(const struct process *process);
/* As ps's `pri`: 39 less field 18. */
int column_pri(const struct process *process);
/* When it started, on the scale of clock_now(); exact to a clock tick. */
int64_t column_start_ns(const struct process *process, const struct column_context *context);
/* Share of one CPU since the sample before, 1.0 for all of it; in a first sample, since its start; -1: not known. */
double column_cpu_share(const struct process *process, const struct column_context *context);
