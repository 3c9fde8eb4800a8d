/* Signal handlers that tell the lab that they ran. They make calls that a handler may make and no others
 * (signal-safety(7)): send(2) is one, printf(3) is not. SIGURG has a handler of its own: attention.h. */
#pragma once

/* Notes the name under which the signal is told, before its handler is set. */
void handler_name(int signal, const char *name);
/* Tells that it ran, and nothing more. */
void handler_tell(int signal);
/* Of SIGCHLD: waitpid(-1, &status, WNOHANG) as long as it brings a child. */
void handler_reap_all(int signal);
/* The same, once for each signal. While SIGCHLD is blocked several children may end and leave but one signal.
 */
void handler_reap_once(int signal);
