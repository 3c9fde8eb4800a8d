#include "room.h"

struct rlimit room_make(void)
{
    struct rlimit before = { .rlim_cur = 0 };
    if (getrlimit(RLIMIT_NOFILE, &before) == 0)
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){ before.rlim_max, before.rlim_max });
    return before;
}

void room_restore(struct rlimit before)
{
    if (before.rlim_max)
        setrlimit(RLIMIT_NOFILE, &before);
}
