#include "machine/reader.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A request with its own copy of the pids. */
struct order_slip {
    struct sample_request request;
    pid_t *pids;
    size_t room;
};

struct reader {
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t asked;
    bool wanted, ending;
    struct order_slip next;
    bool finished;
    int error;
    struct sample result;

    int fd; /* eventfd: readable while `finished` */
    struct users *users;
    struct sampler *sampler; /* the thread's own from here on */
    struct order_slip current;
    struct sample working;
};

static void copy_slip(struct order_slip *to, const struct sample_request *request)
{
    to->request = *request;
    if (request->rich_count) {
        to->pids = grow(to->pids, &to->room, request->rich_count, sizeof *to->pids);
        memcpy(to->pids, request->rich, request->rich_count * sizeof *to->pids);
    }
    to->request.rich = to->pids;
}

/* Waits for a request; false: the reader ends. */
static bool next_request(struct reader *reader)
{
    pthread_mutex_lock(&reader->lock);
    while (!reader->wanted && !reader->ending)
        pthread_cond_wait(&reader->asked, &reader->lock);
    bool go = !reader->ending;
    if (go) {
        reader->wanted = false;
        copy_slip(&reader->current, &reader->next.request);
    }
    pthread_mutex_unlock(&reader->lock);
    return go;
}

static void publish(struct reader *reader, int error)
{
    pthread_mutex_lock(&reader->lock);
    struct sample old = reader->result;
    reader->result = reader->working;
    reader->working = old;
    reader->error = error;
    reader->finished = true;
    eventfd_write(reader->fd, 1);
    pthread_mutex_unlock(&reader->lock);
}

static void *run(void *data)
{
    struct reader *reader = data;
    /* Where CPUs are short, a key goes before a sweep. This is the thread's own policy: the process, as ps
     * shows it, keeps its. */
    sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){ .sched_priority = 0 });
    while (next_request(reader)) {
        publish(reader, sampler_read(reader->sampler, &reader->current.request, &reader->working));
        users_resolve(reader->users);
    }
    return NULL;
}

static void release(struct reader *reader)
{
    sampler_free(reader->sampler);
    if (reader->fd >= 0)
        close(reader->fd);
    sample_release(&reader->result);
    sample_release(&reader->working);
    free(reader->next.pids);
    free(reader->current.pids);
    pthread_cond_destroy(&reader->asked);
    pthread_mutex_destroy(&reader->lock);
    free(reader);
}

int reader_new(struct reader **ret, struct users *users)
{
    struct reader *reader = xcalloc(1, sizeof *reader);
    reader->users = users;
    pthread_mutex_init(&reader->lock, NULL);
    pthread_cond_init(&reader->asked, NULL);
    reader->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int r = reader->fd < 0 ? -errno : sampler_new(&reader->sampler);
    if (r == 0)
        r = -pthread_create(&reader->thread, NULL, run, reader);
    if (r < 0) {
        release(reader);
        return r;
    }
    *ret = reader;
    return 0;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    pthread_mutex_lock(&reader->lock);
    reader->ending = true;
    pthread_cond_signal(&reader->asked);
    pthread_mutex_unlock(&reader->lock);
    pthread_join(reader->thread, NULL);
    release(reader);
}

void reader_ask(struct reader *reader, const struct sample_request *request)
{
    pthread_mutex_lock(&reader->lock);
    copy_slip(&reader->next, request);
    reader->wanted = true;
    pthread_cond_signal(&reader->asked);
    pthread_mutex_unlock(&reader->lock);
}

int reader_fd(const struct reader *reader)
{
    return reader->fd;
}

int reader_take(struct reader *reader, struct sample *sample)
{
    int r = -EAGAIN;
    pthread_mutex_lock(&reader->lock);
    if (reader->finished) {
        r = reader->error;
        reader->finished = false;
        eventfd_t drained;
        eventfd_read(reader->fd, &drained);
        if (r == 0) {
            struct sample old = *sample;
            *sample = reader->result;
            reader->result = old;
        }
    }
    pthread_mutex_unlock(&reader->lock);
    return r;
}
