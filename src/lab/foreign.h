/* Other programs that actors have exec'd: they know nothing of the lab. Their standard files are pipes to it.
 * What they print is reported line by line, but never faster than people could look at; who prints faster
 * waits, as at any pipe that is full, and what is not shown is counted. */
#pragma once

#include "lab/state.h"
#include "lab/verbs.h"

enum foreign_stream { FOREIGN_OUTPUT, FOREIGN_ERRORS, FOREIGN_STREAMS };

/* Makes the three pipes. `ret_theirs` are the ends for the program, close-on-exec, which the caller closes. 0
 * or -errno. */
int foreign_open(struct lab *lab, struct member *member, int ret_theirs[3]);
/* Closes the lab's ends. Nothing happens when there are none. */
void foreign_close(struct lab *lab, struct member *member);
/* There is something to read. */
void foreign_receive(struct lab *lab, struct member *member, enum foreign_stream stream);
/* The program has ended: what is still in the pipes is reported, and they are closed. Others may still hold
 * them, its children: who writes then gets SIGPIPE. */
void foreign_finish(struct lab *lab, struct member *member);
/* Tells what was not shown, and reads on where reading was put off. */
void foreign_settle(struct lab *lab);
/* Whether foreign_settle() has something to wait for. */
bool foreign_pending(const struct lab *lab);

/* Writes to the program's standard input without waiting: as write(2), but no SIGPIPE. Its descriptor is
 * *ret_fd. The number of bytes or -errno: -EPIPE when nobody reads any more, -EAGAIN when the pipe is full,
 * -EBADF when there is none or it is closed. */
ssize_t foreign_write(const struct member *member, const void *bytes, size_t length, int *ret_fd);
/* End of file for who reads its standard input. The descriptor that was closed, or -EBADF. */
int foreign_close_input(struct member *member);

/* foreign_verbs.c */
verb_function verb_exec, verb_send, verb_close_input;
