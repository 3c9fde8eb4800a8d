/* Sessions and their terminals, who adopts orphans, and children that go with their parent. */
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

static void the_background_stops_when_it_reads_the_terminal(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: tty; expect a.stat = Ss+; expect a.sid = a.pid; expect a.tpgid = a.pid;"
                     "expect a.fd[3] ~ ptmx$; expect a.fd[4] ~ ^/dev/pts/; expect a.tty = 3;"
                     "a: fork b; b: setpgid; expect b.stat = S; expect b.tpgid = a.pid; b: getline tty;"
                     "expect b.stat = T; a: foreground b; expect a.stat = Ss; expect a.tpgid = b.pid; cont b;"
                     "expect b.stat = S+; a: type tty \"hello\\n\"");
    bench_await(bench, "b: line = \"hello\\n\"\n");
    holds(bench);
    assert_true(
        bench_has(bench, "a: posix_openpt(O_RDWR | O_NOCTTY) = 3\na: grantpt(3) = 0\na: unlockpt(3) = 0\n"));
    assert_true(bench_has(bench, "a: setsid() = <a>\na: ioctl(4, TIOCSCTTY, 0) = 0\n"));
    assert_true(bench_has(bench, "b: read(4, line, 200) ... -- T: stopped until SIGCONT\n"));
    assert_true(bench_has(bench, "b: read(4, line, 200) = 6\n"));
}

/* A subreaper keeps the zombies for us to look at. */
static void keys_of_the_terminal_reach_its_foreground(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn s; s: subreaper on; s: fork a; a: tty t; a: fork b; b: setpgid; b: fork c;"
              "a: foreground b; expect b.stat = S+; a: type t \"\\x1a\"; expect b.state = T;"
              "expect c.state = T; expect a.stat = Ss; cont b; cont c; c: ignore INT; a: type t \"\\x03\";"
              "expect b.status = \"signal SIGINT\"; expect c.stat = S+; a: exit; expect c.state = Z;"
              "expect c.status = \"signal SIGHUP\"; expect c.ppid = s.pid; expect a.status = \"exit 0\"");
    holds(bench);
    assert_true(bench_has(bench, "a: write(3, \"\\x03\", 1) = 1\n"));
}

static void the_background_may_not_take_the_foreground(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: tty; a: fork b; b: setpgid; b: foreground b; expect b.state = T;"
              "a: foreground b; cont b; expect b.stat = S+; a: foreground a; expect a.errno = ENOTTY;"
              "a: getline tty; expect a.errno = EIO; a: ignore TTOU; a: foreground a; expect a.stat = Ss+;"
              "b: ignore TTIN; b: getline tty; expect b.errno = EIO");
    holds(bench);
    assert_true(bench_has(bench, "b: tcsetpgrp(5, <b>) ... -- T: stopped until SIGCONT\n"));
    assert_true(bench_has(bench,
                          "a: tcsetpgrp(5, <a>) = -1 ENOTTY -- ENOTTY: it is in the background, its group is "
                          "orphaned, and it does not ignore SIGTTOU\n"));
    assert_true(
        bench_has(bench, "b: read(4, line, 200) = -1 EIO -- EIO: the terminal is gone, or it may not read"));
}

static void who_can_have_a_terminal(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: setsid; a: tty; a: tty other; expect a.errno = EPERM; a: type other x;"
              "spawn c; c: setpgid; c: tty; expect c.errno = EPERM; spawn d; d: setsid; d: foreground d;"
              "a: foreground d");
    assert_true(
        bench_has(bench, "TIOCSCTTY, 0) = -1 EPERM -- EPERM: only a session leader without a terminal"));
    assert_true(bench_has(bench, ": a: type other x -- it has no thing of the name 'other'\n"));
    assert_true(bench_has(bench, "c: setsid() = -1 EPERM -- EPERM: it leads a process group already"));
    assert_true(bench_has(bench, "d: open(\"/dev/tty\", O_RDWR) = -1 ENXIO -- "
                                 "ENXIO: it has no controlling terminal\n"));
    assert_true(
        bench_has(bench, "a: tcsetpgrp(5, <d>) = -1 EPERM -- EPERM: that group is of another session\n"));
    assert_int_equal(lab_failures(bench->lab), 1);
    bench_run(bench, "expect a.fd[5] = x within 1ms"); /* what failed was closed */
    assert_true(bench_has(bench, "a.fd[5] = ?"));
}

static void a_subreaper_adopts(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn s; s: subreaper on; s: fork a; a: fork b; a: exit; expect b.ppid = s.pid; b: exit 4");
    bench_await(bench, "a: exit 0 -- Z: s has not asked how it ended; its child b is an orphan: s has it\n");
    bench_await(bench, "b: exit 4 -- Z: s has not asked how it ended\n");
    bench_run(bench, "s: waitpid a; s: waitpid b; expect b gone");
    assert_true(bench_has(bench, "s: waitpid(<b>, &status, 0) = <b> -- b: exit 4\n"));
    bench_run(bench, "s: double-fork d; expect d.ppid = s.pid; s: waitpid d; d: exit 6");
    bench_await(bench, "s: waitpid(<d>, &status, 0) = <d> -- d: exit 6\n");
    assert_true(bench_has(bench, "d: exit 6 -- s waits for it\n"));
    holds(bench);
}

static void what_a_subreaper_had_is_orphaned_again(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn s; s: subreaper on; s: double-fork d; s: fork a; a: fork b; a: exit;"
        "expect b.ppid = s.pid; s: subreaper off; s: fork c; c: fork e; c: exit; expect e.ppid != s.pid");
    bench_await(bench, "its child b is an orphan: s has it\n");
    bench_run(bench, "s: exit; expect d.ppid != s.pid; expect b.ppid != s.pid");
    bench_await(bench, "s: exit 0 -- Z: forklore has not asked how it ended; its child d is an orphan: ");
    assert_true(bench_has(bench, "; its child b is an orphan: "));
    holds(bench);
}

static void exit_ends_what_is_daemonic(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: fork b count=3; a: daemonic b; a: daemonic b2; a: daemonic b3; b3: exit; a: wait;"
              "a: daemonic a; a: fork c; c: fork d; c: exit; a: exit 3; expect a.status = \"exit 3\";"
              "expect b gone; expect b2 gone; expect d.state = S");
    holds(bench);
    assert_true(bench_has(bench, "a: atexit(end_daemonic) = 0\na: daemonic[0] = <b> -- "));
    assert_true(bench_has(bench, "a: waitid(P_PID, <a>, &info, WEXITED | WNOHANG | WNOWAIT) = -1 ECHILD"));
    assert_true(bench_place(bench, "a: exit(3)\n") < bench_place(bench, "a: kill(<b>, SIGTERM) = 0\n"));
    assert_true(bench_has(bench, "a: kill(<b2>, SIGTERM) = 0\n"));
    assert_true(bench_has(bench, "a: waitpid(<b>, &status, 0) = <b> -- b: signal SIGTERM\n"));
    assert_true(bench_has(bench, "a: waitpid(<b2>, &status, 0) = <b2> -- b2: signal SIGTERM\n"));
    assert_false(bench_has(bench, "kill(<b3>"));
    assert_false(bench_has(bench, "c: kill("));
}

static void other_ends_leave_it_alone(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a count=2; a: fork b; a: daemonic b; a2: fork c; a2: daemonic c; a: _exit; signal a2 KILL;"
        "expect a.state = Z; expect a2.state = Z; expect b.state = S; expect c.state = S;"
        "expect b.ppid != a.pid");
    holds(bench);
    bench_await(bench, "its child b is an orphan: ");
    bench_await(bench, "its child c is an orphan: ");
}

static void exit_waits_for_what_does_not_end(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: fork b; b: ignore TERM; a: daemonic b; a: exit; expect a.blocked-in ~ ^waitpid;"
              "expect a.state = S; expect b.state = S; signal b KILL; expect a.status = \"exit 0\"");
    holds(bench);
    assert_true(bench_has(bench, "a: waitpid(<b>, &status, 0) ...\n"));
    bench_run(bench, "spawn c; c: fork d; d: ignore TERM; c: daemonic d; c: exit 2; interrupt c;"
                     "expect c.status = \"exit 2\"; expect d.state = S");
    holds(bench);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(the_background_stops_when_it_reads_the_terminal),
        TEST(keys_of_the_terminal_reach_its_foreground),
        TEST(the_background_may_not_take_the_foreground),
        TEST(who_can_have_a_terminal),
        TEST(a_subreaper_adopts),
        TEST(what_a_subreaper_had_is_orphaned_again),
        TEST(exit_ends_what_is_daemonic),
        TEST(other_ends_leave_it_alone),
        TEST(exit_waits_for_what_does_not_end),
    };
    return cmocka_run_group_tests_name("lab/groups", tests, NULL, NULL);
}
