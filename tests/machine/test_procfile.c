#include "../unit.h"
#include "children.h"
#include "machine/procfile.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const pid_t no_such_pid = 1 << 30;

static void this_process_is_read_as_it_is(void **state)
{
    (void)state;
    struct process self;
    struct process_storage storage;
    assert_int_equal(procfile_read(getpid(), &self, &storage), 0);
    assert_int_equal(self.id.pid, getpid());
    assert_int_equal(self.tgid, getpid());
    assert_int_equal(self.ppid, getppid());
    assert_int_equal(self.pgrp, getpgrp());
    assert_int_equal(self.session, getsid(0));
    assert_int_equal(self.state, 'R');
    assert_int_equal(self.threads, 1);
    assert_int_equal(self.nice, getpriority(PRIO_PROCESS, 0));
    assert_int_equal(self.priority, 20 + self.nice);
    assert_int_equal(self.policy, sched_getscheduler(0));
    assert_true(self.processor >= 0 && self.processor < sysconf(_SC_NPROCESSORS_CONF));
    assert_true(self.rss_kib > 100);
    assert_false(self.locked_known);
    assert_null(self.cmdline);
    struct process_id id;
    assert_int_equal(procfile_identity(getpid(), &id), 0);
    assert_true(process_id_equal(id, self.id));
    assert_true(procfile_exists(id));
    id.start++;
    assert_false(procfile_exists(id));
}

static void any_name_is_read_whole(void **state)
{
    (void)state;
    static const char *const names[] = { "a b",       ") R 1 2 3 (",  "((((",     "))))", "x\n1 (y) Z",
                                         "\033[31mE", "\xff\xfe\x80", "僵尸进程", " ",    ") Z 0 0 0 0 0)" };
    char before[32];
    prctl(PR_GET_NAME, before);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        prctl(PR_SET_NAME, names[i]);
        struct process self;
        struct process_storage storage;
        assert_int_equal(procfile_read(getpid(), &self, &storage), 0);
        assert_string_equal(self.comm, names[i]);
        assert_int_equal(self.ppid, getppid());
        assert_int_equal(self.state, 'R');
    }
    prctl(PR_SET_NAME, "");
    struct process self;
    struct process_storage storage;
    assert_int_equal(procfile_read(getpid(), &self, &storage), 0);
    assert_string_equal(self.comm, "");
    prctl(PR_SET_NAME, before);
}

static void nothing_is_read_of_no_process(void **state)
{
    (void)state;
    struct process process = { .state = '!' };
    struct process_storage storage;
    struct process_id id = { no_such_pid, 1 };
    struct signal_sets sets;
    bool locked;
    int status;
    long number;
    unsigned long long value;
    char path[16];
    assert_int_equal(procfile_read(no_such_pid, &process, &storage), -ESRCH);
    assert_int_equal(process.state, '!');
    assert_int_equal(procfile_identity(no_such_pid, &id), -ESRCH);
    assert_int_equal(id.start, 1);
    assert_false(procfile_exists(id));
    assert_int_equal(procfile_locked(no_such_pid, &locked), -ESRCH);
    assert_int_equal(procfile_zombie_status(id, &status), -ESRCH);
    assert_int_equal(procfile_syscall(no_such_pid, &number, &value), -ESRCH);
    assert_int_equal(procfile_signals(no_such_pid, &sets), -ESRCH);
    assert_int_equal(procfile_lock_limit(no_such_pid, &value), -ESRCH);
    assert_int_equal(procfile_exe(no_such_pid, path, sizeof path), -ESRCH);
    assert_int_equal(procfile_cmdline(id, path, sizeof path), -ESRCH);
}

static void locked_memory_shows(void **state)
{
    (void)state;
    bool locked = true;
    assert_int_equal(procfile_locked(getpid(), &locked), 0);
    assert_false(locked);
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_int_equal(syscall(SYS_mlock, page, 4096), 0); /* the sanitizers take mlock() away */
    assert_int_equal(procfile_locked(getpid(), &locked), 0);
    assert_true(locked);
    munmap(page, 4096);
}

static void the_user_is_the_effective_one(void **state)
{
    (void)state;
    uid_t uid = 12345;
    assert_int_equal(procfile_user(no_such_pid, &uid), -ESRCH);
    assert_int_equal(uid, 12345);
    assert_int_equal(procfile_user(getpid(), &uid), 0);
    assert_int_equal(uid, geteuid());
    if (seteuid(65534) < 0)
        skip();
    assert_int_equal(procfile_user(getpid(), &uid), 0);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(uid, 65534);
}

static void a_zombie_keeps_its_wait_status(void **state)
{
    (void)state;
    int wanted = 7, status;
    pid_t exited = child_start(child_exit, &wanted);
    struct process_id id = wait_for_state(exited, 'Z');
    assert_int_equal(procfile_zombie_status(id, &status), 0);
    assert_int_equal(status, 7 << 8);
    bool locked = true;
    assert_int_equal(procfile_locked(exited, &locked), 0);
    assert_false(locked);
    char path[16];
    assert_int_equal(procfile_exe(exited, path, sizeof path), -ENOENT);
    assert_int_equal(procfile_cmdline(id, path, sizeof path), 0);
    assert_string_equal(path, "");
    assert_true(procfile_exists(id));
    struct process_id other = { id.pid, id.start + 1 };
    assert_int_equal(procfile_zombie_status(other, &status), -ESRCH);
    waitpid(exited, NULL, 0);
    assert_int_equal(procfile_zombie_status(id, &status), -ESRCH);
    assert_false(procfile_exists(id));

    pid_t killed = child_start(child_pause, NULL);
    id = wait_for_state(killed, 'S');
    assert_int_equal(procfile_zombie_status(id, &status), -EBUSY);
    kill(killed, SIGTERM);
    wait_for_state(killed, 'Z');
    assert_int_equal(procfile_zombie_status(id, &status), 0);
    assert_int_equal(status, SIGTERM);
    waitpid(killed, NULL, 0);

    wanted = 0;
    exited = child_start(child_exit, &wanted);
    assert_int_equal(procfile_zombie_status(wait_for_state(exited, 'Z'), &status), 0);
    assert_int_equal(status, 0);
    waitpid(exited, NULL, 0);
}

/* What a process of another user reads of *id, as its exit status. */
static void look_as_nobody(void *id)
{
    become_nobody();
    int status = 0;
    _exit(-procfile_zombie_status(*(struct process_id *)id, &status));
}

static void another_users_zombie_keeps_its_secret(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    static const int statuses[] = { 0, 7 };
    for (int i = 0; i < 2; i++) {
        int wanted = statuses[i], status;
        pid_t zombie = child_start(child_exit, &wanted);
        struct process_id id = wait_for_state(zombie, 'Z');
        pid_t looker = child_start(look_as_nobody, &id);
        waitpid(looker, &status, 0);
        assert_int_equal(status, EACCES << 8);
        waitpid(zombie, NULL, 0);
    }
}

static void *pause_thread(void *unused)
{
    child_pause(unused);
    return NULL;
}

static void leave_the_other_thread(void *unused)
{
    (void)unused;
    pthread_t thread;
    pthread_create(&thread, NULL, pause_thread, NULL);
    syscall(SYS_exit, 0);
}

static void a_zombie_that_still_runs_is_none(void **state)
{
    (void)state;
    pid_t pid = child_start(leave_the_other_thread, NULL);
    struct process_id id = wait_for_state(pid, 'Z');
    int status;
    assert_int_equal(procfile_zombie_status(id, &status), -EBUSY);
    child_end(pid);
}

static void read_pipe(void *pipe_fd)
{
    char byte;
    while (read(*(int *)pipe_fd, &byte, 1) > 0)
        ;
}

static bool is_blocked_in_read(void *pid)
{
    long number = -1;
    unsigned long long first;
    int r = procfile_syscall(*(pid_t *)pid, &number, &first);
    return r < 0 || number == SYS_read;
}

static void the_call_it_is_blocked_in_is_named(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = child_start(read_pipe, &ends[0]);
    wait_until("blocked in read()", is_blocked_in_read, &pid);
    long number;
    unsigned long long first;
    int r = procfile_syscall(pid, &number, &first);
    if (r == 0) {
        assert_string_equal(procfile_syscall_name(number), "read");
        assert_int_equal(first, ends[0]);
    }
    child_end(pid);
    close(ends[0]);
    close(ends[1]);
    if (r < 0)
        skip(); /* this kernel does not say */
}

static void calls_have_their_names(void **state)
{
    (void)state;
    assert_string_equal(procfile_syscall_name(SYS_wait4), "wait4");
    assert_string_equal(procfile_syscall_name(SYS_clock_nanosleep), "clock_nanosleep");
    assert_string_equal(procfile_syscall_name(SYS_restart_syscall), "restart_syscall");
    assert_null(procfile_syscall_name(-1));
    assert_null(procfile_syscall_name(99999));
}

static void signal_sets_are_read(void **state)
{
    (void)state;
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    signal(SIGUSR2, SIG_IGN);
    raise(SIGUSR1);
    struct signal_sets sets;
    assert_int_equal(procfile_signals(getpid(), &sets), 0);
    assert_true(sets.blocked & 1ull << (SIGUSR1 - 1));
    assert_true(sets.pending & 1ull << (SIGUSR1 - 1));
    assert_true(sets.ignored & 1ull << (SIGUSR2 - 1));
    assert_false(sets.caught & 1ull << (SIGUSR2 - 1));
    kill(getpid(), SIGUSR1);
    assert_int_equal(procfile_signals(getpid(), &sets), 0);
    assert_true(sets.shared_pending & 1ull << (SIGUSR1 - 1));
    signal(SIGUSR1, SIG_IGN); /* drops what is pending */
    sigprocmask(SIG_UNBLOCK, &mask, NULL);
    signal(SIGUSR1, SIG_DFL);
    signal(SIGUSR2, SIG_DFL);
}

static void set_lock_limit(void *limit)
{
    rlim_t value = *(rlim_t *)limit;
    setrlimit(RLIMIT_LOCKS, &(struct rlimit){ value, value });
    raise(SIGSTOP);
}

static void the_family_mark_is_read(void **state)
{
    (void)state;
    unsigned long long limit = 0;
    struct rlimit own;
    getrlimit(RLIMIT_LOCKS, &own);
    assert_int_equal(procfile_lock_limit(getpid(), &limit), 0);
    assert_true(limit == own.rlim_cur);
    rlim_t mark = 1234567890123;
    if (own.rlim_max != RLIM_INFINITY && own.rlim_max < mark)
        skip();
    pid_t pid = child_start(set_lock_limit, &mark);
    wait_for_state(pid, 'T');
    assert_int_equal(procfile_lock_limit(pid, &limit), 0);
    assert_true(limit == mark);
    child_end(pid);
}

static void the_program_is_named(void **state)
{
    (void)state;
    char path[4096], cut[5];
    assert_int_equal(procfile_exe(getpid(), path, sizeof path), 0);
    assert_non_null(strstr(path, "/test_procfile"));
    assert_int_equal(procfile_exe(getpid(), cut, sizeof cut), 0);
    assert_memory_equal(cut, path, 4);
    assert_int_equal(cut[4], '\0');
}

static void exec_sleep(void *unused)
{
    (void)unused;
    execlp("sleep", "sleep", "1000", NULL);
}

static bool runs_sleep(void *pid)
{
    struct process_storage storage;
    struct process process;
    return procfile_read(*(pid_t *)pid, &process, &storage) == 0 && strcmp(process.comm, "sleep") == 0;
}

static void the_command_line_is_whole(void **state)
{
    (void)state;
    struct process_id id;
    char text[64], cut[6];
    pid_t pid = child_start(exec_sleep, NULL);
    wait_until("sleep runs", runs_sleep, &pid);
    id = wait_for_state(pid, 'S');
    assert_int_equal(procfile_cmdline(id, text, sizeof text), 0);
    assert_string_equal(text, "sleep 1000");
    assert_int_equal(procfile_cmdline(id, cut, sizeof cut), 0);
    assert_string_equal(cut, "sleep");
    id.start++;
    assert_int_equal(procfile_cmdline(id, text, sizeof text), -ESRCH);
    child_end(pid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(this_process_is_read_as_it_is),
        cmocka_unit_test(any_name_is_read_whole),
        cmocka_unit_test(nothing_is_read_of_no_process),
        cmocka_unit_test(locked_memory_shows),
        cmocka_unit_test(the_user_is_the_effective_one),
        cmocka_unit_test(a_zombie_keeps_its_wait_status),
        cmocka_unit_test(another_users_zombie_keeps_its_secret),
        cmocka_unit_test(a_zombie_that_still_runs_is_none),
        cmocka_unit_test(the_call_it_is_blocked_in_is_named),
        cmocka_unit_test(calls_have_their_names),
        cmocka_unit_test(signal_sets_are_read),
        cmocka_unit_test(the_family_mark_is_read),
        cmocka_unit_test(the_program_is_named),
        cmocka_unit_test(the_command_line_is_whole),
    };
    return cmocka_run_group_tests_name("machine/procfile", tests, NULL, NULL);
}
