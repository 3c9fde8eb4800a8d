/* Lines of a descriptor that is waited for together with others: a stream of stdio would hide what it has
 * read already. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct line_input {
    int fd;
    char bytes[4096];
    size_t length;
    bool ended;
};

/* Takes the next whole line, without its end, and cut to size; what stands before the end of input is one
 * too. False: there is none yet, or `ended`. */
bool line_input_take(struct line_input *input, char *line, size_t size);
/* Reads once; blocks unless poll(2) says that it would not. */
void line_input_read(struct line_input *input);
