/* Shares of a CPU, as measured and as the weights have them. What was measured is not asserted: others use
 * the CPU too. */
#include "../unit.h"
#include "bench.h"

#include "machine/scheduling.h"

#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

/* A CPU that this process may use, and so its actors. */
static int first_cpu(void)
{
    cpu_set_t set;
    int cpu = 0;
    assert_int_equal(sched_getaffinity(0, sizeof set, &set), 0);
    while (!CPU_ISSET(cpu, &set))
        cpu++;
    return cpu;
}

/* Two actors that spin on one CPU. */
static void start_two(struct bench *bench, const char *more)
{
    char script[200];
    snprintf(script, sizeof script, "spawn a cpu=%d; spawn b cpu=%d; %s; a: spin; b: spin", first_cpu(),
             first_cpu(), more);
    bench_run(bench, script);
}

struct row {
    double ran, ready, share, by_weight; /* share, by_weight < 0: none is told */
    bool ended;
};

static double percent(const char *text)
{
    double value;
    return sscanf(text, "%lf", &value) == 1 ? value : -1;
}

static struct row read_row(struct bench *bench, const char *name)
{
    char start[24], share[16], by_weight[16];
    struct row row;
    int pid, nice, cpu;
    snprintf(start, sizeof start, "\n%-15s ", name);
    const char *line = strstr(bench->told, start);
    assert_non_null(line);
    line += strlen(start);
    assert_int_equal(sscanf(line, "%d %d %d %*s %lf %lf %15s %15s", &pid, &nice, &cpu, &row.ran, &row.ready,
                            share, by_weight),
                     7);
    assert_int_equal(pid, lab_actor_by_name(bench->lab, name)->id.pid);
    row.share = percent(share);
    row.by_weight = percent(by_weight);
    const char *ended = strstr(line, "ended meanwhile");
    row.ended = ended && ended < strchr(line, '\n');
    return row;
}

static void assert_near(double value, double expected, double distance)
{
    if (!(value >= expected - distance && value <= expected + distance))
        fail_msg("%f is not %f", value, expected);
}

static void two_that_want_one_cpu_share_it(void **state)
{
    struct bench *bench = *state;
    start_two(bench, "limits");
    bench_run(bench, "cpushare a b for 300ms; expect a.cpushare > 0; expect a.cpushare <= 100");
    HOLDS(bench);
    struct row a = read_row(bench, "a"), b = read_row(bench, "b");
    assert_near(a.share + b.share, 100, 0.11);
    assert_near(a.by_weight, 50, 0);
    assert_near(b.by_weight, 50, 0);
    assert_true(a.ran + b.ran > 0 && a.ready + b.ready > 0);
    assert_false(bench_has(bench, "No share by weight"));
}

static void nice_values_tell_the_shares(void **state)
{
    struct bench *bench = *state;
    start_two(bench, "b: nice 5");
    bench_run(bench, "cpushare a b for 100ms");
    assert_near(read_row(bench, "a").by_weight, 75.35, 0.06);
    assert_near(read_row(bench, "b").by_weight, 24.65, 0.06);
    bench_forget(bench);
    bench_run(bench, "interrupt b; b: sched idle; b: spin; cpushare b a for 100ms");
    assert_near(read_row(bench, "b").by_weight, 0.3, 0.06);
    HOLDS(bench);
}

static void who_does_not_want_the_cpu_has_no_prediction(void **state)
{
    struct bench *bench = *state;
    char script[80];
    snprintf(script, sizeof script, "spawn a cpu=%d; a: pause; cpushare a for 50ms", first_cpu());
    bench_run(bench, script);
    struct row a = read_row(bench, "a");
    assert_near(a.by_weight, -1, 0);
    assert_true(bench_has(bench, "No share by weight: a: it did not want the CPU all the time.\n"));
    assert_near(a.ran, 0, 0);
    assert_near(a.share, -1, 0);
    bench_run(bench, "expect a.cpushare = 0 within 20ms");
    assert_true(bench_has(bench, "not met: a.cpushare = ?"));
}

static void who_ends_meanwhile_is_shown_so(void **state)
{
    struct bench *bench = *state;
    struct lab_error error;
    start_two(bench, "limits");
    bench_forget(bench);
    assert_int_equal(lab_submit(bench->lab, "cpushare a b for 20s", &error), 0);
    lab_dispatch(bench->lab);
    kill(lab_actor_by_name(bench->lab, "b")->id.pid, SIGKILL);
    bench_await(bench, "b: signal SIGKILL");
    assert_false(lab_idle(bench->lab));
    kill(lab_actor_by_name(bench->lab, "a")->id.pid, SIGKILL);
    bench_await(bench, "\nNo share by weight: a: it has ended.\n");
    assert_true(read_row(bench, "b").ended);
    assert_true(read_row(bench, "a").ended);
    bench_run(bench, "cpushare b for 1s");
    assert_true(bench_has(bench, ": cpushare b for 1s -- b has ended\n"));
}

static void sessions_are_groups_of_their_own(void **state)
{
    struct bench *bench = *state;
    start_two(bench, "b: setsid");
    bench_run(bench, "cpushare a b for 100ms");
    HOLDS(bench);
    bool warned = bench_has(bench, "Autogroup is on (kernel.sched_autogroup_enabled)");
    assert_int_equal(warned, scheduling_has_autogroups() && !scheduling_in_cpu_cgroup(getpid()));
    assert_int_equal(read_row(bench, "a").by_weight < 0, warned);
}

static void an_actor_on_several_cpus_has_no_prediction(void **state)
{
    struct bench *bench = *state;
    int cpu = 0;
    if (scheduling_only_cpu(0, &cpu) < 0 || cpu >= 0)
        skip();
    bench_run(bench, "spawn a; a: spin; cpushare a for 30ms");
    assert_true(bench_has(bench, "No share by weight: a: it may run on several CPUs"));
    assert_true(bench_has(bench, " last "));
}

static void what_makes_no_sense_is_refused(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; cpushare a x for 1s; cpushare a a for 1s");
    assert_true(bench_has(bench, ": cpushare a x for 1s -- there is no actor 'x'\n"));
    assert_true(bench_has(bench, ": cpushare a a for 1s -- an actor is named twice\n"));
    assert_int_equal(bench_reject(bench, "cpushare a b").column, 1);
    assert_int_equal(bench_reject(bench, "cpushare for 1s").column, 1);
    assert_int_equal(bench_reject(bench, "cpushare a for 1").column, 16);
    assert_int_equal(bench_reject(bench, "cpushare a for").column, 12);
    bench_run(bench, "cpushare for 10ms a");
    assert_true(bench_has(bench, "SHARE %"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(two_that_want_one_cpu_share_it),
        TEST(nice_values_tell_the_shares),
        TEST(who_does_not_want_the_cpu_has_no_prediction),
        TEST(who_ends_meanwhile_is_shown_so),
        TEST(sessions_are_groups_of_their_own),
        TEST(an_actor_on_several_cpus_has_no_prediction),
        TEST(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests_name("lab/cpushare", tests, NULL, NULL);
}
