/* The kernel's weights, and the shares that they predict: notes of kernel/sched/core.c. */
#include "../unit.h"

#include "model/weight.h"

#include <sched.h>

enum { DEADLINE_POLICY = 6, EXT_POLICY = 7 }; /* include/uapi/linux/sched.h */

static void assert_near(double value, double expected)
{
    if (!(value > expected - 0.005 && value < expected + 0.005))
        fail_msg("%f is not %f", value, expected);
}

static void weights_are_those_of_the_kernel(void **state)
{
    (void)state;
    assert_int_equal(weight_of(SCHED_OTHER, -20), 88761);
    assert_int_equal(weight_of(SCHED_OTHER, -10), 9548);
    assert_int_equal(weight_of(SCHED_OTHER, -1), 1277);
    assert_int_equal(weight_of(SCHED_OTHER, 0), 1024);
    assert_int_equal(weight_of(SCHED_BATCH, 5), 335);
    assert_int_equal(weight_of(SCHED_OTHER, 19), 15);
    assert_int_equal(weight_of(SCHED_IDLE, -20), 3);
    for (int nice = -20; nice < 19; nice++)
        assert_true(weight_of(SCHED_OTHER, nice) > weight_of(SCHED_OTHER, nice + 1));
}

static void what_does_not_share_has_none(void **state)
{
    (void)state;
    assert_int_equal(weight_of(SCHED_FIFO, 0), 0);
    assert_int_equal(weight_of(SCHED_RR, 0), 0);
    assert_int_equal(weight_of(DEADLINE_POLICY, 0), 0);
    assert_int_equal(weight_of(EXT_POLICY, 0), 0);
    assert_int_equal(weight_of(SCHED_OTHER, 20), 0);
    assert_int_equal(weight_of(SCHED_OTHER, -21), 0);
    const unsigned weights[] = { 1024, 0 };
    assert_near(weight_share(weights, 2, 0), -1);
}

static void shares_follow_from_weights(void **state)
{
    (void)state;
    const unsigned equal[] = { 1024, 1024 }, five[] = { 1024, 335 }, idle[] = { 1024, 3 },
                   three[] = { 1024, 1024, 110 };
    assert_near(weight_share(equal, 2, 0), 50);
    assert_near(weight_share(equal, 2, 1), 50);
    assert_near(weight_share(five, 2, 0), 75.35);
    assert_near(weight_share(five, 2, 1), 24.65);
    assert_near(weight_share(idle, 2, 1), 0.29);
    assert_near(weight_share(three, 3, 0) + weight_share(three, 3, 1) + weight_share(three, 3, 2), 100);
    assert_near(weight_share(five, 1, 0), 100);
    assert_near(weight_share(five, 2, 2), -1);
    assert_near(weight_share(five, 0, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_those_of_the_kernel),
        cmocka_unit_test(what_does_not_share_has_none),
        cmocka_unit_test(shares_follow_from_weights),
    };
    return cmocka_run_group_tests_name("model/weight", tests, NULL, NULL);
}
