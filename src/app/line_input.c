#include "app/line_input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool line_input_take(struct line_input *input, char *line, size_t size)
{
    const char *end = memchr(input->bytes, '\n', input->length);
    bool whole = end || input->length == sizeof input->bytes || (input->ended && input->length);
    if (!whole)
        return false;
    size_t length = end ? (size_t)(end - input->bytes) : input->length, taken = length + (end != NULL);
    snprintf(line, size, "%.*s", (int)length, input->bytes);
    input->length -= taken;
    memmove(input->bytes, input->bytes + taken, input->length);
    return true;
}

void line_input_read(struct line_input *input)
{
    ssize_t length = read(input->fd, input->bytes + input->length, sizeof input->bytes - input->length);
    if (length > 0)
        input->length += (size_t)length;
    else if (length == 0 || (errno != EAGAIN && errno != EINTR))
        input->ended = true;
}
