/* The lab on real processes: births and ends. */
#include "../unit.h"
#include "bench.h"

#include "machine/procfile.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void both_sides_of_a_fork_are_told(void **state)
{
    bench_run(*state, "spawn a; a: fork b; b: exit 7; a: waitpid b");
    bench_expect(*state, ": fork() = <a> -- a, a child of forklore\n"
                         "a: fork() = <b>\n"
                         "b: fork() = 0\n"
                         "b: exit(7)\n"
                         "b: exit 7 -- Z: a has not asked how it ended\n"
                         "a: waitpid(<b>, &status, 0) = <b> -- b: exit 7\n"
                         "b: exit 7 -- its parent has asked\n");
}

static void a_fork_may_have_many_children(void **state)
{
    bench_run(*state, "spawn a; a: fork k count=3; expect k.ppid = a.pid; expect k3.parent = a");
    static const char *const names[] = { "k", "k2", "k3" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char parent[40], child[40];
        snprintf(parent, sizeof parent, "a: fork() = <%s>\n", names[i]);
        snprintf(child, sizeof child, "\n%s: fork() = 0\n", names[i]);
        assert_true(bench_place(*state, parent) < bench_place(*state, child));
    }
}

static void a_zombie_stays_until_it_is_waited_for(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: exit 3; expect a.stat = Z; expect a.status = \"exit 3\"");
    const struct actor *actor = lab_actor_by_name(bench->lab, "a");
    assert_int_equal(actor->state, ACTOR_ENDED);
    bench_forget(bench);
    bench_run(bench, "reap a; expect a gone; expect a.status = \"exit 3\"");
    bench_expect(bench, ": waitpid(<a>, &status, WNOHANG) = <a> -- a: exit 3\n"
                        "a: exit 3 -- its parent has asked\n"
                        ": expect a gone -- a is gone\n"
                        ": expect a.status = \"exit 3\" -- a.status = \"exit 3\"\n");
    assert_int_equal(lab_failures(bench->lab), 0);
}

static void only_its_parent_may_reap(void **state)
{
    bench_run(*state, "spawn a; a: fork b; b: _exit 1; reap b; reap a");
    assert_true(
        bench_has(*state, ": reap b -- b is a child of a, which alone may wait for it: 'a: waitpid b'\n"));
    assert_true(bench_has(*state, ": waitpid(<a>, &status, WNOHANG) = 0 -- it has not ended\n"));
}

static void a_blocked_parent_is_told_before_what_it_caused(void **state)
{
    bench_run(*state, "spawn a; a: fork b; a: waitpid b; b: exit 3; expect a.blocked-in = \"\"");
    bench_expect(*state, ": fork() = <a> -- a, a child of forklore\n"
                         "a: fork() = <b>\n"
                         "b: fork() = 0\n"
                         "a: waitpid(<b>, &status, 0) ...\n"
                         "b: exit(3)\n"
                         "b: exit 3 -- a waits for it\n"
                         "a: waitpid(<b>, &status, 0) = <b> -- b: exit 3\n"
                         "b: exit 3 -- its parent has asked\n"
                         ": expect a.blocked-in = \"\" -- a.blocked-in = \"\"\n");
}

static void ignoring_sigchld_leaves_no_zombie(void **state)
{
    bench_run(*state, "spawn a; a: sigchld ignore; a: fork b; b: exit 0; expect b gone");
    assert_true(bench_has(*state, "b: exit 0 -- no Z: a ignores SIGCHLD\n") || bench_has(*state, "b: ?"));
}

static void an_orphan_is_adopted_by_whom_the_kernel_says(void **state)
{
    struct bench *bench = *state;
    struct process_storage storage;
    struct process process;
    bench_run(bench,
              "spawn a; a: fork b; b: fork c; b: exit 0; expect c.ppid != b.pid; expect c.ppid != a.pid");
    const struct actor *orphan = lab_actor_by_name(bench->lab, "c");
    char words[128];
    assert_int_equal(procfile_read(orphan->id.pid, &process, &storage), 0);
    pid_t adopter = process.ppid;
    assert_int_equal(procfile_read(adopter, &process, &storage), 0);
    snprintf(words, sizeof words, "its child c is an orphan: %d %s has it\n", (int)adopter, process.comm);
    assert_true(strstr(bench->told, words));
}

static void a_daemon_is_nobodys_child(void **state)
{
    bench_run(*state,
              "spawn a; a: daemon d; expect d.ppid != a.pid; expect d.sid != d.pid; expect d.sid != a.sid");
    assert_true(bench_has(*state, "a: setsid() = "));
    assert_true(bench_has(*state, "d: fork() = 0\n"));
    assert_true(bench_has(*state, "the child between the two forks"));
}

static void the_parent_of_a_vfork_is_in_d(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: vfork b; expect a.stat = D; expect a.blocked-in = \"vfork()\"; interrupt a");
    assert_true(bench_has(bench, "b: vfork() = 0\na: vfork() ... -- D: "));
    assert_true(bench_has(bench, ": interrupt a -- a is in D "));
    bench_forget(bench);
    bench_run(bench, "b: exec sleep 1000; expect a.state = S; expect b.comm = sleep");
    assert_true(bench_has(bench, "a: vfork() = <b>\n"));
}

static void what_has_execed_takes_signals_but_no_commands(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: exec sleep 1000; a: fork; expect a.comm = sleep; expect a.pgid = a.pid");
    assert_true(bench_has(bench, "a: execvp(\"sleep\", {\"sleep\", \"1000\", NULL}) -- it does not return: "
                                 "process <a> runs sleep now\n"));
    assert_true(bench_has(bench, ": a: fork -- a runs another program now"));
    assert_int_equal(lab_actor_by_name(bench->lab, "a")->state, ACTOR_FOREIGN);
    bench_run(bench, "signal a TERM; expect a.status = \"signal SIGTERM\"");
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void an_exec_that_fails_changes_nothing(void **state)
{
    bench_run(*state, "spawn a; a: fork b; b: exec /nowhere; expect b.pgid = a.pgid; b: exit 1");
    assert_true(bench_has(*state, "b: execvp(\"/nowhere\", {\"/nowhere\", NULL}) = -1 ENOENT -- "
                                  "ENOENT: there is no such program\n"));
    assert_true(bench_has(*state, "b: exit 1"));
}

static void who_is_killed_in_a_call_never_returns_from_it(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pause; signal a KILL; expect a.stat = Z; a: exit 0");
    bench_await(bench, "a: pause() -- it ended before the call returned\na: signal SIGKILL -- Z: ");
    assert_true(bench_has(bench, ": a: exit 0 -- a has ended\n"));
    bench_forget(bench);
    bench_run(bench, "spawn b; b: kill b TERM; expect b.status = \"signal SIGTERM\"");
    assert_true(bench_has(bench, "b: signal SIGTERM"));
}

static void a_name_can_be_used_again_once_it_is_gone(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: exit 0; spawn a");
    assert_true(bench_has(bench, ": spawn a -- there is an actor 'a' already\n"));
    bench_run(bench, "reap a; spawn a; expect a.state = S");
    assert_int_equal(lab_actor_count(bench->lab), 1);
    assert_int_equal(lab_actor(bench->lab, 0)->state, ACTOR_READY);
}

static void names_go_on_after_z(void **state)
{
    struct bench *bench = *state;
    char name[16];
    lab_next_name(bench->lab, 0, name);
    assert_string_equal(name, "a");
    lab_next_name(bench->lab, 26, name);
    assert_string_equal(name, "a2");
    bench_run(bench, "spawn b; spawn count=2");
    assert_non_null(lab_actor_by_name(bench->lab, "c"));
    lab_next_name(bench->lab, 0, name);
    assert_string_equal(name, "d");
}

static void there_is_a_limit_of_actors(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork k count=62; a: fork x count=2; spawn last; spawn more");
    assert_true(
        bench_has(bench, ": a: fork x count=2 -- there can be 64 actors at a time, and there are 63\n"));
    assert_true(bench_has(bench, ": spawn more -- there can be 64 actors at a time, and there are 64\n"));
    assert_int_equal(lab_actor_count(bench->lab), 64);
    bench_run(bench, "kill all; expect last gone; spawn next; expect next.state = S");
    assert_int_equal(lab_failures(bench->lab), 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(both_sides_of_a_fork_are_told),
        TEST(a_fork_may_have_many_children),
        TEST(a_zombie_stays_until_it_is_waited_for),
        TEST(only_its_parent_may_reap),
        TEST(a_blocked_parent_is_told_before_what_it_caused),
        TEST(ignoring_sigchld_leaves_no_zombie),
        TEST(an_orphan_is_adopted_by_whom_the_kernel_says),
        TEST(a_daemon_is_nobodys_child),
        TEST(the_parent_of_a_vfork_is_in_d),
        TEST(what_has_execed_takes_signals_but_no_commands),
        TEST(an_exec_that_fails_changes_nothing),
        TEST(who_is_killed_in_a_call_never_returns_from_it),
        TEST(a_name_can_be_used_again_once_it_is_gone),
        TEST(names_go_on_after_z),
        TEST(there_is_a_limit_of_actors),
    };
    return cmocka_run_group_tests_name("lab/lab", tests, NULL, NULL);
}
