/* What is asked of the kernel outside of a script: values, claims, and their check before there is a lab. */
#include "../unit.h"
#include "bench.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_value_is_read_now(void **state)
{
    struct bench *bench = *state;
    char text[64], pid[16];
    bench_run(bench, "spawn a; a: fork b; a: let x = 10");
    snprintf(pid, sizeof pid, "%d", (int)lab_actor_by_name(bench->lab, "a")->id.pid);
    lab_value(bench->lab, "b.ppid", text, sizeof text);
    assert_string_equal(text, pid);
    lab_value(bench->lab, "a.x", text, sizeof text);
    assert_string_equal(text, "10");
    lab_value(bench->lab, "b.stat[0]", text, sizeof text);
    assert_string_equal(text, "S");
    const char *const unknown[] = { "c.pid", "b.x", "b.nothing", "no term", "b", "" };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        lab_value(bench->lab, unknown[i], text, sizeof text);
        assert_string_equal(text, "?");
    }
}

static void a_claim_holds_or_does_not(void **state)
{
    struct bench *bench = *state;
    char seen[200];
    bool holds = false;
    bench_run(bench, "spawn a; a: fork b; b: exit 7; expect b.stat ~ ^Z");
    assert_int_equal(lab_holds(bench->lab, "b.stat[0] = Z", &holds, seen, sizeof seen), 0);
    assert_true(holds);
    assert_string_equal(seen, "b.stat[0] = Z");
    assert_int_equal(lab_holds(bench->lab, "b gone", &holds, seen, sizeof seen), 0);
    assert_false(holds);
    holds = true;
    assert_int_equal(lab_holds(bench->lab, "b.stat", &holds, seen, sizeof seen), -EINVAL);
    assert_int_equal(lab_holds(bench->lab, "b gone; kill all", &holds, seen, sizeof seen), -EINVAL);
    assert_true(holds);
}

static void a_value_is_remembered(void **state)
{
    struct bench *bench = *state;
    char text[64];
    bench_run(bench, "spawn a nice=3; expect a.stat ~ ^S; remember before = a.ni; remember letter = a.stat[0]; a: nice 4;"
                     "expect a.ni = 7; expect lab.before = 3; expect lab.letter = S");
    assert_int_equal(lab_failures(bench->lab), 0);
    lab_value(bench->lab, "lab.before", text, sizeof text);
    assert_string_equal(text, "3");
    bench_run(bench, "remember before = a.ni; expect lab.before = 7");
    assert_int_equal(lab_failures(bench->lab), 0);
    bench_run(bench, "remember lost = z.pid");
    assert_int_equal(lab_failures(bench->lab), 1);
    assert_true(bench_has(bench, "z.pid cannot be read"));
}

static void what_will_be_asked_is_checked_beforehand(void **state)
{
    (void)state;
    struct lab_checker *checker = lab_checker_new();
    struct lab_error error;
    assert_int_equal(lab_check_script(checker, "spawn a\na: let x = 1\nremember y = a.pid", &error), 0);
    assert_int_equal(lab_check_expectation(checker, "a.x = lab.y within 3s", &error), 0);
    assert_int_equal(lab_check_term(checker, "a.x", &error), 0);
    assert_int_equal(lab_check_term(checker, "a.child[0].stat[0]", &error), 0);
    assert_int_equal(lab_check_script(checker, "spawn b\nb: frok c", &error), -EINVAL);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 4);
    assert_int_equal(lab_check_expectation(checker, "a.q = 1", &error), -EINVAL);
    assert_int_equal(error.column, 1);
    assert_int_equal(lab_check_expectation(checker, "a gone; kill all", &error), -EINVAL);
    assert_int_equal(lab_check_term(checker, "lab.z", &error), -EINVAL);
    assert_int_equal(lab_check_term(checker, "a", &error), -EINVAL);
    assert_int_equal(lab_check_term(checker, "5", &error), -EINVAL);
    lab_checker_free(checker);
    lab_checker_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_value_is_read_now, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(a_claim_holds_or_does_not, bench_setup, bench_teardown),
        cmocka_unit_test_setup_teardown(a_value_is_remembered, bench_setup, bench_teardown),
        cmocka_unit_test(what_will_be_asked_is_checked_beforehand),
    };
    return cmocka_run_group_tests_name("lab/inquiry", tests, NULL, NULL);
}
