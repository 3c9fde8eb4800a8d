/* Who adopts orphans: in a sandbox Forklore, which here is this program; else whom the kernel chooses, who
 * may not reap. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "machine/children.h"
#include "machine/procfile.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

enum { DEADLINE_MS = 20000 };

static struct process_id id_of(const struct bench *bench, const char *name)
{
    const struct actor *actor = lab_actor_by_name(bench->lab, name);
    assert_non_null(actor);
    return actor->id;
}

static pid_t parent_of(struct process_id id)
{
    struct process_storage storage;
    struct process process;
    assert_int_equal(procfile_read(id.pid, &process, &storage), 0);
    assert_true(process.id.start == id.start);
    return process.ppid;
}

static char state_of(struct process_id id)
{
    struct process_storage storage;
    struct process process;
    if (procfile_read(id.pid, &process, &storage) < 0 || process.id.start != id.start)
        return '-';
    return process.state;
}

/* Dispatches until the condition holds. */
static void dispatch_until(struct bench *bench, bool (*condition)(void *data), void *data)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    while (!condition(data)) {
        struct pollfd ready = { .fd = lab_fd(bench->lab), .events = POLLIN };
        if (clock_now() > deadline)
            fail_msg("too slow; told so far:\n%s", bench->told);
        poll(&ready, 1, 20);
        lab_dispatch(bench->lab);
    }
}

static void an_orphan_is_adopted_and_reaped(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; a: exit 0; expect b.ppid != a.pid; expect lab.sandbox = 1");
    struct process_id orphan = id_of(bench, "b");
    assert_int_equal(parent_of(orphan), getpid());
    bench_run(bench, "b: exit 7");
    bench_await(bench, "b: exit 7 -- forklore, which adopted it, has asked\n");
    assert_true(bench_has(bench, "b: exit 7 -- Z: forklore has adopted it and asks at once\n"));
    assert_false(procfile_exists(orphan));
    bench_run(bench, "expect b gone; expect b.status = \"exit 7\"");
    HOLDS(bench);
}

static void its_own_zombies_are_kept_until_they_are_reaped(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; a: exit 3; b: exit 4");
    bench_await(bench, "b: exit 4 -- forklore, which adopted it, has asked\n");
    struct process_id own = id_of(bench, "a");
    assert_int_equal(state_of(own), 'Z');
    assert_true(
        bench_has(bench, "a: exit 3 -- Z: forklore has not asked how it ended; its child b is an orphan: "));
    bench_run(bench, "reap a; expect a gone");
    assert_false(procfile_exists(own));
    HOLDS(bench);
}

static void a_zombie_that_is_left_is_reaped_too(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; b: exit 4; expect b.stat = Z; expect b.ppid = a.pid; a: _exit 0");
    bench_await(bench, "b: exit 4 -- forklore, which adopted it, has asked\n");
    assert_false(procfile_exists(id_of(bench, "b")));
    HOLDS(bench);
}

static void a_killed_orphan_tells_its_signal(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; b: fork c; a: _exit 0");
    kill(id_of(bench, "b").pid, SIGKILL);
    kill(id_of(bench, "c").pid, SIGTERM);
    bench_await(bench, "b: signal SIGKILL -- forklore, which adopted it, has asked\n");
    bench_await(bench, "c: signal SIGTERM -- forklore, which adopted it, has asked\n");
    HOLDS(bench);
}

/* A child of this process that is no actor and runs `sleep`; kept for the next question. */
static bool find_stray(void *data)
{
    struct process_id *stray = data;
    pid_t children[64];
    ssize_t count = children_read(getpid(), children, 64);
    for (ssize_t i = 0; i < count && i < 64; i++) {
        char command[64];
        struct process_storage storage;
        struct process process;
        if (procfile_read(children[i], &process, &storage) == 0 && strcmp(process.comm, "sleep") == 0 &&
            procfile_cmdline(process.id, command, sizeof command) == 0 && strcmp(command, "sleep 1003") == 0)
            *stray = process.id;
    }
    return stray->pid != 0;
}

static bool is_gone(void *data)
{
    return !procfile_exists(*(const struct process_id *)data);
}

static void what_programs_of_actors_leave_is_reaped(void **state)
{
    struct bench *bench = *state;
    struct process_id stray = { 0 };
    bench_run(bench, "spawn a; a: exec sh -c \"(sleep 1003 &); exec sleep 1004\"; expect a.comm = sleep");
    dispatch_until(bench, find_stray, &stray);
    assert_int_equal(parent_of(stray), getpid());
    kill(stray.pid, SIGKILL);
    dispatch_until(bench, is_gone, &stray);
    assert_int_equal(state_of(id_of(bench, "a")), 'S');
    HOLDS(bench);
}

static void the_end_leaves_no_zombie_and_no_subreaper(void **state)
{
    struct bench *bench = *state;
    int subreaper = -1;
    pid_t child;
    assert_int_equal(prctl(PR_GET_CHILD_SUBREAPER, &subreaper), 0);
    assert_int_equal(subreaper, 1);
    bench_run(bench, "spawn a; a: fork b; b: fork c; c: fork d; a: exit; b: exit;"
                     "spawn x; x: exec sh -c \"(sleep 1003 &); exec sleep 1004\"; expect x.comm = sleep");
    lab_free(bench->lab);
    bench->lab = NULL;
    assert_int_equal(children_read(getpid(), &child, 1), 0);
    assert_int_equal(prctl(PR_GET_CHILD_SUBREAPER, &subreaper), 0);
    assert_int_equal(subreaper, 0);
}

/* This program adopts, as an init would that does not reap; the lab is not told to be the adopter. */
static void an_adopter_that_does_not_reap_is_named(void **state)
{
    struct bench *bench = *state;
    char line[200];
    int status;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    bench_run(bench, "spawn a; a: fork b; a: fork c; a: exit; b: exit 7; expect lab.sandbox = 0");
    struct process_id left = id_of(bench, "b"), later = id_of(bench, "c");
    snprintf(line, sizeof line, "b: exit 7 -- %d test_sandbox does not reap; with --sandbox ", (int)getpid());
    bench_await(bench, line);
    assert_int_equal(state_of(left), 'Z');
    assert_int_equal(parent_of(left), getpid());
    bench_run(bench, "c: exit 8");
    snprintf(line, sizeof line, "c: exit 8 -- Z: %d test_sandbox does not reap: it stays\n", (int)getpid());
    bench_await(bench, line);
    assert_int_equal(waitpid(left.pid, &status, 0), left.pid);
    bench_await(bench, "b: exit 7\n");
    assert_int_equal(waitpid(later.pid, &status, 0), later.pid);
    bench_await(bench, "c: exit 8\n");
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    HOLDS(bench);
}

#define TEST(name)    cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
#define SANDBOX(name) cmocka_unit_test_setup_teardown(name, bench_setup_sandbox, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        SANDBOX(an_orphan_is_adopted_and_reaped),
        SANDBOX(its_own_zombies_are_kept_until_they_are_reaped),
        SANDBOX(a_zombie_that_is_left_is_reaped_too),
        SANDBOX(a_killed_orphan_tells_its_signal),
        SANDBOX(what_programs_of_actors_leave_is_reaped),
        SANDBOX(the_end_leaves_no_zombie_and_no_subreaper),
        TEST(an_adopter_that_does_not_reap_is_named),
    };
    return cmocka_run_group_tests_name("lab/sandbox", tests, NULL, NULL);
}
