#include "../unit.h"
#include "children.h"
#include "machine/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_signal_reaches_the_process_that_was_meant(void **state)
{
    (void)state;
    pid_t pid = child_start(child_pause, NULL);
    struct process_id id = wait_for_state(pid, 'S');
    assert_int_equal(control_signal(id, SIGSTOP), 0);
    wait_for_state(pid, 'T');
    assert_int_equal(control_signal(id, SIGKILL), 0);
    wait_for_state(pid, 'Z');
    assert_int_equal(control_signal(id, SIGKILL), 0); /* a zombie takes it and nothing happens */
    waitpid(pid, NULL, 0);
    assert_int_equal(control_signal(id, SIGKILL), -ESRCH);
}

static void a_pid_used_again_is_not_touched(void **state)
{
    (void)state;
    pid_t pid = child_start(child_pause, NULL);
    struct process_id id = wait_for_state(pid, 'S'), before = { id.pid, id.start - 1 };
    int pidfd = -2;
    assert_int_equal(control_open(before, &pidfd), -ESRCH);
    assert_int_equal(pidfd, -2);
    assert_int_equal(control_signal(before, SIGKILL), -ESRCH);
    assert_int_equal(control_renice(before, 5), -ESRCH);
    assert_int_equal(getpriority(PRIO_PROCESS, pid), getpriority(PRIO_PROCESS, 0));
    assert_true(procfile_exists(id));
    assert_int_equal(waitpid(pid, NULL, WNOHANG), 0); /* it lives */
    child_end(pid);
}

static void a_pidfd_is_closed_on_exec(void **state)
{
    (void)state;
    pid_t pid = child_start(child_pause, NULL);
    int pidfd;
    assert_int_equal(control_open(wait_for_state(pid, 'S'), &pidfd), 0);
    assert_true(fcntl(pidfd, F_GETFD) & FD_CLOEXEC);
    child_end(pid);
    struct pollfd gone = { .fd = pidfd, .events = POLLIN };
    assert_int_equal(poll(&gone, 1, 0), 1);
    close(pidfd);
}

static void nice_goes_up_for_everybody(void **state)
{
    (void)state;
    pid_t pid = child_start(child_pause, NULL);
    struct process_id id = wait_for_state(pid, 'S');
    int wanted = getpriority(PRIO_PROCESS, 0) + 3;
    assert_int_equal(control_renice(id, wanted), 0);
    assert_int_equal(getpriority(PRIO_PROCESS, pid), wanted);
    child_end(pid);
    assert_int_equal(control_renice(id, wanted), -ESRCH);
}

/* Tries as an ordinary user; the exit status is what went wrong. */
static void lower_a_nice_value(void *unused)
{
    (void)unused;
    if (geteuid() == 0)
        become_nobody();
    struct process_id self;
    setrlimit(RLIMIT_NICE, &(struct rlimit){ 0, 0 });
    if (procfile_identity(getpid(), &self) < 0 || control_renice(self, 7) != 0)
        _exit(98);
    _exit(-control_renice(self, 0));
}

static void nice_goes_down_for_root_alone(void **state)
{
    (void)state;
    if (getpriority(PRIO_PROCESS, 0) > 7)
        skip();
    int status;
    pid_t pid = child_start(lower_a_nice_value, NULL);
    waitpid(pid, &status, 0);
    assert_int_equal(status, EACCES << 8);
}

static void signal_process_one(void *unused)
{
    (void)unused;
    if (geteuid() == 0)
        become_nobody();
    struct process_id one;
    if (procfile_identity(1, &one) < 0)
        _exit(77);
    _exit(-control_signal(one, 0));
}

static void somebody_elses_process_is_refused(void **state)
{
    (void)state;
    int status;
    pid_t pid = child_start(signal_process_one, NULL);
    waitpid(pid, &status, 0);
    if (status == 77 << 8)
        skip(); /* /proc hides it */
    assert_int_equal(status, EPERM << 8);
}

static void a_reaped_process_leaves_its_status(void **state)
{
    (void)state;
    int wanted = 7, status = -1, pidfd;
    pid_t pid = child_start(child_exit, &wanted);
    assert_int_equal(control_open(wait_for_state(pid, 'Z'), &pidfd), 0);
    waitpid(pid, NULL, 0);
    int r = control_exit_status(pidfd, &status);
    close(pidfd);
    if (r == -ENODATA) {
        assert_int_equal(status, -1);
        skip(); /* older than Linux 6.15 */
    }
    assert_int_equal(r, 0);
    assert_int_equal(status, 7 << 8);
}

static void a_living_process_has_no_status_yet(void **state)
{
    (void)state;
    int status = -1, pidfd;
    pid_t pid = child_start(child_pause, NULL);
    assert_int_equal(control_open(wait_for_state(pid, 'S'), &pidfd), 0);
    assert_int_equal(control_exit_status(pidfd, &status), -ENODATA);
    assert_int_equal(status, -1);
    child_end(pid);
    close(pidfd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_reaches_the_process_that_was_meant),
        cmocka_unit_test(a_pid_used_again_is_not_touched),
        cmocka_unit_test(a_pidfd_is_closed_on_exec),
        cmocka_unit_test(nice_goes_up_for_everybody),
        cmocka_unit_test(nice_goes_down_for_root_alone),
        cmocka_unit_test(somebody_elses_process_is_refused),
        cmocka_unit_test(a_reaped_process_leaves_its_status),
        cmocka_unit_test(a_living_process_has_no_status_yet),
    };
    return cmocka_run_group_tests_name("machine/control", tests, NULL, NULL);
}
