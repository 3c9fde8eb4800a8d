/* Restoring the terminal when the program dies by its own fault: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT (a
 * failed assertion). After SIGKILL the warden does it. */
#pragma once

#include <termios.h>

/* From now on a fatal signal restores the terminal `fd` to `modes`, writes `bytes` to it and then takes its
 * default action. `bytes` must live as long as the guard. */
void crash_guard_start(int fd, const struct termios *modes, const char *bytes);
/* The terminal has been restored: nothing is left to do at a crash. */
void crash_guard_stop(void);
