#include "../unit.h"
#include "base/clock.h"
#include "children.h"
#include "machine/connector.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct connector *connector;

static int start(void **state)
{
    (void)state;
    return connector_open(&connector);
}

static int stop(void **state)
{
    (void)state;
    connector_free(connector);
    return 0;
}

/* Everything that was heard of one process and its children. */
struct heard {
    pid_t pid;
    struct kernel_event events[16];
    size_t count;
    size_t wanted;
    size_t lost;
};

static bool hear(void *data)
{
    struct heard *heard = data;
    struct kernel_event events[32];
    size_t count, lost;
    do {
        assert_int_equal(connector_read(connector, events, 32, &count, &lost), 0);
        heard->lost += lost;
        for (size_t i = 0; i < count; i++)
            if ((events[i].pid == heard->pid || events[i].parent == heard->pid) && heard->count < 16)
                heard->events[heard->count++] = events[i];
    } while (count == 32);
    return heard->count >= heard->wanted;
}

static void run_true(void *unused)
{
    (void)unused;
    prctl(PR_SET_NAME, "before) exec");
    raise(SIGSTOP);
    execl("/bin/sh", "sh", "-c", "kill -STOP $$; exit 6", (char *)NULL);
    _exit(127);
}

static void a_life_is_heard_from_birth_to_end(void **state)
{
    (void)state;
    int64_t began = clock_now();
    pid_t pid = child_start(run_true, NULL);
    struct process_id id = wait_for_state(pid, 'T');
    struct heard heard = { .pid = pid, .wanted = 1 };
    wait_until("the birth", hear, &heard);
    kill(pid, SIGCONT);
    heard.wanted = 2;
    wait_until("the exec", hear, &heard);
    wait_for_state(pid, 'T');
    kill(pid, SIGCONT);
    heard.wanted = 3;
    wait_until("the end", hear, &heard);
    waitpid(pid, NULL, 0);

    static const enum kernel_event_kind kinds[] = { KERNEL_FORK, KERNEL_EXEC, KERNEL_EXIT };
    assert_int_equal(heard.count, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(heard.events[i].pid, pid);
        assert_int_equal(heard.events[i].kind, kinds[i]);
        assert_true(heard.events[i].time >= (i ? heard.events[i - 1].time : began));
    }
    assert_true(heard.events[2].time <= clock_now());
    assert_int_equal(heard.events[0].parent, getpid());
    assert_true(heard.events[0].start == id.start);
    assert_string_equal(heard.events[0].comm, "before) exec");
    assert_true(heard.events[1].start == id.start);
    assert_string_equal(heard.events[1].comm, "sh");
    assert_int_equal(heard.events[2].status, 6 << 8);
    assert_int_equal(heard.events[2].parent, 0);
}

static void the_end_by_a_signal_is_told(void **state)
{
    (void)state;
    pid_t pid = child_start(child_pause, NULL);
    struct heard heard = { .pid = pid, .wanted = 2 };
    wait_for_state(pid, 'S');
    kill(pid, SIGTERM);
    wait_until("the end", hear, &heard);
    waitpid(pid, NULL, 0);
    assert_int_equal(heard.events[1].kind, KERNEL_EXIT);
    assert_int_equal(heard.events[1].status, SIGTERM);
}

/* The pid is that of a process that is long gone when the event is read. */
static void what_is_gone_has_no_identity(void **state)
{
    (void)state;
    int status = 3;
    pid_t pid = child_start(child_exit, &status);
    waitpid(pid, NULL, 0);
    struct heard heard = { .pid = pid, .wanted = 2 };
    wait_until("both events", hear, &heard);
    assert_int_equal(heard.events[0].kind, KERNEL_FORK);
    assert_true(heard.events[0].start == 0);
    assert_string_equal(heard.events[0].comm, "");
    assert_int_equal(heard.events[1].status, 3 << 8);
}

static void *do_nothing(void *unused)
{
    return unused;
}

static void run_a_thread(void *unused)
{
    pthread_t thread;
    pthread_create(&thread, NULL, do_nothing, unused);
    pthread_join(thread, NULL);
}

static void threads_are_left_out(void **state)
{
    (void)state;
    pid_t pid = child_start(run_a_thread, NULL);
    struct heard heard = { .pid = pid, .wanted = 2 };
    wait_until("the end", hear, &heard);
    waitpid(pid, NULL, 0);
    hear(&heard);
    assert_int_equal(heard.count, 2);
    assert_int_equal(heard.events[0].kind, KERNEL_FORK);
    assert_int_equal(heard.events[1].kind, KERNEL_EXIT);
}

static void little_room_takes_several_calls(void **state)
{
    (void)state;
    struct kernel_event events[2];
    size_t count, lost, calls = 0, own = 0;
    int status = 0;
    pid_t pids[3];
    for (int i = 0; i < 3; i++)
        waitpid(pids[i] = child_start(child_exit, &status), NULL, 0);
    for (int64_t deadline = clock_now() + 20 * NS_PER_SECOND; own < 6 && clock_now() < deadline; calls++) {
        assert_int_equal(connector_read(connector, events, 2, &count, &lost), 0);
        assert_true(count <= 2);
        for (size_t i = 0; i < count; i++)
            own += events[i].pid == pids[0] || events[i].pid == pids[1] || events[i].pid == pids[2];
    }
    assert_int_equal(own, 6);
    assert_true(calls >= 3);
}

/* Makes each CPU send a message, so that every gap before it shows. */
static void wake_every_cpu(void)
{
    cpu_set_t before, one;
    int status = 0;
    sched_getaffinity(0, sizeof before, &before);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &before))
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        waitpid(child_start(child_exit, &status), NULL, 0);
    }
    sched_setaffinity(0, sizeof before, &before);
}

static void what_is_lost_is_counted(void **state)
{
    (void)state;
    enum { BIRTHS = 300 };
    struct kernel_event events[64];
    size_t count, lost, heard = 0, lost_in_all = 0;
    wake_every_cpu();
    do
        assert_int_equal(connector_read(connector, events, 64, &count, &lost), 0);
    while (count == 64);

    int small = 4096, status = 0;
    setsockopt(connector_fd(connector), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    pid_t own = getpid();
    for (int i = 0; i < BIRTHS; i++)
        waitpid(child_start(child_exit, &status), NULL, 0);
    for (int round = 0; round < 2; round++) {
        do {
            assert_int_equal(connector_read(connector, events, 64, &count, &lost), 0);
            lost_in_all += lost;
            for (size_t i = 0; i < count; i++)
                heard += events[i].kind == KERNEL_FORK && events[i].parent == own;
        } while (count == 64);
        if (round == 0) {
            assert_true(lost_in_all > 0);
            assert_true(heard < BIRTHS);
            int large = 1 << 20;
            setsockopt(connector_fd(connector), SOL_SOCKET, SO_RCVBUF, &large, sizeof large);
            heard = BIRTHS - heard; /* the births that nobody heard of */
            wake_every_cpu();
        }
    }
    /* each of them was at least one message, and their ends were lost too */
    print_message("# %d births, %zu messages lost\n", BIRTHS, lost_in_all);
    assert_true(lost_in_all >= heard);
}

int main(void)
{
    int r = connector_open(&connector);
    if (r < 0) {
        printf("1..0 # SKIP the proc connector is not available: %s\n", strerror(-r));
        return 0;
    }
    connector_free(connector);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_life_is_heard_from_birth_to_end, start, stop),
        cmocka_unit_test_setup_teardown(the_end_by_a_signal_is_told, start, stop),
        cmocka_unit_test_setup_teardown(what_is_gone_has_no_identity, start, stop),
        cmocka_unit_test_setup_teardown(threads_are_left_out, start, stop),
        cmocka_unit_test_setup_teardown(little_room_takes_several_calls, start, stop),
        cmocka_unit_test_setup_teardown(what_is_lost_is_counted, start, stop),
    };
    return cmocka_run_group_tests_name("machine/connector", tests, NULL, NULL);
}
