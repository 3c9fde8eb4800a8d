/* Events as lines, for people and for other programs. */
#pragma once

#include "model/event.h"

#include <stdio.h>

/* "14:03:07   4313 b               ended: exit 7; its parent 4312 a has not asked" */
void event_line_text(const struct event *event, FILE *to);
/* One JSON object on a line: time (seconds since 1970), exact (whether the kernel told the time), event (its word), pid,
 * comm, parent, words (as in the text), and of each kind what it changed: parent_comm, parent_before,
 * parent_comm_before, comm_before, state, state_before, nice, nice_before, status (the wait status; null: not known), ended
 * ("exit 7"), lifetime (seconds). */
void event_line_json(const struct event *event, FILE *to);
