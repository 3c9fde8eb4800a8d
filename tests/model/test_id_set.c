#include "../unit.h"
#include "model/id_set.h"

static void a_pid_used_again_is_another_member(void **state)
{
    (void)state;
    struct id_set set = { 0 };
    struct process_id first = { 7, 100 }, again = { 7, 200 };
    assert_false(id_set_has(&set, first));
    id_set_add(&set, first);
    id_set_add(&set, first);
    assert_int_equal(set.count, 1);
    assert_true(id_set_has(&set, first));
    assert_false(id_set_has(&set, again));
    id_set_remove(&set, again);
    assert_true(id_set_has(&set, first));
    id_set_remove(&set, first);
    assert_false(id_set_has(&set, first));
    assert_int_equal(set.count, 0);
    id_set_release(&set);
}

static void no_process_is_never_a_member(void **state)
{
    (void)state;
    struct id_set set = { 0 };
    id_set_add(&set, (struct process_id){ 0, 0 });
    id_set_add(&set, (struct process_id){ -1, 0 });
    assert_int_equal(set.count, 0);
    assert_false(id_set_has(&set, (struct process_id){ 0, 0 }));
    assert_false(id_set_has(&set, (struct process_id){ -1, 0 }));
    id_set_release(&set);
}

static void members_that_come_and_go_take_no_more_room(void **state)
{
    (void)state;
    struct id_set set = { 0 };
    for (pid_t pid = 1; pid <= 100000; pid++) {
        id_set_add(&set, (struct process_id){ pid, (unsigned)pid * 3u });
        if (pid > 100)
            id_set_remove(&set, (struct process_id){ pid - 100, (unsigned)(pid - 100) * 3u });
    }
    assert_int_equal(set.count, 100);
    assert_true(set.room <= 512);
    for (pid_t pid = 1; pid <= 100000; pid++)
        assert_int_equal(id_set_has(&set, (struct process_id){ pid, (unsigned)pid * 3u }), pid > 99900);
    id_set_clear(&set);
    assert_int_equal(set.count, 0);
    assert_false(id_set_has(&set, (struct process_id){ 100000, 300000 }));
    id_set_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pid_used_again_is_another_member),
        cmocka_unit_test(no_process_is_never_a_member),
        cmocka_unit_test(members_that_come_and_go_take_no_more_room),
    };
    return cmocka_run_group_tests_name("model/id_set", tests, NULL, NULL);
}
