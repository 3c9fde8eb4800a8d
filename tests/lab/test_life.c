/* How processes come, what they may do, and how they end. */
#include "../unit.h"
#include "bench.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void holds(const struct bench *bench)
{
    if (lab_failures(bench->lab))
        print_error("told:\n%s", bench->told);
    assert_int_equal(lab_failures(bench->lab), 0);
}

static void faults_end_by_their_signals(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b count=2; b: abort; b2: segv; expect b.status ~ \"^signal SIGABRT\";"
                     "expect b2.status ~ \"^signal SIGSEGV\"; expect lab.zombies = 2; a: waitpid b; a: wait;"
                     "expect lab.zombies = 0");
    holds(bench);
    assert_true(bench_has(bench, "b: abort()\n"));
    assert_true(bench_has(bench, "b2: *(int *)NULL = 1\n"));
    assert_true(bench_has(bench, "a: waitpid(<b>, &status, 0) = <b> -- b: signal SIGABRT"));
}

static void handlers_do_not_save_from_faults(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b count=2; b: handle SEGV; b2: handle ABRT; b: segv; b2: abort;"
                     "expect b.status ~ \"^signal SIGSEGV\"; expect b2.status ~ \"^signal SIGABRT\"");
    holds(bench);
    assert_true(bench_has(bench, "b: sigaction(SIGSEGV, {handler, SA_RESETHAND}, NULL) = 0\n"));
    assert_true(bench_has(bench, "b: handler(SIGSEGV)"));
    assert_true(bench_has(bench, "b2: handler(SIGABRT)"));
}

static void a_status_has_eight_bits(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: fork b count=2; b: exit 256; a: waitpid b; b2: _exit -1; a: waitpid b2;"
                     "expect b.status = \"exit 0\"; expect b2.status = \"exit 255\"");
    holds(bench);
    assert_true(bench_has(bench, "b: exit(256)\n"));
    assert_true(bench_has(bench, "= <b> -- b: exit 0\n"));
    assert_true(bench_has(bench, "= <b2> -- b2: exit 255\n"));
}

static void the_grandchild_of_a_double_fork_is_an_orphan(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: double-fork c; expect a.children = 0; expect c.ppid != a.pid;"
                     "expect c.sid = a.sid; expect c.pgid = a.pgid; a: daemon d; expect d.sid != a.sid;"
                     "expect d.sid != d.pid; expect lab.actors = 3; a: exit");
    bench_await(bench, "a: exit 0 -- Z: forklore has not asked how it ended\n");
    holds(bench);
    /* The first word about the child between is its parent's. */
    const char *first = strstr(bench->told, "a: fork() = ");
    assert_non_null(first);
    assert_int_equal(first[strcspn(first, "-\n")], '\n');
    assert_true(bench_has(bench, "a: fork() = <c> -- in "));
    assert_true(bench_has(bench, "a: _exit(0) -- in "));
    assert_true(bench_has(bench, "c: fork() = 0\n"));
}

/* Another user's number, of this test alone: the limit counts all processes of a user. */
static bool become_another(struct bench *bench, uid_t *ret)
{
    char script[64], line[64];
    *ret = 100000 + (uid_t)getpid();
    snprintf(script, sizeof script, "a: setuid %u", *ret);
    snprintf(line, sizeof line, "a: setuid(%u) = 0\n", *ret);
    bench_run(bench, script);
    return bench_has(bench, line);
}

static void a_fork_that_fails_says_so(void **state)
{
    struct bench *bench = *state;
    uid_t uid;
    bench_run(bench, "spawn a");
    if (!become_another(bench, &uid) && geteuid() == 0)
        skip();
    bench_run(bench,
              "a: rlimit nproc 1; a: fork b; expect a.errno = EAGAIN; expect a.children = 0; a: vfork b;"
              "expect a.state = S; a: double-fork b; a: fork b count=9; a: nice 1; expect a.ni = 1");
    holds(bench);
    assert_true(bench_has(bench, "a: setrlimit(RLIMIT_NPROC, {1, 1}) = 0\n"
                                 "a: fork() = -1 EAGAIN -- EAGAIN: the limit of processes is reached: "
                                 "RLIMIT_NPROC or the cgroup's pids.max\n"));
    assert_true(bench_has(bench, "a: vfork() = -1 EAGAIN -- EAGAIN: the limit"));
}

static void of_many_forks_some_may_fail(void **state)
{
    struct bench *bench = *state;
    uid_t uid;
    bench_run(bench, "spawn a");
    if (!become_another(bench, &uid))
        skip();
    bench_run(bench, "a: rlimit nproc 3; a: fork b count=5; expect a.children = 2; expect b2.state = S;"
                     "expect a.errno = EAGAIN; b: exit; a: wait; a: fork z; expect z.ppid = a.pid");
    holds(bench);
    assert_int_equal(lab_actor_count(bench->lab), 4);
}

/* Zombies are no actors and have no memory, and each counts as a process of its user. */
static void zombies_fill_a_limit(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: setuid unused");
    if (bench_has(bench, "a: setuid(60578) = -1"))
        skip();
    bench_run(bench,
              "a: rlimit nproc 30; a: zombies 200; expect a.errno = EAGAIN; expect a.children = 29;"
              "expect a.child[28].state = Z; expect a.child[28].rss = 0; expect lab.actors = 1;"
              "a: sigchld handler; signal a CHLD; expect a.children = 0; a: fork b; expect b.ppid = a.pid");
    holds(bench);
    assert_true(bench_has(bench, "a: for (n = 0; n < 200; n++) if (fork() == 0) _exit(0);  n = 29\n"
                                 "a: fork() = -1 EAGAIN"));
}

/* The limit is as far above what the user has as was asked for: for one who has a process beside a, too. And
 * another actor gets another unused user. */
static void a_limit_may_leave_room_for_so_many(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; spawn c; a: setuid unused; c: setuid unused");
    if (bench_has(bench, "setuid(60578) = -1"))
        skip();
    bench_run(bench, "expect c.uid != a.uid; a: fork b; a: rlimit more-nproc 3; a: zombies 9;"
                     "expect a.errno = EAGAIN; expect a.children = 4");
    holds(bench);
    assert_true(bench_has(bench, "a: setrlimit(RLIMIT_NPROC, {5, 5}) = 0\n"));
}

/* The effective user of an actor, as /proc/PID/status has it. */
static uid_t user_of(const struct bench *bench, const char *name)
{
    char path[40], line[256];
    unsigned uid = (unsigned)-1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)lab_actor_by_name(bench->lab, name)->id.pid);
    FILE *status = fopen(path, "re");
    assert_non_null(status);
    while (fgets(line, sizeof line, status) && sscanf(line, "Uid: %*u %u", &uid) != 1)
        ;
    fclose(status);
    return uid;
}

static void another_user_stays_in_reach(void **state)
{
    struct bench *bench = *state;
    uid_t uid;
    bench_run(bench, "spawn a; a: let x = 5");
    if (!become_another(bench, &uid))
        skip();
    assert_int_equal(user_of(bench, "a"), uid);
    bench_run(bench, "a: fork b; b: fork c; b: pause; interrupt b; c: stop; a: setuid root; expect a.x = 5;"
                     "expect b.x = 5; expect a.errno = EPERM; a: kill b KILL; expect b.state = Z");
    assert_int_equal(user_of(bench, "c"), uid);
    assert_true(bench_has(bench, "b: pause() = -1 EINTR"));
    assert_true(
        bench_has(bench, "a: setuid(0) = -1 EPERM -- EPERM: becoming another user needs CAP_SETUID\n"));
    bench_run(bench, "kill all; expect c gone; expect a gone");
    holds(bench);
}

static void an_ordinary_user_stays_who_he_is(void **state)
{
    struct bench *bench = *state;
    if (geteuid() == 0)
        skip();
    bench_run(bench, "spawn a; a: setuid root; a: setuid no-such-user");
    assert_true(bench_has(bench,
                          "a: getpwnam(\"root\") = {uid 0, gid 0}\n"
                          "a: setuid(0) = -1 EPERM -- EPERM: becoming another user needs CAP_SETUID\n"
                          "a: getpwnam(\"no-such-user\") = 0 ENOENT -- ENOENT: there is no such user\n"));
    assert_int_equal(user_of(bench, "a"), geteuid());
}

static void limits_go_to_children_and_leave_the_lab_its_room(void **state)
{
    struct bench *bench = *state;
    struct rlimit limit;
    bench_run(bench,
              "spawn a; a: rlimit nofile 3; a: rlimit core 0; a: fork b; b: fork c; expect c.ppid = b.pid;"
              "b: join c 10; expect b.errno = EMFILE; a: rlimit nofile 1000000000");
    holds(bench);
    pid_t pid = lab_actor_by_name(bench->lab, "c")->id.pid;
    assert_int_equal(prlimit(pid, RLIMIT_NOFILE, NULL, &limit), 0);
    assert_int_equal(limit.rlim_cur, 3);
    assert_int_equal(prlimit(pid, RLIMIT_CORE, NULL, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_true(bench_has(bench, "b: pidfd_open(<c>, 0) = -1 EMFILE"));
}

static void too_much_cpu_time_ends_it(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: rlimit cpu 1; a: spin; expect a.status ~ \"^signal SIGXCPU\" within 15s");
    holds(bench);
    assert_true(bench_has(bench, "a: setrlimit(RLIMIT_CPU, {1, 2}) = 0\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(faults_end_by_their_signals),
        TEST(handlers_do_not_save_from_faults),
        TEST(a_status_has_eight_bits),
        TEST(the_grandchild_of_a_double_fork_is_an_orphan),
        TEST(a_fork_that_fails_says_so),
        TEST(of_many_forks_some_may_fail),
        TEST(zombies_fill_a_limit),
        TEST(a_limit_may_leave_room_for_so_many),
        TEST(another_user_stays_in_reach),
        TEST(an_ordinary_user_stays_who_he_is),
        TEST(limits_go_to_children_and_leave_the_lab_its_room),
        TEST(too_much_cpu_time_ends_it),
    };
    return cmocka_run_group_tests_name("lab/life", tests, NULL, NULL);
}
