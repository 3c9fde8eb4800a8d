/* A script may come from anybody; starting programs is more than its own actors can do. So whoever runs one
 * is asked. */
#pragma once

#include <stdbool.h>

/* Looks which programs the script `source` starts by `exec`, and when there are any asks at the terminal
 * whether it may. `name` is what messages call the script. Returns 0 with *ret_may_exec; or, after a line on
 * stderr, exit status 2: there is no terminal to ask at, or the answer was not yes. What does not parse
 * starts nothing: 0. */
int exec_consent(const char *name, const char *source, bool *ret_may_exec);
/* The same of programs that are known: "sh, cat"; "": none. `who` is whose messages these are: "forklore
 * lab".
 */
int exec_consent_to(const char *who, const char *name, const char *programs, bool *ret_may_exec);
