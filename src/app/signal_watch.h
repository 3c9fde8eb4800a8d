/* The signals that end a program which has no screen. */
#pragma once

/* A descriptor that signalfd(2) makes of SIGINT, SIGTERM and SIGHUP, which are blocked from now on, so that
 * what was begun can be ended in order. It does not block. -1: there is none. SIGPIPE is ignored. */
int signal_watch(void);
/* The signal that has come since; 0: none. */
int signal_watch_read(int fd);
