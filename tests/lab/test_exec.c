/* Other programs that actors exec: what they print and read, and that neither one that prints without end nor
 * one that does not read holds the lab up. */
#include "../unit.h"
#include "bench.h"

#include <dirent.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static size_t count_own_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static size_t count(struct bench *bench, const char *part)
{
    size_t found = 0;
    for (const char *at = bench->told; (at = strstr(at, part)); at++)
        found++;
    return found;
}

static void a_line_is_sent_and_what_it_prints_is_shown(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: exec cat; send a hello; send a \"a\\x09b \\\"c\\\"\"; expect a.printed = \"a       b "
        "\\\"c\\\"\";"
        "expect a.comm = cat; expect a.fd[0] ~ ^pipe:; expect a.fd[1] ~ ^pipe:; expect a.fd[2] ~ ^pipe:;"
        "close_input a; expect a.status = \"exit 0\"");
    HOLDS(bench);
    assert_true(bench_has(bench, ", \"hello\\n\", 6) = 6\n") || bench_has(bench, "\"hello\\n\", 6) = 6\n"));
    assert_true(bench_place(bench, "it does not return: process") < bench_place(bench, "\na: hello\n"));
    assert_true(bench_place(bench, "\na: hello\n") < bench_place(bench, "\na: a       b \"c\"\n"));
    assert_true(bench_place(bench, "\na: a       b \"c\"\n") < bench_place(bench, "\na: exit 0 -- Z"));
}

static void all_it_printed_is_told_before_its_end(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: exec sh -c \"echo one; echo two >&2; printf three; exit 3\";"
                     "expect a.status = \"exit 3\"");
    HOLDS(bench);
    assert_true(bench_place(bench, "\na: execvp(\"sh\"") < bench_place(bench, "\na: one\n"));
    assert_true(bench_place(bench, "\na: two -- standard error\n") < bench_place(bench, "\na: exit 3"));
    assert_true(bench_place(bench, "\na: three\n") < bench_place(bench, "\na: exit 3"));
}

/* What ends at once may do so before it was seen to run. */
static void a_program_that_ends_at_once_has_run(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < 20; i++) {
        bench_forget(bench);
        bench_run(bench,
                  "spawn a; a: exec echo hi; expect a.status = \"exit 0\"; expect a.printed = hi; reap a");
        assert_true(
            bench_place(bench, "\na: execvp(\"echo\", {\"echo\", \"hi\", NULL}) -- it does not return") <
            bench_place(bench, "\na: hi\n"));
        assert_true(bench_place(bench, "\na: hi\n") < bench_place(bench, "\na: exit 0"));
    }
    HOLDS(bench);
}

static void an_exec_that_fails_leaves_the_actor_as_it_was(void **state)
{
    struct bench *bench = *state;
    char script[300];
    bench_run(bench, "spawn a; a: mq q"); /* the number that is free next tells how many it has */
    size_t own = count_own_files();
    bench_run(bench,
              "a: exec /nowhere; a: exec /; expect a.errno = EACCES; expect a.fd[0] = /dev/null;"
              "expect a.fd[1] = /dev/null; expect a.fd[2] = /dev/null; a: mq r; expect a.fd[4] ~ forklore");
    assert_int_equal(count_own_files(), own);
    assert_true(bench_has(bench, "a: execvp(\"/nowhere\", {\"/nowhere\", NULL}) = -1 ENOENT"));
    snprintf(script, sizeof script, "a: exec sh -c \"echo $$\"; expect a.printed = %d",
             (int)lab_actor_by_name(bench->lab, "a")->id.pid);
    bench_run(bench, script);
    HOLDS(bench);
}

static void a_flood_holds_nothing_up(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: exec yes; spawn b; b: fork c; c: exit 3; b: waitpid c; expect a.printed = y;"
              "expect a.wchan ~ pipe");
    bench_await(bench, "a: [...] -- ");
    HOLDS(bench);
    assert_true(bench_has(bench, " lines are not shown: it prints too fast\n"));
    size_t notes = count(bench, "a: [...]");
    assert_true(count(bench, "\na: y\n") <= 50 * (notes + 1));
    bench_run(bench, "signal a KILL; expect a.status = \"signal SIGKILL\"");
    HOLDS(bench);
}

static void a_program_that_does_not_read_holds_nothing_up(void **state)
{
    struct bench *bench = *state;
    char script[8000];
    bench_run(bench, "spawn a; a: exec sleep 1000");
    snprintf(script, sizeof script, "send a \"%06000d\"", 0);
    for (int i = 0; i < 40 && !bench_has(bench, "-1 EAGAIN"); i++)
        bench_run(bench, script);
    assert_true(bench_has(bench, "-1 EAGAIN -- EAGAIN: the pipe is full, and the program does not read\n"));
    bench_run(bench, "expect a.comm = sleep");
    HOLDS(bench);
}

/* SIGPIPE would end this program. */
static void nobody_reads(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: exec sh -c \"exec <&-; echo closed; exec sleep 1000\"; expect a.printed = closed;"
              "send a hello; send a again; close_input a");
    HOLDS(bench);
    assert_int_equal(count(bench, "-1 EPIPE -- EPIPE: nobody reads its standard input any more\n"), 2);
    bench_run(bench,
              "send a hello; close_input a; send b hello; spawn b; send b hello; b: exit; send b hello;");
    assert_int_equal(lab_failures(bench->lab), 5);
    assert_int_equal(count(bench, "-- its standard input is closed already\n"), 2);
    assert_true(bench_has(bench, "-- b runs no other program: it takes commands\n"));
    assert_true(bench_has(bench, ": send b hello -- b has ended\n"));
}

static void what_it_prints_is_clean_and_long_lines_come_in_pieces(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: exec sh -c \"printf '\\\\033[31mred\\\\r\\\\n%0700d\\\\n\\\\n' 7\"; expect "
                     "a.status = \"exit 0\"");
    HOLDS(bench);
    char piece[520];
    snprintf(piece, sizeof piece, "\na: %0500d\na: ", 0);
    assert_true(bench_has(bench, "\na: ?[31mred\n"));
    assert_true(bench_has(bench, piece));
    assert_true(bench_has(bench, "00007\na: \na: exit 0"));
}

static void what_it_leaves_behind_does_not_hold_the_pipes_open(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; spawn b");
    size_t own = count_own_files();
    bench_run(bench, "a: exec sh -c \"sleep 1000 & echo started\"; expect a.status = \"exit 0\";"
                     "b: exec sh -c \"trap '' PIPE; read x\"; close_input b; expect b.status = \"exit 1\"");
    HOLDS(bench);
    assert_true(bench_has(bench, "\na: started\n"));
    /* the sockets of both actors are closed too */
    assert_int_equal(count_own_files(), own - 2);
}

static void the_programs_of_a_script_are_known_before_it_runs(void **state)
{
    (void)state;
    char *programs;
    struct lab_error error;
    assert_int_equal(
        lab_script_programs("spawn a; a: exec sh -c \"x\"\na: exec cat; exec: exit; b: exec sh; a: nice 1",
                            &programs, &error),
        0);
    assert_string_equal(programs, "sh, cat");
    free(programs);
    assert_int_equal(lab_script_programs("a: exec \"\\x1b[2Jx\"", &programs, &error), 0);
    assert_string_equal(programs, "?[2Jx");
    free(programs);
    assert_int_equal(lab_script_programs("spawn a", &programs, &error), 0);
    assert_string_equal(programs, "");
    free(programs);
    assert_true(lab_script_programs("a: exec \"sh", &programs, &error) < 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_sent_and_what_it_prints_is_shown),
        TEST(all_it_printed_is_told_before_its_end),
        TEST(a_program_that_ends_at_once_has_run),
        TEST(an_exec_that_fails_leaves_the_actor_as_it_was),
        TEST(a_flood_holds_nothing_up),
        TEST(a_program_that_does_not_read_holds_nothing_up),
        TEST(nobody_reads),
        TEST(what_it_prints_is_clean_and_long_lines_come_in_pieces),
        TEST(what_it_leaves_behind_does_not_hold_the_pipes_open),
        cmocka_unit_test(the_programs_of_a_script_are_known_before_it_runs),
    };
    return cmocka_run_group_tests_name("lab/exec", tests, NULL, NULL);
}
