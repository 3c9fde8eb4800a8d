/* The family: every process descended from the lab's actors. They carry its mark in RLIMIT_LOCKS, whatever
 * else they changed about themselves. */
#pragma once

/* Kills every living process with the mark (digits, as /proc/PID/limits shows it) but this one, and looks
 * again until nothing living was found three times in a row. */
void family_kill(const char *mark);
