/* How the fields of fields.h are read: one function each, from the kernel, or from what the lab has seen.
 * What cannot be read stays unknown. */
#pragma once

#include "lab/fields.h"

typedef void field_reader(const struct subject *subject, struct term_value *ret);

/* One for each row of lab/fields.c. */
field_reader field_blocked;
field_reader field_blocked_for;
field_reader field_blocked_in;
field_reader field_caught;
field_reader field_children;
field_reader field_comm;
field_reader field_cpu;
field_reader field_cpushare;
field_reader field_errno;
field_reader field_exe;
field_reader field_fd;
field_reader field_ignored;
field_reader field_involuntary;
field_reader field_nice;
field_reader field_offset;
field_reader field_parent;
field_reader field_pending;
field_reader field_pgid;
field_reader field_pid;
field_reader field_policy;
field_reader field_ppid;
field_reader field_printed;
field_reader field_priority;
field_reader field_private;
field_reader field_pss;
field_reader field_ran;
field_reader field_ready;
field_reader field_result;
field_reader field_rss;
field_reader field_shared;
field_reader field_sid;
field_reader field_slices;
field_reader field_stat;
field_reader field_state;
field_reader field_status;
field_reader field_threads;
field_reader field_tpgid;
field_reader field_uid;
field_reader field_voluntary;
field_reader field_wait_status;
field_reader field_wchan;
field_reader field_zombie_for;
