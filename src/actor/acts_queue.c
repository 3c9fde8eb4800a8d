#include "acts.h"
#include "queues.h"
#include "things.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { OPEN_TRIES = 3 };

/* The one name that the queues of a lab ever have. The warden knows it too. */
static const char *queue_name(char *text, size_t size)
{
    struct rlimit mark;
    getrlimit(RLIMIT_LOCKS, &mark);
    snprintf(text, size, PROTOCOL_QUEUE_NAME "%llu", (unsigned long long)mark.rlim_cur);
    return text;
}

static mqd_t open_once(const struct self *self, const char *name, long most)
{
    struct mq_attr attributes = { .mq_maxmsg = most, .mq_msgsize = PROTOCOL_QUEUE_TEXT_MAX };
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes);
    report_call(self, queue, failure(queue),
                "mq_open(\"%s\", O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600, {mq_maxmsg = %ld, mq_msgsize = %d})",
                name, most, PROTOCOL_QUEUE_TEXT_MAX);
    return queue;
}

static int unlink_name(const struct self *self, const char *name)
{
    int r = mq_unlink(name);
    report_call(self, r, failure(r), "mq_unlink(\"%s\")", name);
    return r;
}

/* An actor that was killed between the two calls may have left the name: it is nobody's. */
static mqd_t open_queue(const struct self *self, long most)
{
    char name[64];
    queue_name(name, sizeof name);
    for (int i = 0; i < OPEN_TRIES; i++) {
        mqd_t queue = open_once(self, name, most);
        bool exists = queue < 0 && errno == EEXIST;
        if (queue < 0 && !exists)
            return queue;
        if (unlink_name(self, name) < 0 && exists)
            return -1;
        if (queue >= 0)
            return queue;
    }
    return -1;
}

/* NAME MAX */
void act_mq(struct self *self, int count, char **args)
{
    (void)count;
    mqd_t queue = open_queue(self, atol(args[1]));
    if (queue < 0)
        return;
    struct thing *thing = things_new(self, args[0], PROTOCOL_THING_QUEUE);
    if (!thing) {
        mq_close(queue);
        return;
    }
    thing->fds[0] = queue;
    thing->count = atol(args[1]);
    things_tell(thing);
}

/* NAME TEXT BLOCK TIMEOUT */
void act_put(struct self *self, int count, char **args)
{
    (void)count;
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_QUEUE, NULL);
    struct patience patience = patience_from(args[2], args[3]);
    if (thing)
        queue_put(self, thing->fds[0], args[1], &patience);
}

/* What came becomes a variable: in the actor's memory, where others can read it. */
static void keep(struct self *self, char *name, const char *message)
{
    char value[MESSAGE_SIZE + 1], *args[] = { name, value };
    snprintf(value, sizeof value, "t%s", message);
    act_let(self, 2, args);
}

/* NAME VARIABLE BLOCK TIMEOUT; the variable "": none */
void act_get(struct self *self, int count, char **args)
{
    (void)count;
    char message[MESSAGE_SIZE], text[2 * PROTOCOL_QUEUE_TEXT_MAX];
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_QUEUE, NULL);
    struct patience patience = patience_from(args[2], args[3]);
    ssize_t length = thing ? queue_get(self, thing->fds[0], message, &patience) : -1;
    if (length < 0)
        return;
    report_says(self, "", "message = %s", quote(text, sizeof text, message, (size_t)length));
    if (*args[1])
        keep(self, args[1], message);
}

/* NAME */
void act_qsize(struct self *self, int count, char **args)
{
    (void)count;
    struct mq_attr attributes;
    const struct thing *thing = things_need(self, args[0], PROTOCOL_THING_QUEUE, NULL);
    if (!thing)
        return;
    int r = mq_getattr(thing->fds[0], &attributes);
    report_call(self, r, failure(r), "mq_getattr(%d, &attributes)", thing->fds[0]);
    if (r == 0)
        report_says(self, "", "attributes.mq_curmsgs = %ld;  attributes.mq_maxmsg = %ld",
                    attributes.mq_curmsgs, attributes.mq_maxmsg);
}
