/* Where and among whom a process is scheduled, as this process finds it of itself. */
#include "../unit.h"

#include "machine/schedstat.h"
#include "machine/scheduling.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

static void a_process_may_be_bound_to_one_cpu(void **state)
{
    (void)state;
    cpu_set_t before, one;
    int cpu = -2, first = 0;
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    assert_int_equal(scheduling_only_cpu(getpid(), &cpu), 0);
    while (!CPU_ISSET(first, &before))
        first++;
    assert_int_equal(cpu, CPU_COUNT(&before) == 1 ? first : -1);
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(scheduling_only_cpu(getpid(), &cpu), 0);
    assert_int_equal(cpu, first);
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
}

static void what_is_not_there_leaves_all_as_it_was(void **state)
{
    (void)state;
    int cpu = 77;
    long autogroup = 77;
    assert_int_equal(scheduling_only_cpu(1 << 23, &cpu), -ESRCH);
    assert_int_equal(scheduling_autogroup(1 << 23, &autogroup), -ESRCH);
    assert_int_equal(cpu, 77);
    assert_int_equal(autogroup, 77);
    assert_false(scheduling_in_cpu_cgroup(1 << 23));
}

static void an_autogroup_has_a_number(void **state)
{
    (void)state;
    long number = 77, own;
    FILE *file = fopen("/proc/self/autogroup", "re");
    if (!file)
        skip();
    int found = fscanf(file, "/autogroup-%ld", &own);
    fclose(file);
    if (found == 1) {
        assert_int_equal(scheduling_autogroup(getpid(), &number), 0);
        assert_int_equal(number, own);
    } else { /* empty: this process is in none */
        assert_int_equal(found, EOF);
        assert_int_equal(scheduling_autogroup(getpid(), &number), -ENODATA);
        assert_int_equal(number, 77);
    }
}

/* Who sleeps gives the CPU away by itself. */
static void switches_are_counted(void **state)
{
    (void)state;
    struct switches before, after;
    assert_int_equal(switches_read(getpid(), &before), 0);
    assert_int_equal(usleep(1000), 0);
    assert_int_equal(switches_read(getpid(), &after), 0);
    assert_true(after.voluntary > before.voluntary);
    assert_true(after.involuntary >= before.involuntary);
    assert_int_equal(switches_read(1 << 23, &before), -ESRCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_may_be_bound_to_one_cpu),
        cmocka_unit_test(what_is_not_there_leaves_all_as_it_was),
        cmocka_unit_test(an_autogroup_has_a_number),
        cmocka_unit_test(switches_are_counted),
    };
    return cmocka_run_group_tests_name("machine/scheduling", tests, NULL, NULL);
}
