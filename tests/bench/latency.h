/* How long a key press takes to reach the screen while the process table is being read. */
#pragma once

enum { LATENCY_MOST = 1000 };

/* Starts forklore and presses Down and Up, each while another of its threads than the first is running, which
 * is the one that reads; stores how long each took, in ms, until the selection's mark was drawn anew. Ends
 * after `presses`, or fewer when 4 minutes are over. The number stored, or -errno: -ETIME when a press was
 * never answered. */
int latency_measure(const char *home, int presses, double *ret_ms);
