/* Deadlines of calls that wait until a moment and not for a time. */
#pragma once

#include <time.h>

/* The moment so many milliseconds from now on CLOCK_REALTIME, the clock of sem_timedwait(3), mq_timedsend(3)
 * and mq_timedreceive(3). */
struct timespec deadline_after(long ms);
