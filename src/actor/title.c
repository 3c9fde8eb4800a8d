#include "title.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

void title_prepare(struct self *self, char **argv)
{
    char *end = argv[0] + strlen(argv[0]) + 1;
    size_t count = 0;
    for (; environ[count]; count++)
        if (environ[count] == end)
            end += strlen(end) + 1;
    char **copy = calloc(count + 1, sizeof *copy);
    if (!copy)
        return;
    for (size_t i = 0; i < count; i++)
        if (!(copy[i] = strdup(environ[i])))
            return;
    self->title = argv[0];
    self->title_room = (size_t)(end - argv[0]);
    environ = copy;
}

/* The lab starts actors with an empty argv[0]: an argument area of one byte. Once that byte is no NUL, the
 * kernel takes the text that begins there and goes on into the environment for the whole command line
 * (fs/proc/base.c, get_mm_cmdline). */
void title_show(const struct self *self)
{
    prctl(PR_SET_NAME, self->name);
    size_t length = strlen(self->name);
    if (length >= self->title_room)
        return;
    memset(self->title, 0, self->title_room);
    memcpy(self->title, self->name, length);
}
