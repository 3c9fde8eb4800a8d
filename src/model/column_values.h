/* How the value of each column is written: the functions of the column table, one for each column, named
 * after it. */
#pragma once

#include "model/columns.h"

typedef void column_format(char *text, size_t size, const struct process *process,
                           const struct column_context *context);

column_format format_pid, format_ppid, format_stat, format_ni, format_pri, format_user, format_pgid,
    format_sid, format_tpgid, format_tty, format_thr, format_pcpu, format_time, format_rss, format_start,
    format_cpu, format_cls, format_comm, format_args;
