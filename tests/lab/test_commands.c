/* The lab on real processes: calls, states and mistakes. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "lab/state.h"
#include "machine/procfile.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void stopping_and_going_on(void **state)
{
    bench_run(*state,
              "spawn a; a: stop; expect a.stat = T; a: exit 1; cont a; expect a.state = S; a: exit 0");
    bench_expect(*state, ": fork() = <a> -- a, a child of forklore\n"
                         "a: kill(<a>, SIGSTOP) ... -- T: stopped until SIGCONT\n"
                         ": expect a.stat = T -- a.stat = T\n"
                         ": a: exit 1 -- a is stopped: 'cont a' lets it go on\n"
                         ": kill(<a>, SIGCONT) = 0\n"
                         "a: kill(<a>, SIGSTOP) = 0\n"
                         ": expect a.state = S -- a.state = S\n"
                         "a: exit(0)\n"
                         "a: exit 0 -- Z: forklore has not asked how it ended\n");
}

static void an_order_reaches_a_stopped_actor_when_it_goes_on(void **state)
{
    bench_run(*state, "spawn a; signal a STOP; expect a.stat = T; a: nice 1; cont a; expect a.ni = 1");
    assert_true(bench_has(*state, "a: a: nice 1 ... -- T: stopped until SIGCONT\n"));
    bench_await(*state, "a: nice(1) = 1\n");
}

static void interrupting_releases_what_is_blocked(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: fork b; a: waitpid b; a: nice 1; interrupt a; a: spin; expect a.state = R; interrupt a;"
        "a: sleep 3600000; interrupt a; interrupt a");
    bench_expect(bench, ": fork() = <a> -- a, a child of forklore\n"
                        "a: fork() = <b>\n"
                        "b: fork() = 0\n"
                        "a: waitpid(<b>, &status, 0) ...\n"
                        ": a: nice 1 -- a is blocked in waitpid(<b>, &status, 0): 'interrupt a' releases it\n"
                        ": kill(<a>, SIGURG) = 0\n"
                        "a: waitpid(<b>, &status, 0) = -1 EINTR -- EINTR: a signal interrupted the call\n"
                        "a: for (;;) ...\n"
                        ": expect a.state = R -- a.state = R\n"
                        ": kill(<a>, SIGURG) = 0\n"
                        "a: for (;;) = -1 EINTR -- EINTR: a signal interrupted the call\n"
                        "a: nanosleep({3600, 0}, NULL) ...\n"
                        ": kill(<a>, SIGURG) = 0\n"
                        "a: nanosleep({3600, 0}, NULL) = -1 EINTR -- EINTR: a signal interrupted the call\n"
                        ": interrupt a -- a is in no call: there is nothing to interrupt\n");
}

static void a_call_that_returns_by_itself_is_waited_for(void **state)
{
    bench_run(*state, "spawn a; a: sleep 200; a: spin 20; a: nice 2");
    assert_true(bench_has(*state, "a: nanosleep({0, 200000000}, NULL) = 0\n"));
    assert_true(bench_has(*state, "a: for (;;) = 0\na: nice(2) = 2\n"));
}

static void waiting_without_children_says_so(void **state)
{
    bench_run(*state, "spawn a; a: wait; a: fork b; a: waitpid -1 WNOHANG");
    bench_expect(*state, ": fork() = <a> -- a, a child of forklore\n"
                         "a: wait(&status) = -1 ECHILD -- ECHILD: it has no such child to wait for\n"
                         "a: fork() = <b>\n"
                         "b: fork() = 0\n"
                         "a: waitpid(-1, &status, WNOHANG) = 0 -- it has children, and none has ended yet\n");
}

static void stat_has_every_flag(void **state)
{
    bench_run(*state, "spawn a nice=7 cpu=0; a: setsid; a: thread count=2; a: mlock; expect a.stat = SNLsl;"
                      "expect a.threads = 3; expect a.sid = a.pid; expect a.tpgid = -1; expect a.pri = 12;"
                      "a: thread exit-leader; expect a.stat ~ ^Z.*l; a: nice 1");
    assert_true(bench_has(*state, "a: setpriority(PRIO_PROCESS, 0, 7) = 0\n"
                                  "a: sched_setaffinity(0, sizeof set, {0}) = 0\n"));
    assert_true(bench_has(*state, "nobody takes commands there"));
    assert_int_equal(lab_failures(((struct bench *)*state)->lab), 1);
}

static void tracing_stops_the_tracee(void **state)
{
    bench_run(*state, "spawn a; a: fork b; b: ptracer a; a: trace b; expect b.state = t; a: untrace b;"
                      "expect b.state = S; b: exit 0");
    assert_int_equal(lab_failures(((struct bench *)*state)->lab), 0);
}

static void groups_and_sessions(void **state)
{
    bench_run(*state, "spawn a; a: fork b; b: setpgid; expect b.pgid = b.pid; b: setsid; a: setpgid b a;"
                      "expect b.pgid = b.pid; b: fork c; c: setpgid 0 b; c: setsid; expect c.sid = c.pid");
    assert_true(bench_has(*state, "b: setsid() = -1 EPERM -- EPERM: it leads a process group already"));
}

static void raising_priority_needs_a_right(void **state)
{
    struct bench *bench = *state;
    struct rlimit nice;
    bool allowed = geteuid() == 0 || (getrlimit(RLIMIT_NICE, &nice) == 0 && nice.rlim_cur > 15);
    bench_run(bench, "spawn a nice=5; renice a 9; expect a.ni = 9; renice a 3; a: nice -1; a: sched rr 5");
    assert_true(bench_has(bench, ": setpriority(PRIO_PROCESS, <a>, 9) = 0\n"));
    if (!allowed) {
        assert_true(bench_has(bench, ": setpriority(PRIO_PROCESS, <a>, 3) = -1 EACCES -- "
                                     "EACCES: raising priority needs CAP_SYS_NICE or RLIMIT_NICE\n"));
        assert_true(bench_has(bench, "a: nice(-1) = -1 EPERM -- EPERM: raising priority needs"));
    } else {
        assert_true(bench_has(bench, ": setpriority(PRIO_PROCESS, <a>, 3) = 0\n"));
    }
}

static void a_failed_expectation_ends_its_script(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; expect a.ppid = 7 within 50ms; a: nice 3");
    assert_true(bench_has(bench, ": expect a.ppid = 7 within 50ms -- not met: a.ppid = "));
    assert_false(bench_has(bench, "nice(3)"));
    assert_int_equal(lab_failures(bench->lab), 1);
    bench_run(bench, "expect nobody.pid = 1 within 1ms");
    assert_int_equal(lab_failures(bench->lab), 2);
}

static void mistakes_are_found_before_anything_is_done(void **state)
{
    static const struct {
        const char *script;
        int line, column;
    } cases[] = {
        { "spawn a; frob a", 1, 10 },
        { "spawn a\na: waitpid", 2, 4 },
        { "a: waitpid b WNOHUNG", 1, 14 },
        { "a: waitpid -2", 1, 12 },
        { "a: exit 256x", 1, 9 },
        { "a: let x 5", 1, 10 },
        { "a: let stat = 5", 1, 8 },
        { "a: list x = [1,2", 1, 13 },
        { "expect a.x = 1; a: let x = 1", 1, 8 },
        { "expect lab.stat = 1", 1, 8 },
        { "a: nice five", 1, 9 },
        { "a: nice 5 6", 1, 11 },
        { "spawn fork", 1, 7 },
        { "spawn all", 1, 7 },
        { "spawn A", 1, 7 },
        { "spawn aaaaaaaaaaaaaaaa", 1, 7 },
        { "spawn count=0", 1, 7 },
        { "spawn count=2 count=3", 1, 15 },
        { "spawn count=64", 1, 7 },
        { "a: kill b SIGNOTHING", 1, 11 },
        { "a: kill -1 KILL", 1, 9 },
        { "kill a", 1, 6 },
        { "reap", 1, 1 },
        { "a: reap b", 1, 4 },
        { "fork", 1, 1 },
        { "a: sleep 0", 1, 10 },
        { "a: sched fifo 100", 1, 15 },
        { "a: exec", 1, 4 },
        { "expect a.colour = 5", 1, 8 },
        { "expect a.ppid = b.colour", 1, 17 },
        { "spawn \"x", 1, 7 },
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_error error = bench_reject(bench, cases[i].script);
        if (error.line != cases[i].line || error.column != cases[i].column)
            fail_msg("%s: %d:%d: %s", cases[i].script, error.line, error.column, error.text);
    }
    assert_int_equal(lab_actor_count(bench->lab), 0);
    bench_expect(bench, "");
}

static void commands_for_nobody_are_refused(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "x: nice 1; reap x; signal x TERM; cont x; renice x 1; interrupt x; tree x; spawn a; a: kill x TERM");
    bench_expect(bench, ": x: nice 1 -- there is no actor 'x'\n"
                        ": reap x -- there is no actor 'x'\n"
                        ": signal x TERM -- there is no actor 'x'\n"
                        ": cont x -- there is no actor 'x'\n"
                        ": renice x 1 -- there is no actor 'x'\n"
                        ": interrupt x -- there is no actor 'x'\n"
                        ": tree x -- there is no actor 'x'\n"
                        ": fork() = <a> -- a, a child of forklore\n"
                        ": a: kill x TERM -- there is no actor 'x'\n");
    assert_int_equal(lab_failures(bench->lab), 8);
}

static void hostile_arguments_do_no_harm(void **state)
{
    struct bench *bench = *state;
    char script[9200] = "a: exec ";
    bench_run(bench, "spawn a; a: exec \"/no/\\x1b[2J\\n\\xff\" \"%s%n\"");
    assert_true(bench_has(bench, "a: execvp(\"/no/?[2J??\", {\"/no/?[2J??\", \"%s%n\", NULL}) = -1 ENOENT"));
    memset(script + 8, 'x', sizeof script - 9);
    bench_run(bench, script);
    assert_true(bench_has(bench, "the command is too long"));
    bench_run(bench, "a: exit 0");
}

static void the_tree_shows_who_is_whose(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: fork b; a: fork c; b: fork d; d: exit 4; expect d.stat = Z; expect a.state = S;"
              "expect b.state = S; expect c.state = S");
    bench_forget(bench);
    bench_run(bench, "tree a");
    assert_true(bench_has(bench, " S      0  a\n"));
    assert_true(bench_has(bench, " S      0  ├─ b\n"));
    assert_true(bench_has(bench, " Z      0  │  └─ d  exit 4\n"));
    assert_true(bench_has(bench, " S      0  └─ c\n"));
}

static void actors_are_seen_under_their_names(void **state)
{
    struct bench *bench = *state;
    char path[64], line[64] = "";
    bench_run(bench, "spawn a; a: fork longer_name-2; expect longer_name-2.comm = longer_name-2");
    snprintf(path, sizeof path, "/proc/%d/cmdline",
             (int)lab_actor_by_name(bench->lab, "longer_name-2")->id.pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_true(fread(line, 1, sizeof line - 1, file) >= 13);
    fclose(file);
    assert_string_equal(line, "longer_name-2");
}

/* The report is made by a function of the owner, who may well have the next command. */
static void submit_again(void *data, const struct lab_report *report)
{
    struct lab **lab = data;
    struct lab_error error;
    if (report->kind == LAB_REPORT_CALL && strncmp(report->text, "fork() = ", 9) == 0 && !report->actor)
        assert_int_equal(lab_submit(*lab, "a: exit 0; reap a", &error), 0);
}

static void commands_may_come_from_a_report(void **state)
{
    struct bench *bench = *state;
    bench->lab->listener = (struct lab_listener){ submit_again, &bench->lab };
    bench_run(bench, "spawn a; expect a.state = S");
    assert_int_equal(lab_actor_by_name(bench->lab, "a")->state, ACTOR_REAPED);
}

static void a_killed_warden_is_replaced(void **state)
{
    struct bench *bench = *state;
    int64_t deadline = clock_now() + 10 * NS_PER_SECOND;
    bench_run(bench, "spawn a");
    pid_t first = bench->lab->warden;
    kill(first, SIGKILL);
    while (bench->lab->warden == first && clock_now() < deadline) {
        struct pollfd ready = { .fd = lab_fd(bench->lab), .events = POLLIN };
        assert_int_equal(poll(&ready, 1, 10000), 1);
        lab_dispatch(bench->lab);
    }
    assert_int_not_equal(bench->lab->warden, first);
    bench_run(bench, "spawn b; expect b.state = S; kill all; expect b gone");
    assert_int_equal(lab_failures(bench->lab), 0);
}

static void without_descriptors_it_says_so_and_goes_on(void **state)
{
    struct bench *bench = *state;
    struct rlimit before, few;
    bench_run(bench, "spawn a");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int lowest = dup(STDIN_FILENO);
    assert_true(lowest >= 0);
    close(lowest);
    few = (struct rlimit){ .rlim_cur = (rlim_t)lowest, .rlim_max = before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    bench_run(bench, "a: fork b; spawn c");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_true(bench_has(bench, "EMFILE"));
    bench_run(bench, "a: fork d; expect d.state = S; spawn e");
    assert_int_equal(lab_actor_by_name(bench->lab, "e")->state, ACTOR_READY);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(stopping_and_going_on),
        TEST(an_order_reaches_a_stopped_actor_when_it_goes_on),
        TEST(interrupting_releases_what_is_blocked),
        TEST(a_call_that_returns_by_itself_is_waited_for),
        TEST(waiting_without_children_says_so),
        TEST(stat_has_every_flag),
        TEST(tracing_stops_the_tracee),
        TEST(groups_and_sessions),
        TEST(raising_priority_needs_a_right),
        TEST(a_failed_expectation_ends_its_script),
        TEST(mistakes_are_found_before_anything_is_done),
        TEST(commands_for_nobody_are_refused),
        TEST(hostile_arguments_do_no_harm),
        TEST(the_tree_shows_who_is_whose),
        TEST(actors_are_seen_under_their_names),
        TEST(commands_may_come_from_a_report),
        TEST(a_killed_warden_is_replaced),
        TEST(without_descriptors_it_says_so_and_goes_on),
    };
    return cmocka_run_group_tests_name("lab/commands", tests, NULL, NULL);
}
