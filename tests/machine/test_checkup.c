/* What the checkup reads and tries. */
#include "../unit.h"
#include "base/clock.h"
#include "machine/adopter.h"
#include "machine/checkup.h"
#include "machine/mountinfo.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char mounts[] =
    "22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw\n"
    "23 28 0:21 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw,gid=4,hidepid=invisible\n"
    "24 28 0:5 / /dev rw,hidepid shared:2 master:1 - devtmpfs udev rw,size=10k\n"
    "25 23 0:22 / /proc/sys/fs/binfmt_misc rw shared:13 - binfmt_misc hidepid rw\n";

static void an_option_of_a_mount_is_found(void **state)
{
    (void)state;
    char value[16] = "untouched";
    assert_int_equal(mountinfo_option(mounts, "/sys", "hidepid", value, sizeof value), -ENODATA);
    assert_int_equal(mountinfo_option(mounts, "/nowhere", "hidepid", value, sizeof value), -ENOENT);
    assert_int_equal(mountinfo_option(mounts, "/proc/sys/fs/binfmt_misc", "hidepid", value, sizeof value),
                     -ENODATA);
    assert_int_equal(mountinfo_option(mounts, "/proc", "hide", value, sizeof value), -ENODATA);
    assert_string_equal(value, "untouched");
    assert_int_equal(mountinfo_option(mounts, "/proc", "hidepid", value, sizeof value), 0);
    assert_string_equal(value, "invisible");
    assert_int_equal(mountinfo_option(mounts, "/proc", "gid", value, sizeof value), 0);
    assert_string_equal(value, "4");
    assert_int_equal(mountinfo_option(mounts, "/dev", "hidepid", value, sizeof value), 0);
    assert_string_equal(value, "");
    assert_int_equal(mountinfo_option(mounts, "/proc", "hidepid", value, 4), 0);
    assert_string_equal(value, "inv");
}

static void the_mount_on_top_counts(void **state)
{
    (void)state;
    char value[16];
    assert_int_equal(
        mountinfo_option("1 2 0:3 / /proc rw - proc proc rw,hidepid=2\n4 1 0:5 / /proc rw - proc proc rw\n",
                         "/proc", "hidepid", value, sizeof value),
        -ENODATA);
    assert_int_equal(
        mountinfo_option("4 1 0:5 / /proc rw - proc proc rw\n1 2 0:3 / /proc rw - proc proc rw,hidepid=2",
                         "/proc", "hidepid", value, sizeof value),
        0);
    assert_string_equal(value, "2");
}

static void what_is_no_mountinfo_holds_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "\n\n", "1 2 3", "1 2 3 4 /proc", "1 2 3 4 /proc rw -", "1 2 3 4 /proc rw - proc proc"
    };
    char value[16];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(mountinfo_option(texts[i], "/proc", "hidepid", value, sizeof value) < 0);
}

struct answer {
    int result;
    struct adopter adopter;
};

/* Probes in a child, so that this process is the adopter, which does not reap before the answer is there. */
static struct answer probe_under_us(int64_t deadline)
{
    struct answer answer = { .result = -EIO };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGCHLD, SIG_DFL);
        answer.result = adopter_probe(&answer.adopter, deadline);
        ssize_t written = write(ends[1], &answer, sizeof answer);
        _exit(written == sizeof answer ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &answer, sizeof answer), sizeof answer);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return answer;
}

static void an_adopter_that_does_not_reap_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    struct answer answer = probe_under_us(50 * NS_PER_MS);
    assert_int_equal(answer.result, 0);
    assert_int_equal(answer.adopter.pid, getpid());
    assert_string_equal(answer.adopter.name, "test_checkup");
    assert_false(answer.adopter.reaps);
    assert_true(answer.adopter.zombie == 50 * NS_PER_MS);
    int status;
    assert_true(waitpid(-1, &status, 0) > 0); /* the one zombie */
    assert_int_equal(waitpid(-1, &status, 0), -1);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

static void one_that_reaps_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    struct adopter adopter;
    assert_int_equal(adopter_probe(&adopter, 5 * NS_PER_SECOND), 0);
    assert_int_equal(adopter.pid, getpid());
    assert_true(adopter.reaps); /* by the probe itself: we are the adopter */
    signal(SIGCHLD, SIG_IGN);   /* the kernel reaps for us: sigaction(2) */
    struct answer answer = probe_under_us(5 * NS_PER_SECOND);
    signal(SIGCHLD, SIG_DFL);
    assert_int_equal(answer.result, 0);
    assert_int_equal(answer.adopter.pid, getpid());
    assert_true(answer.adopter.reaps);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

static void every_check_is_described_and_probed(void **state)
{
    (void)state;
    struct checkup checkup = { 0 };
    assert_int_equal(features_probe(&checkup.features, NULL, NULL), 0);
    for (size_t i = 0; i < checkup_count(); i++) {
        struct checkup_row row;
        struct checkup_result result;
        checkup_row_at(i, &row);
        assert_int_equal(checkup_find(row.name, strlen(row.name)), i);
        assert_true(strlen(row.name) <= 15); /* a column of forklore doctor */
        assert_non_null(row.what);
        assert_non_null(row.without);
        checkup_probe(&checkup, i, &result);
        assert_true(*result.found != '\0');
        assert_true(row.number || !result.known);
    }
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_int_equal(checkup_find("cpu", 3), -1);
    assert_int_equal(checkup_find("", 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_option_of_a_mount_is_found),
        cmocka_unit_test(the_mount_on_top_counts),
        cmocka_unit_test(what_is_no_mountinfo_holds_nothing),
        cmocka_unit_test(an_adopter_that_does_not_reap_is_noticed),
        cmocka_unit_test(one_that_reaps_is_noticed),
        cmocka_unit_test(every_check_is_described_and_probed),
    };
    return cmocka_run_group_tests_name("machine/checkup", tests, NULL, NULL);
}
