/* What keeps the lab from harming its machine: numbers of actors and spinners, CPU time, a lifetime. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static int with_two_spinners(void **state)
{
    return bench_setup_limited(state, &(struct lab_limits){ .spinners = 2 });
}

static int with_many_actors(void **state)
{
    return bench_setup_limited(state, &(struct lab_limits){ .actors = 70 });
}

static int with_too_many_actors(void **state)
{
    return bench_setup_limited(state, &(struct lab_limits){ .actors = 100000 });
}

static int with_one_second(void **state)
{
    return bench_setup_limited(state, &(struct lab_limits){ .cpu_seconds = 1 });
}

static int with_a_short_life(void **state)
{
    return bench_setup_limited(state, &(struct lab_limits){ .lifetime = 100 * NS_PER_MS });
}

static void commands_that_fork_without_end_are_refused(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork count=63; expect lab.actors = 64; expect a.children = 63");
    HOLDS(bench);
    bench_run(bench, "a: fork count=63; a: fork; spawn; a: vfork; a: daemon; b: fork");
    assert_int_equal(lab_failures(bench->lab), 6);
    assert_true(bench_has(bench, ": a: fork count=63 -- there can be 64 actors at a time, and there are 64"));
    bench_forget(bench);
    bench_run(bench, "expect lab.actors = 64; expect a.children = 63");
    assert_int_equal(lab_failures(bench->lab), 6);
}

static void what_is_reaped_makes_room(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b count=63; b: exit; expect b.state = Z; a: fork c");
    assert_int_equal(lab_failures(bench->lab), 1);
    bench_run(bench, "a: waitpid b; a: fork c; expect c.parent = a");
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void more_actors_can_be_allowed(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a count=63; a: fork b count=7; expect lab.actors = 70; tree; spawn");
    assert_int_equal(lab_failures(bench->lab), 1);
    assert_true(bench_has(bench, "there can be 70 actors at a time"));
    assert_true(bench_has(bench, "b7"));
}

static void the_tables_bound_what_can_be_allowed(void **state)
{
    struct bench *bench = *state;
    char line[40];
    bench_run(bench, "limits");
    snprintf(line, sizeof line, "%10d  actors at a time", LAB_ACTORS_MAX);
    assert_true(bench_has(bench, line));
}

static void spinners_are_limited_in_number(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a count=3; a: spin; a2: spin; expect a.state = R; a3: spin; a3: spin 10");
    assert_int_equal(lab_failures(bench->lab), 2);
    assert_true(bench_has(bench, ": a3: spin -- 2 actors use the CPU already, and more may not"));
    bench_run(bench,
              "interrupt a; a3: spin 10; expect a3.blocked-in = \"\"; a3: spin 10; expect a3.errno = 0;"
              "interrupt a2; a: spin");
    assert_int_equal(lab_failures(bench->lab), 2);
}

/* The soft and the hard limit in seconds, as the kernel has them; 0: none. */
static void read_cpu_limit(struct bench *bench, const char *name, unsigned long *soft, unsigned long *hard)
{
    char path[40], line[160];
    *soft = *hard = 0;
    snprintf(path, sizeof path, "/proc/%d/limits", (int)lab_actor_by_name(bench->lab, name)->id.pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "Max cpu time %lu %lu", soft, hard) == 2)
            break;
    fclose(file);
}

static void cpu_time_is_limited_for_all_that_comes_of_an_actor(void **state)
{
    struct bench *bench = *state;
    struct rlimit own;
    unsigned long soft, hard;
    if (getrlimit(RLIMIT_CPU, &own) < 0 || own.rlim_max < LAB_CPU_SECONDS_DEFAULT)
        skip();
    bench_run(bench, "spawn a; a: fork b; b: fork c; c: exec sleep 1000; expect c.exe ~ /");
    HOLDS(bench);
    for (const char *name = "abc"; *name; name++) {
        read_cpu_limit(bench, (char[]){ *name, '\0' }, &soft, &hard);
        assert_int_equal(soft, LAB_CPU_SECONDS_DEFAULT);
        assert_int_equal(hard, LAB_CPU_SECONDS_DEFAULT);
    }
}

static void who_has_used_up_its_time_is_killed(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: spin; expect a.status = \"signal SIGKILL\" within 18s");
    HOLDS(bench);
    bench_await(bench, " of the 1 s of CPU time of RLIMIT_CPU\n");
    bench_run(bench, "spawn b; signal b KILL; expect b.state = Z");
    bench_await(bench, "b: signal SIGKILL -- Z: forklore has not asked how it ended\n");
}

static void the_forgotten_are_ended(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a count=2");
    bench_await(bench, "a: signal SIGKILL");
    bench_await(bench, "a2: signal SIGKILL");
    assert_true(lab_idle(bench->lab));
    assert_true(
        bench_has(bench, ": kill(<a>, SIGKILL) = 0 -- a was forgotten: nobody gave it an order for "));
    bench_run(bench, "expect a.state = Z; reap a; expect a gone; expect a2.state = Z");
    HOLDS(bench);
}

static void time_passes_and_the_lab_goes_on(void **state)
{
    struct bench *bench = *state;
    struct lab_error error;
    assert_int_equal(bench_reject(bench, "settle").column, 1);
    assert_int_equal(bench_reject(bench, "settle 0").column, 8);
    int64_t begun = clock_now();
    assert_int_equal(lab_submit(bench->lab, "spawn a; a: pause; settle 200; interrupt a", &error), 0);
    bench_await(bench, "a: pause() ...");
    assert_false(lab_idle(bench->lab));
    bench_await(bench, "a: pause() = -1 EINTR");
    assert_true(clock_now() - begun >= 200 * NS_PER_MS);
}

static void limits_are_told(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: spin; limits");
    HOLDS(bench);
    assert_true(bench_has(bench, "        64  actors at a time, until they are reaped; now 1\n"));
    assert_true(bench_has(bench, "         8  told to use the CPU at a time; now 1\n"));
    assert_true(bench_has(bench, "RLIMIT_CPU"));
    assert_true(bench_has(bench, " 4 h 0 min  until an actor"));
    assert_true(bench_has(bench, "RLIMIT_NPROC"));
}

static void how_long_a_call_blocks_is_known(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; expect a.blocked-for = 0; a: pause; expect a.blocked-for >= 30; interrupt a;"
              "expect a.blocked-for = 0; expect a.blocked-in = \"\"; expect a.errno = EINTR;"
              "a: stop; expect a.state = T; expect a.blocked-for > 0; cont a; expect a.blocked-for = 0");
    HOLDS(bench);
    bench_run(bench, "a: vfork b; expect a.state = D; expect a.blocked-for >= 30; interrupt a");
    assert_int_equal(lab_failures(bench->lab), 1);
    bench_run(bench, "b: exit; expect a.blocked-for = 0");
    assert_int_equal(lab_failures(bench->lab), 1);
}

#define TEST(name)             cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
#define TEST_WITH(name, setup) cmocka_unit_test_setup_teardown(name, setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(commands_that_fork_without_end_are_refused),
        TEST(what_is_reaped_makes_room),
        TEST_WITH(more_actors_can_be_allowed, with_many_actors),
        TEST_WITH(the_tables_bound_what_can_be_allowed, with_too_many_actors),
        TEST_WITH(spinners_are_limited_in_number, with_two_spinners),
        TEST(cpu_time_is_limited_for_all_that_comes_of_an_actor),
        TEST_WITH(who_has_used_up_its_time_is_killed, with_one_second),
        TEST_WITH(the_forgotten_are_ended, with_a_short_life),
        TEST(time_passes_and_the_lab_goes_on),
        TEST(limits_are_told),
        TEST(how_long_a_call_blocks_is_known),
    };
    return cmocka_run_group_tests_name("lab/limits", tests, NULL, NULL);
}
