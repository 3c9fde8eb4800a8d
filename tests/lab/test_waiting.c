/* How parents ask how their children ended, and what is left when they do not. */
#include "../unit.h"
#include "bench.h"

#include <locale.h>
#include <string.h>

static void holds(const struct bench *bench)
{
    if (lab_failures(bench->lab))
        print_error("told:\n%s", bench->told);
    assert_int_equal(lab_failures(bench->lab), 0);
}

static void a_stop_can_be_waited_for(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; b: stop; a: waitpid b WUNTRACED; expect b.state = T;"
                     "a: waitpid b WUNTRACED WNOHANG; a: waitpid b WNOHANG WUNTRACED; cont b; b: exit 2;"
                     "a: waitpid -1 WUNTRACED; expect b gone");
    holds(bench);
    assert_true(bench_has(bench, "a: waitpid(<b>, &status, WUNTRACED) = <b> -- b: stopped by SIGSTOP\n"
                                 ": expect b.state = T -- b.state = T\n"
                                 "a: waitpid(<b>, &status, WNOHANG | WUNTRACED) = 0 -- "
                                 "it has children, and none has ended or stopped\n"
                                 "a: waitpid(<b>, &status, WNOHANG | WUNTRACED) = 0 -- "
                                 "it has children, and none has ended or stopped\n"));
    assert_true(bench_has(bench, "a: waitpid(-1, &status, WUNTRACED) = <b> -- b: exit 2\n"));
}

static void a_wait_for_a_stop_blocks_until_there_is_one(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; a: waitpid b WUNTRACED; expect a.state = S; b: stop");
    bench_await(bench, "a: waitpid(<b>, &status, WUNTRACED) = <b> -- b: stopped by SIGSTOP\n");
    holds(bench);
}

static void joining_waits_for_so_long_and_no_longer(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; a: join b 20; a: nice 1; expect b.state = S");
    holds(bench);
    assert_true(bench_has(bench, "a: pidfd_open(<b>, 0) = 3\n"));
    assert_true(bench_has(bench,
                          "a: poll({3, POLLIN}, 1, 20) = 0 -- the time is over, and nothing has happened\n"
                          "a: close(3) = 0\n"
                          "a: nice(1) = 1\n"));
    bench_forget(bench);
    bench_run(bench, "a: join b 3600000; expect a.blocked-in ~ ^poll; b: exit 6; expect b gone");
    bench_await(bench, "a: close(3) = 0\n");
    bench_await(bench, "b: exit 6 -- its parent has asked\n");
    assert_true(bench_has(bench, "a: poll({3, POLLIN}, 1, 3600000) ...\n"));
    assert_true(bench_has(bench, "b: exit 6 -- a waits for it\n"));
    assert_true(bench_has(bench, "a: poll({3, POLLIN}, 1, 3600000) = 1\n"));
    assert_true(bench_place(bench, ", WNOHANG) = <b> -- b: exit 6") <
                bench_place(bench, "b: exit 6 -- its parent"));
    holds(bench);
}

static void joining_can_be_interrupted_and_is_for_parents(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; a: join b 3600000; interrupt a");
    assert_true(
        bench_has(bench, "a: poll({3, POLLIN}, 1, 3600000) = -1 EINTR -- EINTR: a signal interrupted"));
    bench_run(bench, "a: fork c; a: fork d; c: exit; d: join c 10000");
    bench_await(bench, "d: close(3) = 0\n");
    assert_true(
        bench_has(bench, "d: waitpid(<c>, &status, WNOHANG) = -1 ECHILD -- ECHILD: it has no such child"));
    holds(bench);
}

static void only_who_is_waited_for_is_said_to_be(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b count=3; a: waitpid b; b2: exit 1");
    bench_await(bench, "b2: exit 1 -- Z: a has not asked how it ended\n");
    bench_run(bench, "interrupt a; a: join b 3600000; b3: exit 2");
    bench_await(bench, "b3: exit 2 -- Z: a has not asked how it ended\n");
    bench_run(bench, "interrupt a; a: wait; a: wait; a: wait; b: exit 3");
    bench_await(bench, "b: exit 3 -- a waits for it\n");
    holds(bench);
}

/* Three ends while SIGCHLD is blocked are one signal. A process shows Z a moment before its parent is sent
 * it; that moment is over when another was born, for births and ends take turns (tasklist_lock,
 * kernel/exit.c). */
static const char three_ends[] =
    "a: fork b count=3; a: block CHLD; b: exit 1; b2: exit 2; b3: kill b3 KILL;"
    "expect lab.zombies = 3; spawn later; expect a.pending = SIGCHLD; a: unblock CHLD;";

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        found++;
    return found;
}

static void a_handler_reaps_all(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: sigchld handler; expect a.caught ~ SIGCHLD");
    bench_run(bench, three_ends);
    bench_run(bench, "expect lab.zombies = 0; expect a.children = 0; expect a.pending = \"\"");
    holds(bench);
    assert_true(bench_has(bench, "a: sigaction(SIGCHLD, {reap_all}, NULL) = 0\n"));
    assert_true(bench_has(bench, "a: waitpid(-1, &status, WNOHANG) = <b> -- b: exit 1\n"));
    assert_true(bench_has(bench, "a: waitpid(-1, &status, WNOHANG) = <b2> -- b2: exit 2\n"));
    assert_true(bench_has(bench, "a: waitpid(-1, &status, WNOHANG) = <b3> -- b3: signal SIGKILL\n"));
    assert_true(bench_has(bench, "a: waitpid(-1, &status, WNOHANG) = -1 ECHILD"));
    assert_int_equal(count(bench->told, "handler(SIGCHLD)"), 1);
    bench_await(bench, "b3: signal SIGKILL -- its parent has asked\n");
}

static void a_handler_that_waits_once_leaves_zombies(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: sigchld handler-once");
    bench_run(bench, three_ends);
    bench_run(bench,
              "expect lab.zombies = 2; expect a.children = 2; a: wait; a: wait; expect lab.zombies = 0");
    holds(bench);
    assert_true(bench_has(bench, "a: sigaction(SIGCHLD, {reap_once}, NULL) = 0\n"));
    assert_int_equal(count(bench->told, "handler(SIGCHLD)"), 1);
    assert_int_equal(count(bench->told, "waitpid(-1, &status, WNOHANG)"), 1);
}

static void a_handler_interrupts_what_its_process_does(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: sigchld handler; a: fork b; a: sleep 3600000; b: exit 5");
    bench_await(bench, "a: nanosleep({3600, 0}, NULL) = -1 EINTR -- EINTR: a signal interrupted the call\n");
    bench_await(bench, "b: exit 5 -- its parent has asked\n");
    assert_true(bench_place(bench, "a: handler(SIGCHLD)") < bench_place(bench, "= <b> -- b: exit 5\n"));
    assert_true(bench_place(bench, "= <b> -- b: exit 5\n") < bench_place(bench, "b: exit 5 -- its parent"));
    assert_true(bench_place(bench, "= -1 ECHILD") < bench_place(bench, "nanosleep({3600, 0}, NULL) = -1"));
    bench_run(bench,
              "a: sigchld ignore; a: fork c; c: exit; expect c gone; a: sigchld default; a: fork d; d: exit;"
              "expect d.state = Z");
    holds(bench);
}

/* wait's number holds the code in its second byte, the signal in its first. */
static void how_it_ended_is_a_number_too(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: fork b count=3; b: exit 7; b2: raise TERM; expect b.wait-status = 1792;"
              "expect b2.wait-status = 15; a: wait; a: wait; expect b gone; expect b.wait-status = 1792;"
              "b3: exit 256; expect b3.wait-status = 0");
    holds(bench);
}

static void a_zombies_time_runs_until_it_is_reaped(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b; expect b.zombie-for = 0; b: exit; expect b.zombie-for >= 30;"
                     "a: wait; expect b gone; remember time = b.zombie-for; settle 20;"
                     "expect b.zombie-for = lab.time; expect lab.time >= 30");
    holds(bench);
}

static void work_is_measured_on_the_cpu(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: work 30; a: yield; a: work 3600000; expect a.state = R; interrupt a; a: nice 1");
    holds(bench);
    assert_true(bench_has(bench, " -- so many milliseconds passed by the clock\na: sched_yield() = 0\n"));
    assert_true(bench_has(bench, "a: work(3600000) = -1 EINTR"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_stop_can_be_waited_for),
        TEST(a_wait_for_a_stop_blocks_until_there_is_one),
        TEST(joining_waits_for_so_long_and_no_longer),
        TEST(joining_can_be_interrupted_and_is_for_parents),
        TEST(only_who_is_waited_for_is_said_to_be),
        TEST(a_handler_reaps_all),
        TEST(a_handler_that_waits_once_leaves_zombies),
        TEST(a_handler_interrupts_what_its_process_does),
        TEST(how_it_ended_is_a_number_too),
        TEST(a_zombies_time_runs_until_it_is_reaped),
        TEST(work_is_measured_on_the_cpu),
    };
    return cmocka_run_group_tests_name("lab/waiting", tests, NULL, NULL);
}
