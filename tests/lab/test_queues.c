/* POSIX message queues of actors, and pools of workers made of them: what the kernel has in them, who waits,
 * and that no name is left. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

enum { DEADLINE_MS = 20000 };

/* The name that the queues of this process's lab have while they have one. */
static void name_for(char *name, size_t size, int pid)
{
    char path[40], text[4096];
    snprintf(path, sizeof path, "/proc/%d/limits", pid);
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[length] = '\0';
    const char *locks = strstr(text, "Max file locks");
    assert_non_null(locks);
    snprintf(name, size, "/forklore-%llu", strtoull(locks + strlen("Max file locks"), NULL, 10));
}

static bool exists(const char *name)
{
    mqd_t queue = mq_open(name, O_RDONLY);
    if (queue >= 0)
        mq_close(queue);
    return queue >= 0 || errno != ENOENT;
}

static void leave_name(const char *name)
{
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, NULL);
    if (queue < 0)
        fail_msg("mq_open: %s", strerror(errno));
    mq_close(queue);
}

/* The mark of the lab, from one of its actors. */
static void name_of_lab(struct bench *bench, char *name, size_t size)
{
    name_for(name, size, (int)lab_actor_by_name(bench->lab, "a")->id.pid);
}

static void messages_come_in_order_and_the_kernel_counts_them(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mq q; a: fork b; a: put q one; b: put q \"two\\nlines\"; a: put q three;"
        "expect a.q = 3; expect b.q = 3; b: qsize q; b: get q; b: get q text; expect b.text ~ ^two; a: get q;"
        "expect a.q = 0; expect a.result = 5");
    HOLDS(bench);
    assert_true(bench_place(bench, "b: message = \"one\"\n") <
                bench_place(bench, "b: message = \"two\\nlines\"\n"));
    assert_true(bench_place(bench, "b: message = \"two\\nlines\"\n") <
                bench_place(bench, "a: message = \"three\"\n"));
    assert_true(bench_has(bench, "b: attributes.mq_curmsgs = 3;  attributes.mq_maxmsg = 10\n"));
}

static void a_queue_has_no_name(void **state)
{
    char name[64], line[100];
    bench_run(*state, "spawn a; a: mq q; expect a.fd[3] ~ ^/forklore-");
    HOLDS((struct bench *)*state);
    name_of_lab(*state, name, sizeof name);
    assert_false(exists(name));
    snprintf(line, sizeof line, "a: mq_unlink(\"%s\") = 0\n", name);
    assert_true(bench_has(*state, line));
}

static void a_name_that_was_left_is_removed(void **state)
{
    struct bench *bench = *state;
    char name[64];
    bench_run(bench, "spawn a");
    name_of_lab(bench, name, sizeof name);
    leave_name(name);
    bench_run(bench, "a: mq q; expect a.q = 0");
    HOLDS(bench);
    assert_true(bench_has(bench, "= -1 EEXIST"));
    assert_false(exists(name));
    leave_name(name);
    lab_free(bench->lab);
    bench->lab = NULL;
    assert_false(exists(name));
}

static pid_t start_forklore(int *ret_output)
{
    int ends[2];
    pid_t pid;
    char *folder = bench_programs(), *path = xasprintf("%s/forklore", folder);
    char *argv[] = { path, (char *)"lab", (char *)"-c", (char *)"spawn a; a: sleep 3600000; a: exit", NULL };
    posix_spawn_file_actions_t actions;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    assert_int_equal(posix_spawn(&pid, path, &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    free(path);
    free(folder);
    *ret_output = ends[0];
    return pid;
}

static void no_name_survives_a_killed_lab(void **state)
{
    (void)state;
    int output;
    char line[256] = "", name[64];
    pid_t pid = start_forklore(&output);
    struct pollfd ready = { .fd = output, .events = POLLIN };
    assert_int_equal(poll(&ready, 1, DEADLINE_MS), 1);
    assert_true(read(output, line, sizeof line - 1) > 0);
    const char *actor = strstr(line, "fork() = ");
    assert_non_null(actor);
    name_for(name, sizeof name, atoi(actor + strlen("fork() = ")));
    leave_name(name);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    close(output);
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    while (exists(name) && clock_now() < deadline)
        poll(NULL, 0, 10);
    assert_false(exists(name));
}

static void a_full_queue_blocks_and_an_empty_one_too(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: mq q max=1; a: fork b; a: get q; expect a.state = S;"
                     "expect a.blocked-in ~ ^mq_receive; b: put q one");
    bench_await(bench, "a: message = \"one\"\n");
    bench_run(bench, "a: put q two; a: put q three; expect a.state = S; expect a.blocked-in ~ ^mq_send;"
                     "expect a.q = 1; b: get q");
    bench_await(bench, "a: mq_send(3, \"three\", 5, 0) = 0\n");
    bench_run(bench, "expect a.q = 1; expect b.q = 1");
    HOLDS(bench);
}

static void who_does_not_want_to_wait_does_not(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: mq q max=1; a: get q block=no; expect a.errno = ETIMEDOUT; a: get q timeout=20;"
              "expect a.errno = ETIMEDOUT; a: put q one block=no; expect a.errno = 0; a: put q two block=no;"
              "expect a.errno = ETIMEDOUT; a: put q two timeout=20; expect a.errno = ETIMEDOUT;"
              "expect a.q = 1; a: get q timeout=1000; expect a.result = 3");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: mq_timedsend(3, \"two\", 3, 0, {0, 0}) = -1 ETIMEDOUT"));
    assert_true(bench_has(bench, "a: mq_timedsend(3, \"two\", 3, 0, now + 20 ms) = -1 ETIMEDOUT"));
    assert_true(bench_has(bench, "a: mq_timedreceive(3, message, 256, NULL, now + 20 ms) = -1 ETIMEDOUT"));
}

static void interrupt_releases_it(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mq q max=1; a: get q; interrupt a; expect a.errno = EINTR; a: get q timeout=3600000");
    bench_await(bench, "now + 3600000 ms) ...");
    bench_run(bench, "interrupt a; expect a.errno = EINTR; a: put q one; a: put q two; interrupt a;"
                     "expect a.errno = EINTR; expect a.q = 1; a: qsize q");
    HOLDS(bench);
}

static void limits_have_words(void **state)
{
    struct bench *bench = *state;
    char script[400];
    snprintf(script, sizeof script,
             "spawn a; a: mq q max=0; expect a.errno = EINVAL; a: mq q; a: put q \"%0257d\"", 0);
    bench_run(bench, script);
    assert_true(bench_has(bench, "= -1 EINVAL -- EINVAL: a queue has room for 1 message at least"));
    bench_run(bench, "expect a.errno = EMSGSIZE; a: put x one");
    assert_true(bench_has(bench, "it has no thing of the name 'x'"));
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void a_worker_takes_tasks_until_it_is_told_to_stop(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: mq tasks; a: mq results; a: fork b; b: worker tasks results; expect b.state = S;"
              "a: put tasks \"3 square 7\"; a: get results; a: put tasks \"4 nothing 7\"; a: get results;"
              "a: put tasks \"5 square x\"; a: get results; a: put tasks \"\"; a: get results;"
              "a: put tasks stop; expect b.status = \"exit 0\"; a: waitpid b; expect b gone");
    HOLDS(bench);
    assert_true(bench_has(bench, "b: square(7) = 49\n"));
    assert_true(bench_has(bench, "b: mq_send(4, \"3 49\", 4, 0) = 0\n"));
    assert_true(bench_has(bench, "a: message = \"3 49\"\n"));
    assert_true(bench_has(bench, "a: message = \"4 error no function 'nothing'\"\n"));
    assert_true(bench_has(bench, "a: message = \"5 error bad number 'x'\"\n"));
    assert_true(bench_has(bench, "a: message = \"0 error no task\"\n"));
}

static void a_pool_gives_results_in_the_order_of_its_tasks(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: pool p 3; expect a.children = 3; expect p1.ppid = a.pid; expect p3.state = S;"
        "a: apply p square 7; expect a.p = \"[49]\"; a: map p sleep [30,1,20]; expect a.p = \"[30, 1, 20]\";"
        "a: apply_async p cube 2; a: apply_async p cube 3; a: result p count=2; expect a.p = \"[8, 27]\";"
        "expect a.pt = 0; expect a.pr = 0;"
        "a: map p square [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]; expect a.p[19] = 400;"
        "a: pool_close p; a: pool_join p; expect a.children = 0; expect p1 gone; expect p3 gone");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: mq_send(3, \"0 square 7\", 10, 0) = 0\n"));
    assert_true(bench_has(bench, "p2: exit(0)\n"));
    assert_true(bench_has(bench, "a: waitpid(<p2>, &status, 0) = <p2> -- "));
}

static void a_pool_refuses_what_multiprocessing_would(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: apply p square 7; a: pool p 1; a: pool p 1; a: pool_join p; a: map p square [];"
              "a: pool_close p; a: apply p square 7; a: pool_join p; a: pool p 1; expect p1.state = S");
    assert_true(bench_has(bench, ": a: apply p square 7 -- a has no pool 'p'\n"));
    assert_true(bench_has(bench, ": a: pool p 1 -- a has a pool 'p' already\n"));
    assert_true(bench_has(bench, ": a: pool_join p -- the pool is still running: pool_close comes first\n"));
    assert_true(bench_has(bench, ": a: map p square [] -- 1 to 20 numbers"));
    assert_true(bench_has(bench, ": a: apply p square 7 -- the pool is closed: it takes no more tasks\n"));
    assert_int_equal(lab_failures(bench->lab), 5);
    assert_int_equal(bench_reject(bench, "a: pool P 1").column, 9);
    assert_int_equal(bench_reject(bench, "a: pool p 17").column, 11);
}

static void a_task_that_fails_is_told_where_its_result_is_taken(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: pool p 2; a: apply_async p nothing 1; a: apply_async p square \"\\\"\\n\\\\\";"
              "expect a.pr = 2; a: apply_async p square 3; a: result p count=3; expect a.p = \"[9]\"");
    HOLDS(bench);
    assert_true(
        bench_has(bench, "error no function 'nothing'\" -- the task failed: here the exception is raised"));
    assert_true(bench_has(bench, "a: message = \"1 error bad number '\\\"\\n\\\\'\""));
}

/* An interrupted churn leaves nobody behind. */
static void churn_reaps_all_that_it_made(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: churn each 50; expect a.each > 0 within 20s; expect a.children = 0; expect a.result = "
        "50;"
        "a: churn one 50 reuse=yes; expect a.one > 0 within 20s; expect a.children = 0; expect a.result = 50;"
        "a: churn endless 100000; interrupt a; expect a.errno = EINTR within 20s; expect a.children = 0;"
        "a: churn endless 100000 reuse=yes; interrupt a; expect a.errno = EINTR within 20s; expect "
        "a.children = 0");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: for (i = 0; i < 50; i++) fork(), waitpid() = 50\n"));
    assert_true(bench_has(bench, "a: for (i = 0; i < 50; i++) write(), read() = 50\n"));
    assert_false(bench_has(bench, "long endless ="));
}

/* An interrupted one leaves nobody behind, and one that was not alone with its numbers has failed. */
static void numbers_pass_through_every_way(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: pipe p; a: pipe d duplex; a: mq q; a: mmap one i; a: mmap many i[64];"
        "a: transfer t1 100 p; expect a.t1 > 0; expect a.result = 100; a: transfer t2 100 d; expect a.t2 > 0;"
        "a: transfer t3 100 q; expect a.t3 > 0; expect a.q = 0; a: transfer t4 100 one; expect a.one = 99;"
        "a: transfer t5 100 many; expect a.many[35] = 99; expect a.many[36] = 36; expect a.children = 0;"
        "a: write p junk; a: transfer bad 100 p; expect a.errno = EBADMSG; expect a.children = 0;"
        "a: transfer endless 1000000 one; interrupt a; expect a.errno = EINTR within 20s; expect a.children "
        "= 0;"
        "a: transfer endless 1000000 q; interrupt a; expect a.errno = EINTR within 20s; expect a.children = "
        "0");
    HOLDS(bench);
    assert_true(bench_has(bench, "sem_wait(&room); *one = i; sem_post(&full); } = 100\n"));
    assert_true(bench_has(bench, "a: for (i = 0; i < 100; i++) many[i % 64] = i = 100\n"));
    assert_false(bench_has(bench, "long bad ="));
    assert_false(bench_has(bench, "long endless ="));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    mqd_t queue = mq_open("/forklore-is-there-such-a-thing", O_RDONLY);
    if (queue < 0 && errno == ENOSYS)
        return 77;
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(messages_come_in_order_and_the_kernel_counts_them),
        TEST(a_queue_has_no_name),
        TEST(a_name_that_was_left_is_removed),
        TEST(churn_reaps_all_that_it_made),
        TEST(numbers_pass_through_every_way),
        cmocka_unit_test(no_name_survives_a_killed_lab),
        TEST(a_full_queue_blocks_and_an_empty_one_too),
        TEST(who_does_not_want_to_wait_does_not),
        TEST(interrupt_releases_it),
        TEST(limits_have_words),
        TEST(a_worker_takes_tasks_until_it_is_told_to_stop),
        TEST(a_pool_gives_results_in_the_order_of_its_tasks),
        TEST(a_pool_refuses_what_multiprocessing_would),
        TEST(a_task_that_fails_is_told_where_its_result_is_taken),
    };
    return cmocka_run_group_tests_name("lab/queues", tests, NULL, NULL);
}
