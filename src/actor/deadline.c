#include "deadline.h"

struct timespec deadline_after(long ms)
{
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    long ns = moment.tv_nsec + ms % 1000 * 1000000;
    moment.tv_sec += ms / 1000 + ns / 1000000000;
    moment.tv_nsec = ns % 1000000000;
    return moment;
}
