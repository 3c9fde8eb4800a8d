/* Shared memory, semaphores and copy-on-write: what processes have together and what each has of its own, as
 * the kernel and their memory show it. */
#include "../unit.h"
#include "bench.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

/* The line of /proc/PID/maps of the mapping that an address begins; the test fails when there is none. */
static void mapping_at(struct bench *bench, const char *actor, unsigned long address, char *line, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/maps", (int)lab_actor_by_name(bench->lab, actor)->id.pid);
    FILE *file = fopen(path, "re");
    bool found = false;
    assert_non_null(file);
    while (!found && fgets(line, (int)size, file))
        found = strtoul(line, NULL, 16) == address;
    fclose(file);
    assert_true(found);
}

static void what_a_child_writes_to_shared_memory_its_parent_sees(void **state)
{
    struct bench *bench = *state;
    char of_a[256], of_b[256];
    bench_run(bench,
              "spawn a; a: let x = 1; a: mmap v i = 7; a: mmap f f = 0.1; a: mmap c c = A; a: mmap arr i[3];"
              "expect a.v = 7; expect a.f = 0.1; expect a.c = 65; expect a.arr = \"[0, 0, 0]\";"
              "a: fork b; b: let v = 8; b: let arr[2] = 9; b: let x = 2; b: add v 1; b: add arr[2] 1 times=3;"
              "expect a.v = 9; expect a.arr[2] = 12; expect a.arr = \"[0, 0, 12]\";"
              "expect a.x = 1; expect b.x = 2; b: exit 0; expect a.v = 9");
    HOLDS(bench);
    const char *call = strstr(bench->told, "MAP_SHARED|MAP_ANONYMOUS, -1, 0) = 0x");
    assert_non_null(call);
    unsigned long address = strtoul(strstr(call, "0x"), NULL, 16);
    bench_run(bench, "a: fork c");
    mapping_at(bench, "a", address, of_a, sizeof of_a);
    mapping_at(bench, "c", address, of_b, sizeof of_b);
    assert_non_null(strstr(of_a, " rw-s "));
    assert_string_equal(of_a, of_b); /* the inode too: the same memory */
}

static void what_is_mapped_after_the_fork_is_not_shared(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: fork b; a: mmap v i = 1; b: mmap v i = 2; b: add v 5; expect a.v = 1; expect b.v = 7");
    HOLDS(bench);
}

static void it_is_told_as_c_writes_it(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mmap f f = 0.1; a: mmap c c[2]; a: let c[0] = \"H\"; a: let c[1] = 200; a: add c[1] 57;"
        "a: show c; a: show c[0]; a: show f; a: let f = -2.5; a: add f 3; a: mmap i i = -5; a: show i");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: sem_init(&f_lock, 1, 1) = 0\na: *f = 0.100000001;  f = 0x"));
    assert_true(bench_has(bench, "a: c[0] = 72 /* 'H' */;  &c[0] = 0x"));
    assert_true(bench_has(bench, "a: c[1] += 57;  c[1] = 1\n"));
    assert_true(bench_has(bench, "a: unsigned char c[2] = {72, 1};  c = 0x"));
    assert_true(bench_has(bench, "a: *f += 3;  *f = 0.5\n"));
    assert_true(bench_has(bench, "a: *i = -5;  i = 0x"));
    bench_run(bench,
              "expect a.f = 0.5; expect a.c[0] = 72; expect a.i = -5; a: mmap long c[1024]; a: show long");
    assert_true(bench_has(bench, ", 0, ...};  long = 0x"));
}

/* That updates are lost cannot be expected of every run: only that none is won. */
static void without_a_lock_updates_may_be_lost(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mmap v i = 0; a: fork b; a: fork c; b: add v 1 times=5000000; c: add v 1 times=5000000;"
        "expect b.blocked-in = \"\" within 20s; expect c.blocked-in = \"\" within 20s;"
        "expect a.v <= 10000000; expect a.v >= 2");
    HOLDS(bench);
}

static void with_the_lock_none_is_lost(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mmap v i = 0; a: mmap f f[2]; a: fork b; a: fork c; b: add v 1 times=100000 lock=yes;"
        "c: add v 1 times=100000 lock=yes; expect a.v = 200000 within 20s;"
        "b: add f[1] 1 times=30000 lock=yes; c: add f[1] 2 times=30000 lock=yes;"
        "expect a.f[1] = 90000 within 20s; expect a.f[0] = 0");
    HOLDS(bench);
    bench_await(bench,
                "c: for (i = 0; i < 100000; i++) { sem_wait(&v_lock); *v += 1; sem_post(&v_lock); }  *v = ");
}

static void a_long_addition_can_be_interrupted(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: let x = 0; a: mmap v i = 0; a: add v 0 times=100000000 lock=yes; expect a.state = R;"
        "interrupt a; expect a.errno = EINTR; a: add x 1; expect a.x = 1");
    assert_true(bench_has(
        bench, "a: for (i = 0; i < 100000000; i++) { sem_wait(&v_lock); *v += 0; sem_post(&v_lock); } = "
               "-1 EINTR -- EINTR: a signal interrupted the call\na: i = "));
    assert_true(bench_has(bench, "-- so many additions were done\n"));
}

static void who_waits_for_the_lock_is_blocked_and_can_be_released(void **state)
{
    struct bench *bench = *state;
    bench_run(
        bench,
        "spawn a; a: mmap v i = 0; a: fork b; a: acquire v; b: add v 1 lock=yes; expect b.state = S;"
        "expect b.blocked-in ~ sem_wait; expect a.v = 0; b: nice 1; interrupt b; expect b.errno = EINTR;"
        "b: add v 1 lock=yes; a: getvalue v; a: release v; expect a.v = 1; b: acquire v; a: getvalue v");
    assert_true(bench_has(bench,
                          ": b: nice 1 -- b is blocked in sem_wait(&v_lock); *v += 1; sem_post(&v_lock): "
                          "'interrupt b' releases it\n"));
    assert_true(bench_has(bench, "b: i = 0;  *v = 0 -- so many additions were done\n"));
    assert_true(bench_has(bench, "b: sem_wait(&v_lock) = 0\na: sem_getvalue(&v_lock, {0}) = 0\n"));
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void a_semaphore_lets_in_as_many_as_it_counts(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: sem s = 2; a: fork b; a: fork c; expect a.s = 2; a: acquire s; b: acquire s;"
              "expect c.s = 0; c: acquire s; expect c.state = S; expect c.blocked-in = \"sem_wait(&s)\";"
              "a: release s; expect c.blocked-in = \"\"; a: getvalue s; b: release s; expect a.s = 1");
    HOLDS(bench);
    bench_forget(bench);
    bench_run(bench, "c: release s; a: getvalue s");
    bench_expect(bench, "c: sem_post(&s) = 0\na: sem_getvalue(&s, {2}) = 0\n");
}

static void waiting_for_a_semaphore_ends_by_a_signal_by_time_or_not_at_all(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: sem s = 0");
    bench_forget(bench);
    bench_run(bench, "a: acquire s; interrupt a; a: acquire s block=no; a: acquire s timeout=1; expect "
                     "a.errno = ETIMEDOUT;"
                     "a: release s; a: acquire s timeout=5000; a: getvalue s");
    assert_true(bench_has(
        bench, "a: sem_wait(&s) ...\n: kill(<a>, SIGURG) = 0\na: sem_wait(&s) = -1 EINTR -- EINTR: a "
               "signal interrupted the call\na: sem_trywait(&s) = -1 EAGAIN -- EAGAIN: it is at 0"));
    assert_true(bench_has(bench, "a: sem_timedwait(&s, now + 1 ms) = -1 ETIMEDOUT -- ETIMEDOUT: nobody"));
    assert_true(bench_has(bench, "a: sem_timedwait(&s, now + 5000 ms) = 0\na: sem_getvalue(&s, {0}) = 0\n"));
    bench_run(bench,
              "a: sem s = 2147483647; a: release s; expect a.errno = EOVERFLOW; expect a.s = 2147483647");
}

/* 8 MiB are 8192 KiB; what a process has besides is far less than 8 MiB. */
static void fork_shares_pages_and_writing_copies_them(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: alloc 16; expect a.rss > 16384; expect a.private > 16384; expect a.shared < 8192;"
              "a: fork b; expect b.shared > 16384; expect a.shared > 16384; expect b.private < 8192;"
              "expect b.pss < 16384; b: touch 8; expect b.private > 8192; expect b.private < 16384;"
              "expect b.shared > 8192; expect b.heap[0] = 2; expect a.heap[0] = 1; expect b.rss > 16384;"
              "b: exit 0; a: waitpid b; expect a.private > 16384; expect a.shared < 8192");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: madvise(heap, 16777216, MADV_NOHUGEPAGE) = 0\n") ||
                !bench_has(bench, "madvise("));
    const char *touched = strstr(bench->told, "b: for (i = 0; i < 8388608; i += ");
    assert_non_null(touched);
    long page = strtol(touched + strlen("b: for (i = 0; i < 8388608; i += "), NULL, 10);
    long faults = strtol(strstr(touched, "ru_minflt += ") + strlen("ru_minflt += "), NULL, 10);
    assert_in_range(faults, 8388608 / page, 8388608 / page + 100);
}

static void memory_can_be_allocated_by_name_and_again(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: alloc 64 big; expect a.private > 65536; a: alloc 1 big; expect a.private < 32768;"
              "a: touch 9 big; a: show big; a: touch 1");
    assert_true(bench_has(bench, "a: for (i = 0; i < 1048576; i += "));
    assert_true(bench_has(bench, "a: unsigned char big[1048576];  big = 0x"));
    assert_true(bench_has(bench, ": a: touch 1 -- it has no thing of the name 'heap'\n"));
    assert_int_equal(lab_failures(bench->lab), 1);
}

static void what_does_not_fit_is_refused(void **state)
{
    static const char *const cases[][2] = {
        { "a: let arr[3] = 1", "there is no element 'arr[3]'" },
        { "a: let arr = 1", "there is no element 'arr'" },
        { "a: add arr 1", "there is no element 'arr'" },
        { "a: show arr[99999999999999999999]", "there is no element 'arr[9999" },
        { "a: let v[0] = 1; a: let v[1] = 1", "there is no element 'v[1]'" },
        { "a: let none[0] = 1", "it has no thing of the name 'none[0]'" },
        { "a: let x[0] = 1", "'x[0]' is a thing of another kind" },
        { "a: add x[0] 1", "there is no element 'x[0]'" },
        { "a: let v = 1.5", "'1.5' is no value of its type" },
        { "a: let v = text", "'text' is no value of its type" },
        { "a: let c = 256", "'256' is no value of its type" },
        { "a: let c = \"ab\"", "'ab' is no value of its type" },
        { "a: let f = \"0.5\"", "'0.5' is no value of its type" },
        { "a: add x 1 lock=yes", "lock=yes: a variable of its own has no lock" },
        { "a: acquire x", "'x' is a thing of another kind" },
        { "a: add s 1", "'s' is a thing of another kind" },
    };
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: mmap arr i[3]; a: mmap v i = 1; a: mmap c c = 1; a: mmap f f = 1; a: let x "
                     "= 1; a: sem s = 1");
    HOLDS(bench);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench_forget(bench);
        bench_run(bench, cases[i][0]);
        if (!bench_has(bench, cases[i][1]))
            fail_msg("%s: %s", cases[i][0], bench->told);
    }
    bench_run(bench,
              "expect a.v = 1; expect a.arr = \"[0, 0, 0]\"; expect a.c = 1; expect a.f = 1; expect a.x = 1");
    assert_int_equal(lab_failures(bench->lab), sizeof cases / sizeof *cases);
}

static void mistakes_are_found_before_anything_is_done(void **state)
{
    static const struct {
        const char *script;
        int column;
    } cases[] = {
        { "a: mmap v d = 1", 11 },
        { "a: mmap v i 5", 13 },
        { "a: mmap v i =", 13 },
        { "a: mmap v i[2] = 5", 18 },
        { "a: mmap v i[0]", 11 },
        { "a: mmap v i[1025]", 11 },
        { "a: mmap v i = 0.5", 15 },
        { "a: mmap v c = 300", 15 },
        { "a: mmap v c = \"ab\"", 15 },
        { "a: mmap v f = x", 15 },
        { "a: mmap rss i = 1", 9 },
        { "a: let v[x] = 1", 8 },
        { "a: let shared = 1", 8 },
        { "a: add v 1 lock=maybe", 12 },
        { "a: sem s = -1", 12 },
        { "a: sem s 1", 10 },
        { "a: acquire s timeout=0", 14 },
        { "a: acquire s block=2", 14 },
        { "a: alloc 257", 10 },
        { "a: touch 0", 10 },
        { "a: let v[0] = 1; expect a.v = 1", 25 },
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_error error = bench_reject(bench, cases[i].script);
        if (error.column != cases[i].column)
            fail_msg("%s: %d: %s", cases[i].script, error.column, error.text);
    }
    bench_expect(bench, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(what_a_child_writes_to_shared_memory_its_parent_sees),
        TEST(what_is_mapped_after_the_fork_is_not_shared),
        TEST(it_is_told_as_c_writes_it),
        TEST(without_a_lock_updates_may_be_lost),
        TEST(with_the_lock_none_is_lost),
        TEST(a_long_addition_can_be_interrupted),
        TEST(who_waits_for_the_lock_is_blocked_and_can_be_released),
        TEST(a_semaphore_lets_in_as_many_as_it_counts),
        TEST(waiting_for_a_semaphore_ends_by_a_signal_by_time_or_not_at_all),
        TEST(fork_shares_pages_and_writing_copies_them),
        TEST(memory_can_be_allocated_by_name_and_again),
        TEST(what_does_not_fit_is_refused),
        TEST(mistakes_are_found_before_anything_is_done),
    };
    return cmocka_run_group_tests_name("lab/shared", tests, NULL, NULL);
}
