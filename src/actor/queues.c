#include "queues.h"

#include "deadline.h"
#include "things.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct patience patience_from(const char *block, const char *timeout)
{
    struct patience patience = { .endless = strcmp(block, "no") != 0 && !*timeout, .text = "" };
    if (patience.endless)
        return patience;
    patience.ms = strcmp(block, "no") == 0 ? 0 : atol(timeout);
    if (patience.ms == 0) {
        snprintf(patience.text, sizeof patience.text, ", {0, 0}");
        return patience;
    }
    patience.deadline = deadline_after(patience.ms);
    snprintf(patience.text, sizeof patience.text, ", now + %ld ms", patience.ms);
    return patience;
}

static void announce(const struct self *self, const struct patience *patience, const char *call)
{
    if (patience->endless || patience->ms > 0)
        report_enter(self, PROTOCOL_SLEEPS, patience->ms, "%s", call);
}

int queue_put(const struct self *self, mqd_t queue, const char *message, const struct patience *patience)
{
    char call[2 * PROTOCOL_QUEUE_TEXT_MAX], quoted[PROTOCOL_QUEUE_TEXT_MAX];
    size_t length = strlen(message);
    snprintf(call, sizeof call, "%s(%d, %s, %zu, 0%s)", patience->endless ? "mq_send" : "mq_timedsend", queue,
             quote(quoted, sizeof quoted, message, length), length, patience->text);
    announce(self, patience, call);
    int r = patience->endless ? mq_send(queue, message, length, 0)
                              : mq_timedsend(queue, message, length, 0, &patience->deadline);
    report_call(self, r, failure(r), "%s", call);
    return r;
}

ssize_t queue_get(const struct self *self, mqd_t queue, char message[MESSAGE_SIZE],
                  const struct patience *patience)
{
    char call[96];
    snprintf(call, sizeof call, "%s(%d, message, %d, NULL%s)",
             patience->endless ? "mq_receive" : "mq_timedreceive", queue, PROTOCOL_QUEUE_TEXT_MAX,
             patience->text);
    announce(self, patience, call);
    ssize_t length = patience->endless ? mq_receive(queue, message, PROTOCOL_QUEUE_TEXT_MAX, NULL)
                                       : mq_timedreceive(queue, message, PROTOCOL_QUEUE_TEXT_MAX, NULL,
                                                         &patience->deadline);
    report_call(self, length, failure(length), "%s", call);
    message[length > 0 ? length : 0] = '\0';
    return length;
}
