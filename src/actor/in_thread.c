#include "in_thread.h"

#include <pthread.h>
#include <signal.h>

struct task {
    void (*work)(void *data);
    void *data;
};

static void *start(void *given)
{
    const struct task *task = given;
    task->work(task->data);
    return NULL;
}

/* Signals are the leader's: it alone obeys orders. */
static int create(pthread_t *ret, struct task *task)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(ret, NULL, start, task);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

bool in_thread(const struct self *self, const char *name, void (*work)(void *data), void *data,
               enum protocol_manner manner, long limit_ms)
{
    pthread_t thread;
    struct task task = { work, data };
    /* Of what ends the process nothing is heard later. */
    if (manner == PROTOCOL_ENDS)
        report_enter(self, manner, 0, "pthread_create(&thread, NULL, %s, NULL)", name);
    int error = create(&thread, &task);
    report_call(self, error, error, "pthread_create(&thread, NULL, %s, NULL)", name);
    if (error)
        return false;
    if (manner != PROTOCOL_ENDS)
        report_enter(self, manner, limit_ms, "pthread_join(thread, NULL)");
    error = pthread_join(thread, NULL);
    report_call(self, error, error, "pthread_join(thread, NULL)");
    return true;
}
