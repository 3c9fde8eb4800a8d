/* Signals: handled, ignored, blocked, pending, as the kernel's sets show them. */
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

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        found++;
    return found;
}

static void a_handler_runs_and_interrupts(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: handle USR1; expect a.caught ~ SIGUSR1; a: pause; signal a USR1");
    bench_await(bench, "a: handler(SIGUSR1) -- its handler runs for the signal\n"
                       "a: pause() = -1 EINTR -- EINTR: a signal interrupted the call\n");
    bench_run(bench, "signal a USR1; a: default USR1; expect a.caught = SIGURG; signal a USR1;"
                     "expect a.status = \"signal SIGUSR1\"");
    holds(bench);
    assert_int_equal(count(bench->told, "handler(SIGUSR1)"), 2);
    assert_true(bench_has(bench, "a: sigaction(SIGUSR1, {handler}, NULL) = 0\n"));
}

static void a_blocked_signal_is_pending_once(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: handle USR1; a: handle SIGRTMIN+1; a: block USR1; a: block SIGRTMIN+1;"
              "expect a.blocked = \"SIGUSR1 SIGRTMIN+1\"; signal a USR1; signal a USR1; a: kill a SIGRTMIN+1;"
              "a: kill a SIGRTMIN+1; expect a.pending = \"SIGUSR1 SIGRTMIN+1\"; a: unblock USR1;"
              "expect a.pending = SIGRTMIN+1; a: unblock SIGRTMIN+1; expect a.pending = \"\"");
    holds(bench);
    assert_int_equal(count(bench->told, "handler(SIGUSR1)"), 1);
    assert_int_equal(count(bench->told, "handler(SIGRTMIN+1)"), 2);
    assert_true(bench_has(bench, "a: handler(SIGUSR1) -- its handler runs for the signal\n"
                                 "a: sigprocmask(SIG_UNBLOCK, {SIGUSR1}, NULL) = 0\n"));
}

static void a_child_inherits_the_mask_and_nothing_pending(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: handle USR1; a: ignore USR2; a: block USR1; signal a USR1; a: fork b;"
                     "expect b.blocked = SIGUSR1; expect b.pending = \"\"; expect b.ignored ~ SIGUSR2;"
                     "expect b.caught ~ SIGUSR1; signal b USR1; b: unblock USR1; expect a.pending = SIGUSR1");
    holds(bench);
    assert_true(bench_has(bench, "b: handler(SIGUSR1)"));
    assert_false(bench_has(bench, "a: handler(SIGUSR1)"));
}

static void a_new_program_has_no_handlers(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: handle USR1; a: ignore USR2; a: block HUP; a: exec sleep 1000;"
                     "expect a.comm = sleep; expect a.caught = \"\"; expect a.ignored ~ SIGUSR2;"
                     "expect a.blocked = SIGHUP");
    holds(bench);
}

static void sigkill_and_sigstop_are_the_kernels(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: handle KILL; expect a.errno = EINVAL; a: ignore STOP; expect a.errno = EINVAL;"
              "a: block KILL; expect a.errno = 0; a: block STOP; expect a.blocked = \"\"");
    holds(bench);
    assert_true(bench_has(bench, "a: sigaction(SIGKILL, {handler}, NULL) = -1 EINVAL -- "
                                 "EINVAL: SIGKILL and SIGSTOP can be neither ignored nor caught\n"));
    assert_true(bench_has(bench, "a: sigprocmask(SIG_BLOCK, {SIGKILL}, NULL) = 0\n"
                                 "a: sigismember(&blocked, SIGKILL) = 0 -- "
                                 "the kernel ignores attempts to block it\n"));
}

static void sigurg_is_the_labs(void **state)
{
    static const char *const scripts[] = { "a: handle URG", "a: ignore SIGURG", "a: default 23",
                                           "a: block SIGURG", "a: unblock urg" };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct lab_error error = bench_reject(*state, scripts[i]);
        assert_int_equal(error.column, strcspn(strchr(scripts[i], ' ') + 1, " ") + 5);
        assert_non_null(strstr(error.text, "SIGURG is forklore's own"));
    }
    bench_run(*state, "spawn a; a: raise URG; a: kill a URG; expect a.state = S");
    holds(*state);
}

static void what_is_raised_may_end_it(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: fork b count=3; b: raise TERM; expect b.status = \"signal SIGTERM\"; b2: raise STOP;"
        "expect b2.state = T; cont b2; expect b2.state = S; b3: ignore TERM; b3: raise TERM;"
        "expect b3.state = S");
    holds(bench);
    assert_true(bench_has(bench, "b: raise(SIGTERM) -- it ended before the call returned\n"));
    assert_true(bench_has(bench, "b2: raise(SIGSTOP) ... -- T: stopped until SIGCONT\n"));
    assert_true(bench_has(bench, "b3: raise(SIGTERM) = 0\n"));
}

static void the_sets_are_printed(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: handle HUP; a: ignore USR2; a: block USR1; signal a USR1");
    bench_forget(bench);
    bench_run(bench, "signals a; signals b");
    assert_true(bench_has(bench, ": pending   SIGUSR1\nblocked   SIGUSR1\nignored   SIGUSR2"));
    assert_true(bench_has(bench, "\ncaught    SIGHUP SIGURG\n"));
    assert_true(bench_has(bench, ": signals b -- there is no actor 'b'\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_handler_runs_and_interrupts),
        TEST(a_blocked_signal_is_pending_once),
        TEST(a_child_inherits_the_mask_and_nothing_pending),
        TEST(a_new_program_has_no_handlers),
        TEST(sigkill_and_sigstop_are_the_kernels),
        TEST(sigurg_is_the_labs),
        TEST(what_is_raised_may_end_it),
        TEST(the_sets_are_printed),
    };
    return cmocka_run_group_tests_name("lab/signals", tests, NULL, NULL);
}
