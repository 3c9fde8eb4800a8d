/* Messages into a POSIX queue and out of it, each by one call that is announced and reported. */
#pragma once

#include "self.h"

#include <mqueue.h>
#include <stdbool.h>
#include <time.h>

enum { MESSAGE_SIZE = PROTOCOL_QUEUE_TEXT_MAX + 1 };

/* How long a call may take: for ever, until a moment that is to come, or until one that has passed, which is
 * how mq_timedsend(3) is told not to wait: O_NONBLOCK would hold for all who share the queue by fork. */
struct patience {
    bool endless;
    long ms; /* 0: none */
    struct timespec deadline;
    char text[40]; /* as the last argument of a call */
};

/* `block` is yes or no, `timeout` milliseconds or "": none. The time begins now. */
struct patience patience_from(const char *block, const char *timeout);

/* mq_send() or mq_timedsend(); 0, or -1 and errno. */
int queue_put(const struct self *self, mqd_t queue, const char *message, const struct patience *patience);
/* mq_receive() or mq_timedreceive(): the length, or -1 and errno. The message is ended with a NUL. */
ssize_t queue_get(const struct self *self, mqd_t queue, char message[MESSAGE_SIZE],
                  const struct patience *patience);
