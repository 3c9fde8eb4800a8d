/* How the fields of fields.h are read: one function each, from the kernel, or from what the lab has seen.
 * What cannot be read stays unknown. */
#pragma once

#include "lab/fields.h"

typedef void field_reader(const struct subject *subject, struct term_value *ret);

field_reader field_stat, field_state, field_pid, field_ppid, field_parent, field_nice, field_priority,
    field_pgid, field_sid, field_tpgid, field_uid, field_threads, field_comm, field_exe, field_cpu,
    field_policy, field_wchan, field_children, field_fd, field_offset, field_pending, field_blocked,
    field_ignored, field_caught, field_rss, field_pss, field_private, field_shared, field_status,
    field_blocked_in, field_blocked_for, field_result, field_errno, field_printed, field_cpushare, field_ran,
    field_ready, field_slices, field_voluntary, field_involuntary;
