#include "../unit.h"
#include "base/clock.h"
#include "machine/reader.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static struct sampler *sampler;

static int start(void **state)
{
    (void)state;
    return sampler_new(&sampler);
}

static int stop(void **state)
{
    (void)state;
    sampler_free(sampler);
    return 0;
}

static void this_process_is_read_as_it_is(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    prctl(PR_SET_NAME, "a (b) c");
    assert_int_equal(sampler_read(sampler, &(struct sample_request){ 0 }, &sample), 0);
    const struct process *self = sample_find(&sample, getpid());
    assert_non_null(self);
    assert_int_equal(self->ppid, getppid());
    assert_int_equal(self->pgrp, getpgrp());
    assert_int_equal(self->session, getsid(0));
    assert_int_equal(self->euid, geteuid());
    assert_int_equal(self->threads, 1);
    assert_int_equal(self->state, 'R');
    assert_string_equal(self->comm, "a (b) c");
    assert_true(self->rss_kib > 500 && self->rss_kib < 500 * 1024);
    assert_false(self->locked_known);
    assert_null(self->cmdline);
    assert_true(self->id.start > 0 && self->id.start / sysconf(_SC_CLK_TCK) <= (unsigned long long)(sample.time / NS_PER_SECOND));
    assert_false(process_is_thread(self));
    assert_false(process_is_kernel_thread(self));
    sample_release(&sample);
}

static void only_rich_processes_have_a_command_line_and_locked_memory(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_int_equal(mlock(page, 4096), 0);
    pid_t self = getpid();
    struct sample_request request = { .rich = &self, .rich_count = 1 };
    assert_int_equal(sampler_read(sampler, &request, &sample), 0);
    const struct process *rich = sample_find(&sample, self);
    assert_true(rich->locked_known);
    assert_non_null(strstr(rich->cmdline, "test_sampler"));
    const struct process *parent = sample_find(&sample, getppid());
    assert_false(parent->locked_known);
    assert_null(parent->cmdline);
#ifndef __SANITIZE_ADDRESS__ /* under which mlock does nothing */
    assert_true(rich->locked);
#endif
    munmap(page, 4096);
    sample_release(&sample);
}

static void everything_is_read_of_all_when_asked(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    struct sample_request request = { .needs = SAMPLE_LOCKED | SAMPLE_CMDLINE | SAMPLE_TTY };
    assert_int_equal(sampler_read(sampler, &request, &sample), 0);
    for (size_t i = 0; i < sample.count; i++) {
        assert_true(sample.processes[i].locked_known);
        assert_non_null(sample.processes[i].cmdline);
        assert_non_null(sample.processes[i].tty_name);
        if (!sample.processes[i].tty)
            assert_string_equal(sample.processes[i].tty_name, "?");
    }
    sample_release(&sample);
}

static void *wait_for_end(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

static void threads_follow_their_process(void **state)
{
    (void)state;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, wait_for_end, &lock);

    struct sample sample = { 0 };
    struct sample_request request = { .needs = SAMPLE_THREADS };
    assert_int_equal(sampler_read(sampler, &request, &sample), 0);
    const struct process *self = sample_find(&sample, getpid());
    assert_non_null(self);
    assert_int_equal(self->threads, 4);
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(self[i].tgid, getpid());
        assert_true(process_is_thread(&self[i]));
    }
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    sample_release(&sample);
}

static void a_reused_pid_is_not_the_same_process(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    assert_int_equal(sampler_read(sampler, &(struct sample_request){ 0 }, &sample), 0);
    const struct process *self = sample_find(&sample, getpid());
    struct process_id other = { self->id.pid, self->id.start + 1 };
    assert_ptr_equal(sample_find_id(&sample, self->id), self);
    assert_null(sample_find_id(&sample, other));
    assert_null(sample_find(&sample, 0));
    assert_null(sample_find(&sample, 1 << 30));
    sample_release(&sample);
}

static void a_sample_asked_for_arrives(void **state)
{
    (void)state;
    struct users *users = users_new();
    struct reader *reader;
    assert_int_equal(reader_new(&reader, users), 0);
    struct sample sample = { 0 };
    assert_int_equal(reader_take(reader, &sample), -EAGAIN);
    for (int round = 0; round < 3; round++) {
        pid_t self = getpid();
        reader_ask(reader, &(struct sample_request){ .rich = &self, .rich_count = 1 });
        self = 0; /* the request was copied */
        struct pollfd poll_fd = { .fd = reader_fd(reader), .events = POLLIN };
        assert_int_equal(poll(&poll_fd, 1, 10000), 1);
        assert_int_equal(reader_take(reader, &sample), 0);
        assert_true(sample_find(&sample, getpid())->locked_known);
        assert_int_equal(reader_take(reader, &sample), -EAGAIN);
    }
    reader_free(reader);
    sample_release(&sample);
    users_free(users);
}

static void a_user_is_a_number_until_looked_up(void **state)
{
    (void)state;
    struct users *users = users_new();
    assert_string_equal(users_name(users, 0), "0");
    assert_string_equal(users_name(users, 3999999999u), "3999999999");
    users_resolve(users);
    assert_string_equal(users_name(users, 0), "root");
    assert_string_equal(users_name(users, 3999999999u), "3999999999");
    users_free(users);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(this_process_is_read_as_it_is),
        cmocka_unit_test(only_rich_processes_have_a_command_line_and_locked_memory),
        cmocka_unit_test(everything_is_read_of_all_when_asked),
        cmocka_unit_test(threads_follow_their_process),
        cmocka_unit_test(a_reused_pid_is_not_the_same_process),
        cmocka_unit_test(a_sample_asked_for_arrives),
        cmocka_unit_test(a_user_is_a_number_until_looked_up),
    };
    return cmocka_run_group_tests_name("machine/sampler", tests, start, stop);
}
