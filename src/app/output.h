/* Standard output of a program that prints and ends. */
#pragma once

#include <stdbool.h>

/* Ignores SIGPIPE, so that a closed pipe is seen as an error of the stream and not as the end of the program. */
void output_begin(void);
/* Flushes. Whether anybody can still read: false once the pipe is closed. */
bool output_flush(void);
/* Flushes and returns the exit status: 0, also when the pipe was closed by its reader, who has had enough; 1 after one
 * line on stderr when writing failed. */
int output_end(void);
/* How many cells a line may have: the width of the terminal, or of COLUMNS when it is set; 0, no limit, when the output
 * goes elsewhere. */
int output_width(void);
