#include "model/columns.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/column_values.h"
#include "model/stat_code.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool column_has_nice(const struct process *process)
{
    return process->policy == SCHED_OTHER || process->policy == SCHED_BATCH;
}

int column_pri(const struct process *process)
{
    return 39 - process->priority;
}

int64_t column_start_ns(const struct process *process, const struct column_context *context)
{
    long ticks = context->computer->ticks_per_second;
    /* divided first: a start of 300 years in ticks times a thousand million would not fit */
    return (int64_t)(process->id.start / (unsigned long long)ticks) * NS_PER_SECOND +
           (int64_t)(process->id.start % (unsigned long long)ticks) * (NS_PER_SECOND / ticks);
}

double column_cpu_share(const struct process *process, const struct column_context *context)
{
    double tick = (double)NS_PER_SECOND / (double)context->computer->ticks_per_second;
    if (context->sample->interval > 0)
        return process->ticks_spent * tick / (double)context->sample->interval;
    int64_t age = context->sample->time - column_start_ns(process, context);
    return age > 0 ? (double)process->ticks * tick / (double)age : -1;
}

#define COMPARE(name, member)                                                                                \
    static int name(const struct process *a, const struct process *b, const struct column_context *context)  \
    {                                                                                                        \
        (void)context;                                                                                       \
        return (a->member > b->member) - (a->member < b->member);                                            \
    }

COMPARE(compare_pid, id.pid)
COMPARE(compare_ppid, ppid)
COMPARE(compare_ni, nice)
COMPARE(compare_pgid, pgrp)
COMPARE(compare_sid, session)
COMPARE(compare_tpgid, tpgid)
COMPARE(compare_tty, tty)
COMPARE(compare_thr, threads)
COMPARE(compare_time, ticks)
COMPARE(compare_rss, rss_kib)
COMPARE(compare_start, id.start)
COMPARE(compare_cpu, processor)
COMPARE(compare_cls, policy)

static int compare_pri(const struct process *a, const struct process *b, const struct column_context *context)
{
    (void)context;
    return column_pri(a) - column_pri(b);
}

static int compare_stat(const struct process *a, const struct process *b,
                        const struct column_context *context)
{
    (void)context;
    char code_a[STAT_CODE_SIZE], code_b[STAT_CODE_SIZE];
    return strcmp(stat_code(code_a, a), stat_code(code_b, b));
}

static int compare_user(const struct process *a, const struct process *b,
                        const struct column_context *context)
{
    if (a->euid == b->euid)
        return 0;
    return strcmp(users_name(context->users, a->euid), users_name(context->users, b->euid));
}

static int compare_pcpu(const struct process *a, const struct process *b,
                        const struct column_context *context)
{
    double share_a = column_cpu_share(a, context), share_b = column_cpu_share(b, context);
    return (share_a > share_b) - (share_a < share_b);
}

static int compare_comm(const struct process *a, const struct process *b,
                        const struct column_context *context)
{
    (void)context;
    return strcasecmp(a->comm, b->comm);
}

static int compare_args(const struct process *a, const struct process *b,
                        const struct column_context *context)
{
    (void)context;
    return strcasecmp(a->cmdline ? a->cmdline : "", b->cmdline ? b->cmdline : "");
}

/* Heads and meanings are ps's wherever ps has the column: "STANDARD FORMAT SPECIFIERS" of ps(1). */
const struct column column_table[] = {
    { "pid", "PID", N_("process number"), 7, true, false, SAMPLE_STAT, format_pid, compare_pid },
    { "ppid", "PPID", N_("process number of the parent"), 7, true, false, SAMPLE_STAT, format_ppid,
      compare_ppid },
    { "stat", "STAT", N_("state and flags: forklore explain CODE tells what they mean"), 6, false, false,
      SAMPLE_STAT, format_stat, compare_stat },
    { "ni", "NI", N_("nice value, -20 to 19; - where it has no effect"), 3, true, false, SAMPLE_STAT,
      format_ni, compare_ni },
    { "pri", "PRI", N_("priority, larger is more urgent"), 3, true, true, SAMPLE_STAT, format_pri,
      compare_pri },
    { "user", "USER", N_("effective user"), 8, false, false, SAMPLE_STAT, format_user, compare_user },
    { "pgid", "PGID", N_("process group"), 7, true, false, SAMPLE_STAT, format_pgid, compare_pgid },
    { "sid", "SID", N_("session"), 7, true, false, SAMPLE_STAT, format_sid, compare_sid },
    { "tpgid", "TPGID", N_("foreground process group of its terminal; -1 without one"), 7, true, false,
      SAMPLE_STAT, format_tpgid, compare_tpgid },
    { "tty", "TTY", N_("controlling terminal; ? for none"), 8, false, false, SAMPLE_TTY, format_tty,
      compare_tty },
    { "thr", "THR", N_("number of threads"), 4, true, true, SAMPLE_STAT, format_thr, compare_thr },
    { "pcpu", "%CPU", N_("share of one CPU since the sample before; in a single sample, since its start"), 6,
      true, true, SAMPLE_STAT, format_pcpu, compare_pcpu },
    { "time", "TIME", N_("CPU time used"), 11, true, true, SAMPLE_STAT, format_time, compare_time },
    { "rss", "RSS", N_("memory resident, KiB"), 9, true, true, SAMPLE_STAT, format_rss, compare_rss },
    { "start", "START", N_("when it started"), 8, true, false, SAMPLE_STAT, format_start, compare_start },
    { "cpu", "CPU", N_("the CPU it ran on last"), 3, true, false, SAMPLE_STAT, format_cpu, compare_cpu },
    { "cls", "CLS", N_("scheduling class: TS FF RR B IDL DLN"), 3, false, false, SAMPLE_STAT, format_cls,
      compare_cls },
    { "comm", "COMM", N_("name"), 15, false, false, SAMPLE_STAT, format_comm, compare_comm },
    { "args", "ARGS", N_("command line"), 40, false, false, SAMPLE_CMDLINE, format_args, compare_args },
};
const size_t column_count = sizeof column_table / sizeof *column_table;

const char column_default[] = "pid,ppid,stat,ni";

static const struct column *find_part(const char *name, size_t length)
{
    for (size_t i = 0; i < column_count; i++) {
        const struct column *column = &column_table[i];
        bool named = strlen(column->name) == length && strncasecmp(column->name, name, length) == 0;
        bool titled = strlen(column->title) == length && strncasecmp(column->title, name, length) == 0;
        if (named || titled)
            return column;
    }
    return NULL;
}

const struct column *column_find(const char *name)
{
    return find_part(name, strlen(name));
}

static bool is_among(const struct column *const *columns, size_t count, const struct column *column)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

int column_parse(const char *names, const struct column **columns, size_t *ret_count,
                 const char **ret_unknown)
{
    const struct column *found[sizeof column_table / sizeof *column_table];
    size_t count = 0;
    for (const char *name = names;;) {
        size_t length = strcspn(name, ",");
        const struct column *column = find_part(name, length);
        if (!column) {
            *ret_unknown = name;
            return -EINVAL;
        }
        if (!is_among(found, count, column))
            found[count++] = column;
        if (!name[length])
            break;
        name += length + 1;
    }
    memcpy(columns, found, count * sizeof *found);
    *ret_count = count;
    return 0;
}

enum sample_need columns_need(const struct column *const *columns, size_t count)
{
    unsigned needs = SAMPLE_STAT;
    for (size_t i = 0; i < count; i++)
        needs |= columns[i]->needs;
    return (enum sample_need)needs;
}

const char *column_pad(char *text, size_t size, const struct column *column, const char *value)
{
    int width = text_width(value), before = 0, after = 0;
    size_t length = strlen(value);
    bool cut = width > column->width;
    if (cut)
        length = text_fit(value, column->width - 1, &width);
    else if (column->right)
        before = column->width - width;
    after = column->width - width - before - cut;
    snprintf(text, size, "%*s%.*s%s%*s", before, "", (int)length, value, cut ? "+" : "", after, "");
    return text;
}

const char *column_cell(char *text, size_t size, const struct column *column, const struct process *process,
                        const struct column_context *context)
{
    char value[COLUMN_VALUE_SIZE];
    column->format(value, sizeof value, process, context);
    return column_pad(text, size, column, value);
}
