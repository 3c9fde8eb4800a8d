/* Pipes between actors: who waits for whom, and what the end of one side does to the other. */
#include "../unit.h"
#include "bench.h"

#include <locale.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static void reading_an_empty_pipe_waits(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe p; expect a.p = \"[3, 4]\"; a: fork b; b: read p; expect b.state = S;"
                     "expect b.blocked-in = \"read(3, buf, 512)\"; expect b.fd[p[0]] = a.fd[p[1]];"
                     "expect b.fd[p[0]] ~ ^pipe:; a: write p \"hello there\"; expect b.result = 11");
    HOLDS(bench);
    assert_true(bench_has(bench, "b: read(3, buf, 512) ...\n"));
    assert_true(bench_has(bench, "b: read(3, \"hello there\", 512) = 11\n"));
    assert_true(bench_has(bench, "a: write(4, \"hello there\", 11) = 11\n"));
}

static void an_interrupted_read_says_so(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe p; a: read p; interrupt a; expect a.errno = EINTR; a: read p[1];"
                     "a: seek p 0; expect a.errno = ESPIPE");
    HOLDS(bench);
    assert_true(
        bench_has(bench, "a: read(3, buf, 512) = -1 EINTR -- EINTR: a signal interrupted the call\n"));
    assert_true(bench_has(bench, "a: read(4, buf, 512) = -1 EBADF -- EBADF: this descriptor is closed, or is "
                                 "not open for that\n"));
}

static void the_end_comes_when_the_last_writer_has_closed(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe p; a: fork b; a: fork c; b: close p[1]; expect b.p[1] = -1; b: read p;"
                     "a: close p[1]; expect b.state = S");
    /* c has forgotten its own. */
    assert_true(bench_has(bench, "b: read(3, buf, 512) ...\n"));
    assert_false(bench_has(bench, "b: read(3, \"\", 512) = 0"));
    bench_run(bench,
              "expect c.fd[p[1]] = a.fd[p[0]]; c: close p[1]; expect b.result = 0; b: read p; b: close p;"
              "b: read p");
    assert_true(bench_has(bench, "b: read(3, \"\", 512) = 0 -- end of file\n"));
    assert_true(bench_has(bench, ": b: read p -- it has no thing of the name 'p'\n"));
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void writing_without_readers_kills(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe p; a: fork b; a: fork c; b: close p[0]; a: close p[0]; c: close p[0];"
                     "b: write p x; expect b.status ~ SIGPIPE; a: ignore PIPE; a: write p x;"
                     "expect a.errno = EPIPE");
    HOLDS(bench);
    assert_true(
        bench_has(bench, "b: write(4, \"x\", 1) -- SIGPIPE: no process has the other end open to read\n"));
    assert_true(
        bench_has(bench, "a: write(4, \"x\", 1) = -1 EPIPE -- EPIPE: no process has the other end open"));
    assert_false(bench_has(bench, "it ended before the call returned"));
}

static void a_full_pipe_makes_the_writer_wait(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe p; a: fork b; a: write p abc bytes=1000000; expect a.state = S;"
                     "interrupt a; expect a.result > 4095; expect a.result < 1000000; a: write p x;"
                     "expect a.blocked-in = \"write(4, \\\"x\\\", 1)\"; b: read p 4096; expect a.result = 1;"
                     "expect b.result = 4096");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: write(4, \"x\", 1) ...\n"));
    assert_true(bench_has(bench, "\"..., 4096) = 4096\n"));
    /* The last reader goes while the writer waits: the signal ends the wait. */
    bench_run(bench, "a: fork c; c: close p[0]; a: close p[0]; c: write p abc bytes=1000000;"
                     "expect c.state = S; b: close p[0]; expect c.status ~ SIGPIPE");
    bench_await(bench,
                "c: write(4, \"abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabca\"..., 1000000) -- "
                "SIGPIPE: no process has the other end open to read\n");
    HOLDS(bench);
}

static void a_duplex_pair_is_read_and_written_at_both_ends(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: pipe d duplex; a: fork b; a: write d[0] ping; b: read d[1];"
                     "b: write d[1] pong; a: read d[0]; expect a.fd[d[0]] ~ ^socket:; a: read d;"
                     "expect a.state = S; interrupt a; b: close d[0]; a: close d[0]; b: read d[1] 5;"
                     "interrupt b; expect b.errno = EINTR");
    assert_true(bench_has(bench, "a: socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, {3, 4}) = 0\n"));
    assert_true(bench_has(bench, "b: read(4, \"ping\", 512) = 4\n"));
    assert_true(bench_has(bench, "a: read(3, \"pong\", 512) = 4\n"));
    /* Nobody has d[0], so there is nobody to interrupt. */
    assert_true(bench_has(bench, "b: read(4, \"\", 5) = 0 -- end of file\n"));
    assert_true(bench_has(bench, ": interrupt b -- b is in no call: there is nothing to interrupt\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(reading_an_empty_pipe_waits),
        TEST(an_interrupted_read_says_so),
        TEST(the_end_comes_when_the_last_writer_has_closed),
        TEST(writing_without_readers_kills),
        TEST(a_full_pipe_makes_the_writer_wait),
        TEST(a_duplex_pair_is_read_and_written_at_both_ends),
    };
    return cmocka_run_group_tests_name("lab/pipes", tests, NULL, NULL);
}
