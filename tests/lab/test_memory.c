/* What actors have in memory, read from their memory and not asked of them. */
#include "../unit.h"
#include "bench.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static void a_child_has_copies_at_the_same_address(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: let x = 10; a: let s = \"one two\"; a: fork b; b: let x = 99; b: let s = three;"
              "expect a.x = 10; expect b.x = 99; expect a.s = \"one two\"; expect b.s = three;"
              "b: add x 1; a: add x -3 times=1000; expect a.x = -2990; expect b.x = 100");
    HOLDS(bench);
    const char *address = strstr(bench->told, "&x = ");
    assert_non_null(address);
    char line[80];
    snprintf(line, sizeof line, "b: long x = 99;  %.*s", (int)strcspn(address, "\n"), address);
    assert_true(bench_has(bench, line));
}

static void a_function_changes_what_is_pointed_to_and_not_the_pointer(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: list L = [1,2]; a: call append L 3; expect a.L = \"[1, 2, 3]\";"
                     "a: call rebind L 9; expect a.L[2] = 3; a: fork b; b: call append L 4;"
                     "expect b.L[3] = 4; expect a.L = \"[1, 2, 3]\"");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: append(&L, 3): *list = {1, 2, 3} in it;  L = {1, 2, 3} after it\n"));
    assert_true(bench_has(bench, "a: rebind(&L, 9): *list = {9} in it;  L = {1, 2, 3} after it\n"));
}

static void a_thread_writes_to_the_memory_of_its_process(void **state)
{
    bench_run(*state, "spawn a; a: let x = 1; a: fork b; a: add x 1 thread=yes; b: add x 5 thread=no;"
                      "expect a.x = 2; expect b.x = 6; expect a.threads = 1");
    HOLDS((struct bench *)*state);
    assert_true(bench_has(*state, "a: pthread_create(&thread, NULL, add, NULL) = 0\n"
                                  "a: pthread_join(thread, NULL) = 0\na: x += 1;  x = 2\n"));
}

static void what_it_has_not_is_refused(void **state)
{
    bench_run(*state, "spawn a; a: add x 1; a: let x = text; a: add x 1; a: call append x 1");
    assert_true(bench_has(*state, ": a: add x 1 -- it has no thing of the name 'x'\n"));
    assert_true(bench_has(*state, "'x' is a thing of another kind"));
    assert_int_equal(lab_failures(((struct bench *)*state)->lab), 3);
}

static void what_cannot_be_known_does_not_hold(void **state)
{
    bench_run(*state, "spawn a; spawn b; a: let x = 1; expect b.x = 1 within 20ms");
    assert_true(bench_has(*state, "not met: b.x = ?"));
    bench_run(*state, "expect b.x != 1 within 20ms");
    bench_run(*state, "expect a.x[5] = 1 within 20ms");
    assert_int_equal(lab_failures(((struct bench *)*state)->lab), 3);
}

static void a_process_and_its_children_can_be_asked(void **state)
{
    bench_run(
        *state,
        "spawn a; a: fork b; a: fork c; b: fork d; expect a.children = 2; expect a.child[1].pid = c.pid;"
        "expect a.child[0].child[0].comm = d; expect a.child[2] gone; expect lab.actors = 4;"
        "d: exit 3; expect lab.zombies = 1; expect a.child[0].child[0].stat = Z;"
        "expect d.status = \"exit 3\"; expect a.fd[0] = /dev/null; expect a.exe ~ forklore-actor$;"
        "expect a.policy = SCHED_OTHER; a: setsid; expect a.result = a.pid; a: setsid;"
        "expect a.errno = EPERM; expect a.result = -1; expect a.caught ~ SIGURG; expect a.blocked = \"\"");
    HOLDS((struct bench *)*state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_child_has_copies_at_the_same_address),
        TEST(a_function_changes_what_is_pointed_to_and_not_the_pointer),
        TEST(a_thread_writes_to_the_memory_of_its_process),
        TEST(what_it_has_not_is_refused),
        TEST(what_cannot_be_known_does_not_hold),
        TEST(a_process_and_its_children_can_be_asked),
    };
    return cmocka_run_group_tests_name("lab/memory", tests, NULL, NULL);
}
