/* Files of actors, and the private directory they lie in. */
#include "../unit.h"
#include "bench.h"

#include "base/clock.h"
#include "base/memory.h"
#include "lab/members.h"
#include "machine/descriptors.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 20000, DEPTH = 2200 };

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static pid_t pid_of(const struct bench *bench, const char *name)
{
    return lab_actor_by_name(bench->lab, name)->id.pid;
}

static void from_before_the_fork_the_offset_is_shared(void **state)
{
    struct bench *bench = *state;
    long long offset;
    bench_run(bench,
              "spawn a; a: open f notes; a: write f abcdefgh; a: seek f 0; a: fork b; b: read f 4;"
              "expect a.offset[f] = 4; a: read f 3; expect b.offset[f] = 7; b: open g notes;"
              "b: read g 2; expect b.offset[g] = 2; expect a.offset[f] = 7; expect a.f = 3;"
              "expect b.fd[g] = a.fd[3]; a: close f; expect b.offset[f] = 7; expect a.fd[3] = x within 20ms");
    assert_true(bench_has(bench, "b: read(3, \"abcd\", 4) = 4\n"));
    assert_true(bench_has(bench, "a: read(3, \"efg\", 3) = 3\n"));
    assert_true(bench_has(bench, "b: read(4, \"ab\", 2) = 2\n"));
    assert_true(bench_has(bench, ": expect a.fd[3] = x within 20ms -- not met: a.fd[3] = ?"));
    assert_int_equal(descriptor_offset(pid_of(bench, "b"), 3, &offset), 0);
    assert_int_equal(offset, 7);
}

static void a_buffer_of_stdio_is_doubled_by_fork(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: open s out stdio; a: write s once; expect a.offset[s] = 0; a: fork b;"
                     "b: exit 0; expect a.offset[s] = 4; a: exit 0; spawn c; c: open f out; c: read f");
    HOLDS(bench);
    assert_true(bench_has(bench, "a: fputs(\"once\", s) = 1\na: __fpending(s) = 4 -- so many bytes lie"));
    assert_true(bench_has(bench, "c: read(3, \"onceonce\", 512) = 8\n"));
}

static void at_once_loses_the_buffer_and_flush_saves_it(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: open s out stdio; a: write s kept; a: flush s; expect a.offset[s] = 4;"
                     "a: write s lost; a: _exit 0; spawn b; b: open s out stdio; b: read s; b: seek s 2;"
                     "b: read s 1; b: close s; b: fork c; c: open f out; c: read f");
    HOLDS(bench);
    assert_true(bench_has(bench, "b: fread(\"kept\", 1, 512, s) = 4\n"));
    assert_true(bench_has(bench, "b: fseek(s, 2, SEEK_SET) = 0\nb: fread(\"p\", 1, 1, s) = 1\n"));
    assert_true(bench_has(bench, "b: fclose(s) = 0\n"));
    assert_true(bench_has(bench, "c: read(3, \"kept\", 512) = 4\n"));
}

static void paths_do_not_lead_out(void **state)
{
    struct bench *bench = *state;
    char own[PATH_MAX], link[40];
    bench_run(bench, "spawn a; a: open f ../x; a: open f /etc/passwd; a: open f none/x; a: open f .;"
                     "a: exec ln -s /etc/passwd link; expect a.status = \"exit 0\"; spawn b; b: open f link;"
                     "expect b.errno = ELOOP; b: open g ./inner");
    assert_true(bench_has(bench,
                          "a: openat2(AT_FDCWD, \"../x\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = "
                          "-1 EXDEV -- EXDEV: the path leads out of"));
    assert_true(bench_has(bench, "\"/etc/passwd\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = -1 EXDEV"));
    assert_true(bench_has(bench, "\"none/x\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = -1 ENOENT"));
    assert_true(bench_has(bench, "\".\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = -1 EISDIR"));
    assert_true(bench_has(bench, "\"link\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = -1 ELOOP"));
    HOLDS(bench);
    snprintf(link, sizeof link, "/proc/%d/cwd", (int)pid_of(bench, "b"));
    ssize_t length = readlink(link, own, sizeof own - 1);
    assert_true(length > 0);
    own[length] = '\0';
    assert_string_equal(own, lab_directory(bench->lab));
    struct stat about;
    assert_int_equal(stat(own, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0700);
    assert_int_equal(about.st_uid, geteuid());
}

static void a_program_that_is_execd_has_none_of_them(void **state)
{
    struct bench *bench = *state;
    char target[PATH_MAX];
    bench_run(bench, "spawn a; a: open f notes; a: open s notes stdio; a: pipe p; a: pipe d duplex; a: udp u;"
                     "a: listen l; a: exec sleep 1000; expect a.comm = sleep; expect a.f = 3 within 20ms");
    for (int fd = 3; fd < 11; fd++)
        assert_int_equal(descriptor_target(pid_of(bench, "a"), fd, target, sizeof target), -ESRCH);
    assert_true(bench_has(bench, "not met: a.f = ?"));
}

static void what_is_closed_is_no_more(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: open f notes; a: let x = 1; a: flush f; a: read x; a: close f; a: read f;"
                     "a: open f notes; a: write f[1] x");
    assert_int_equal(lab_failures(bench->lab), 3);
    assert_true(bench_has(bench, ": a: flush f -- 'f' is a thing of another kind"));
    assert_true(bench_has(bench, ": a: read x -- 'x' is a thing of another kind"));
    assert_true(bench_has(bench, "a: close(3) = 0\n"));
    assert_true(bench_has(bench, ": a: read f -- it has no thing of the name 'f'\n"));
    assert_true(bench_has(bench, "a: f[1] = -1 EBADF -- EBADF: this descriptor is closed"));
}

static void an_index_by_name_must_name_something(void **state)
{
    struct lab_error error = bench_reject(*state, "spawn a; expect a.offset[f] = 1");
    assert_string_equal(error.text, "no command before this makes a thing 'f'");
    bench_reject(*state, "spawn a; a: pipe f; expect a.offset[f[] = 1");
    bench_reject(*state, "spawn a; a: pipe f; expect a.offset[f[x]] = 1");
    bench_reject(*state, "spawn a; a: pipe f; expect a.offset[f]. = 1");
    bench_run(*state, "spawn a; a: let i = 1; a: list L = [7,8,9]; expect a.L[i] = 8; a: pipe f;"
                      "expect a.fd[f] = 1 within 20ms");
    assert_true(bench_has(*state, "not met: a.fd[f] = ?"));
}

static bool await_gone(const char *path)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    while (access(path, F_OK) == 0 && clock_now() < deadline)
        nanosleep(&(struct timespec){ .tv_nsec = 2 * NS_PER_MS }, NULL);
    return access(path, F_OK) < 0 && errno == ENOENT;
}

/* Deeper than a path can name (PATH_MAX), with links out of it, and locked where they can be. */
static void fill(const char *directory, const char *outside)
{
    int at = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(symlinkat(outside, at, "link"), 0);
    assert_int_equal(symlinkat("..", at, "up"), 0);
    assert_int_equal(mkdirat(at, "0", 0700), 0);
    assert_int_equal(mkdirat(at, "locked", 0700), 0);
    assert_int_equal(mkdirat(at, "locked/inner", 0700), 0);
    assert_int_equal(symlinkat(outside, at, "locked/inner/link"), 0);
    assert_int_equal(fchmodat(at, "locked/inner", 0, 0), 0);
    assert_int_equal(fchmodat(at, "locked", 0, 0), 0);
    for (int i = 0; i < DEPTH; i++) {
        assert_int_equal(mkdirat(at, "1", 0700), 0);
        close(openat(at, "file", O_CREAT | O_WRONLY | O_CLOEXEC, 0400));
        int inner = openat(at, "1", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(inner >= 0);
        close(at);
        at = inner;
    }
    close(at);
}

static void the_directory_goes_with_the_lab(void **state)
{
    (void)state;
    void *other;
    char outside[] = "/tmp/forklore-test-XXXXXX", file[64], directory[PATH_MAX];
    assert_non_null(mkdtemp(outside));
    snprintf(file, sizeof file, "%s/file", outside);
    close(open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    assert_int_equal(bench_setup(&other), 0);
    struct bench *bench = other;
    snprintf(directory, sizeof directory, "%s", lab_directory(bench->lab));
    bench_run(bench, "spawn a; a: open f notes");
    fill(directory, outside);
    assert_int_equal(chmod(directory, 0), 0);
    bench_teardown(&other);
    assert_int_equal(access(directory, F_OK), -1);
    assert_int_equal(access(file, F_OK), 0);
    unlink(file);
    assert_int_equal(rmdir(outside), 0);
}

/* When the warden was killed as well, another one takes its place first. */
static void a_killed_warden_is_no_way_out(void **state)
{
    (void)state;
    void *other;
    char directory[PATH_MAX];
    assert_int_equal(bench_setup(&other), 0);
    struct bench *bench = other;
    snprintf(directory, sizeof directory, "%s", lab_directory(bench->lab));
    bench_run(bench, "spawn a; a: open f notes");
    kill(bench->lab->warden, SIGKILL);
    bench_teardown(&other);
    assert_int_equal(access(directory, F_OK), -1);
}

/* The child process: a lab that tells its directory and then waits to be killed. */
static void be_lab(int told)
{
    void *state;
    struct lab_error error;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (bench_setup(&state) < 0)
        _exit(EXIT_FAILURE);
    struct lab *lab = ((struct bench *)state)->lab;
    if (lab_submit(lab, "spawn a; a: open f notes; a: fork b; b: pause", &error) < 0)
        _exit(EXIT_FAILURE);
    while (!lab_idle(lab)) {
        struct pollfd ready = { .fd = lab_fd(lab), .events = POLLIN };
        poll(&ready, 1, -1);
        lab_dispatch(lab);
    }
    const char *directory = lab_directory(lab);
    if (write(told, directory, strlen(directory)) < 0)
        _exit(EXIT_FAILURE);
    for (;;)
        pause();
}

static void the_directory_goes_with_a_killed_lab(void **state)
{
    (void)state;
    int told[2];
    char directory[PATH_MAX], file[PATH_MAX + 8];
    assert_int_equal(pipe2(told, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0)
        be_lab(told[1]);
    close(told[1]);
    ssize_t length = read(told[0], directory, sizeof directory - 1);
    close(told[0]);
    assert_true(length > 0);
    directory[length] = '\0';
    snprintf(file, sizeof file, "%s/notes", directory);
    assert_int_equal(access(file, F_OK), 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(await_gone(directory));
}

static void it_lies_where_the_environment_says(void **state)
{
    (void)state;
    void *other;
    char wanted[] = "/tmp/forklore-test-XXXXXX";
    assert_non_null(mkdtemp(wanted));
    const char *before = getenv("XDG_RUNTIME_DIR");
    char *kept = before ? xstrdup(before) : NULL;
    setenv("XDG_RUNTIME_DIR", wanted, 1);
    assert_int_equal(bench_setup(&other), 0);
    struct bench *bench = other;
    assert_memory_equal(lab_directory(bench->lab), wanted, strlen(wanted));
    bench_teardown(&other);
    setenv("XDG_RUNTIME_DIR", "relative", 1);
    assert_int_equal(bench_setup(&other), 0);
    bench = other;
    assert_int_equal(lab_directory(bench->lab)[0], '/');
    bench_teardown(&other);
    if (kept)
        setenv("XDG_RUNTIME_DIR", kept, 1);
    else
        unsetenv("XDG_RUNTIME_DIR");
    free(kept);
    assert_int_equal(rmdir(wanted), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(from_before_the_fork_the_offset_is_shared),
        TEST(a_buffer_of_stdio_is_doubled_by_fork),
        TEST(at_once_loses_the_buffer_and_flush_saves_it),
        TEST(paths_do_not_lead_out),
        TEST(a_program_that_is_execd_has_none_of_them),
        TEST(what_is_closed_is_no_more),
        TEST(an_index_by_name_must_name_something),
        cmocka_unit_test(the_directory_goes_with_the_lab),
        cmocka_unit_test(a_killed_warden_is_no_way_out),
        cmocka_unit_test(the_directory_goes_with_a_killed_lab),
        cmocka_unit_test(it_lies_where_the_environment_says),
    };
    return cmocka_run_group_tests_name("lab/files", tests, NULL, NULL);
}
