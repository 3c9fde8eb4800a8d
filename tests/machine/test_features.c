#include "../unit.h"
#include "children.h"
#include "machine/features.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char everything[] = "connector,passpidfd,pidfd-hup,pidfd-info,syscall";

static int count_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(directory))
        count++;
    closedir(directory);
    return count;
}

static void every_feature_is_described(void **state)
{
    (void)state;
    for (int i = 0; i < FEATURE_COUNT; i++) {
        const struct feature_row *row = &feature_table[i];
        assert_non_null(row->name);
        assert_non_null(row->what);
        assert_non_null(row->without);
        assert_non_null(row->since);
        assert_non_null(strstr(everything, row->name));
    }
}

static void probing_leaves_nothing_behind(void **state)
{
    (void)state;
    struct features first, second;
    int before = count_descriptors();
    assert_int_equal(features_probe(&first, NULL, NULL), 0);
    assert_int_equal(features_probe(&second, "", NULL), 0);
    assert_int_equal(count_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_memory_equal(first.has, second.has, sizeof first.has);
    for (int i = 0; i < FEATURE_COUNT; i++) {
        print_message("# %s: %s\n", feature_table[i].name, first.has[i] ? "yes" : "no");
        assert_false(first.switched_off[i]);
    }
}

static void any_feature_can_be_switched_off(void **state)
{
    (void)state;
    struct features all, some;
    assert_int_equal(features_probe(&all, everything, NULL), 0);
    for (int i = 0; i < FEATURE_COUNT; i++) {
        assert_true(all.switched_off[i]);
        assert_false(all.has[i]);
    }
    assert_int_equal(features_probe(&all, NULL, NULL), 0);
    assert_int_equal(features_probe(&some, ",pidfd-info,,connector,", NULL), 0);
    for (int i = 0; i < FEATURE_COUNT; i++) {
        bool off = i == FEATURE_PIDFD_INFO || i == FEATURE_CONNECTOR;
        assert_int_equal(some.switched_off[i], off);
        assert_int_equal(some.has[i], !off && all.has[i]);
    }
}

static void an_unknown_name_is_shown(void **state)
{
    (void)state;
    struct features untouched = { .has = { [FEATURE_SYSCALL] = true } };
    static const char *const wrong[] = { "syscall,pidfd", "syscall,pidfd-hups", "syscall, syscall",
                                         "syscall,All" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *unknown = NULL;
        assert_int_equal(features_probe(&untouched, wrong[i], &unknown), -EINVAL);
        assert_ptr_equal(unknown, wrong[i] + strlen("syscall,"));
        assert_true(untouched.has[FEATURE_SYSCALL]);
    }
}

/* Exits with 1 when the connector seems to work where it is silent, and with 77 when there is no such place.
 */
static void probe_in_a_namespace(void *unused)
{
    (void)unused;
    if (unshare(geteuid() == 0 ? CLONE_NEWPID : CLONE_NEWUSER | CLONE_NEWPID) < 0)
        _exit(77);
    pid_t first = fork();
    if (first == 0) {
        struct features features;
        _exit(features_probe(&features, NULL, NULL) < 0 || features.has[FEATURE_CONNECTOR]);
    }
    int status = 77 << 8;
    if (first > 0)
        waitpid(first, &status, 0);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 2);
}

static void the_connector_is_missing_in_a_pid_namespace(void **state)
{
    (void)state;
    int status;
    waitpid(child_start(probe_in_a_namespace, NULL), &status, 0);
    if (status == 77 << 8)
        skip();
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_feature_is_described),
        cmocka_unit_test(probing_leaves_nothing_behind),
        cmocka_unit_test(any_feature_can_be_switched_off),
        cmocka_unit_test(an_unknown_name_is_shown),
        cmocka_unit_test(the_connector_is_missing_in_a_pid_namespace),
    };
    return cmocka_run_group_tests_name("machine/features", tests, NULL, NULL);
}
