#include "../unit.h"
#include "model/marks.h"
#include "samples.h"

#include <stdlib.h>
#include <string.h>

static const int64_t keep = 100;

static void apply(struct marks *marks, const struct sample *before, struct event event, int64_t now)
{
    marks_apply(marks, before, &event, 1, now);
}

static unsigned flags_of(const struct marks *marks, pid_t pid)
{
    const struct mark *mark = marks_of(marks, id_of(pid));
    return mark ? mark->flags : 0;
}

static void marks_wear_off(void **state)
{
    (void)state;
    struct sample none = { 0 };
    struct marks *marks = marks_new(keep);
    assert_null(marks_of(marks, id_of(5)));
    apply(marks, &none, (struct event){ .kind = EVENT_BORN, .id = id_of(5) }, 1000);
    apply(marks, &none, (struct event){ .kind = EVENT_RENICED, .id = id_of(6), .nice = 5 }, 1050);
    apply(marks, &none, (struct event){ .kind = EVENT_EXEC, .id = id_of(6) }, 1050);
    assert_int_equal(flags_of(marks, 5), MARK_NEW);
    assert_int_equal(flags_of(marks, 6), MARK_NICE | MARK_EXEC);
    assert_int_equal(marks_of(marks, id_of(6))->reniced.nice, 5);
    assert_null(marks_of(marks, (struct process_id){ 6, 1 }));
    assert_false(marks_expire(marks, 1099));
    assert_true(marks_expire(marks, 1100));
    assert_null(marks_of(marks, id_of(5)));
    assert_int_equal(flags_of(marks, 6), MARK_NICE | MARK_EXEC);
    assert_true(marks_expire(marks, 2000));
    assert_null(marks_of(marks, id_of(6)));
    assert_false(marks_expire(marks, 3000));
    marks_free(marks);
}

static void what_still_holds_does_not_wear_off(void **state)
{
    (void)state;
    struct sample none = { 0 };
    struct marks *marks = marks_new(keep);
    apply(marks, &none, (struct event){ .kind = EVENT_ZOMBIE, .id = id_of(5), .state = 'Z', .time = 7 }, 0);
    apply(marks, &none, (struct event){ .kind = EVENT_STATE, .id = id_of(6), .state = 'T', .time = 8 }, 0);
    apply(marks, &none, (struct event){ .kind = EVENT_ADOPTED, .id = id_of(7), .parent_before = 3 }, 0);
    apply(marks, &none, (struct event){ .kind = EVENT_STATE, .id = id_of(8), .state = 'S' }, 0);
    assert_true(marks_expire(marks, keep));
    assert_int_equal(flags_of(marks, 5), MARK_ZOMBIE);
    assert_int_equal(marks_of(marks, id_of(5))->state.time, 7);
    assert_int_equal(flags_of(marks, 6), 0);
    assert_int_equal(marks_of(marks, id_of(6))->state.time, 8);
    assert_int_equal(flags_of(marks, 7), 0);
    assert_int_equal(marks_of(marks, id_of(7))->adopted.parent_before, 3);
    assert_null(marks_of(marks, id_of(8)));
    marks_free(marks);
}

static void ghosts_stand_at_the_old_place_for_a_while(void **state)
{
    (void)state;
    struct sample none = { 0 };
    struct marks *marks = marks_new(keep);
    apply(marks, &none,
          (struct event){ .kind = EVENT_ADOPTED, .id = id_of(7), .parent = 1, .parent_before = 3 }, 0);
    size_t count;
    const struct ghost *ghosts = marks_ghosts(marks, &count);
    assert_int_equal(count, 1);
    assert_int_equal(ghosts->place, 3);
    assert_true(process_id_equal(ghosts->id, id_of(7)));
    assert_true(marks_expire(marks, keep));
    marks_ghosts(marks, &count);
    assert_int_equal(count, 0);
    marks_free(marks);
}

static void tombstones_outlive_the_sample_and_know_how_it_ended(void **state)
{
    (void)state;
    struct sample before = { 0 };
    struct process *process = sample_with(&before, 5, 3, "b");
    process->cmdline = arena_copy(&before.texts, "b --long", 8);
    struct marks *marks = marks_new(keep);
    apply(marks, &before,
          (struct event){
              .kind = EVENT_ZOMBIE, .id = id_of(5), .state = 'Z', .status_known = true, .status = 0x700 },
          0);
    apply(marks, &before, (struct event){ .kind = EVENT_GONE, .id = id_of(5), .parent = 3 }, 10);
    sample_release(&before);
    size_t count;
    const struct tombstone *tombstones = marks_tombstones(marks, &count);
    assert_int_equal(count, 1);
    assert_string_equal(tombstones->process.comm, "b");
    assert_string_equal(tombstones->process.cmdline, "b --long");
    assert_int_equal(tombstones->parent, 3);
    assert_true(tombstones->gone.status_known);
    assert_int_equal(tombstones->gone.status, 0x700);
    assert_null(marks_of(marks, id_of(5)));
    assert_true(marks_expire(marks, 10 + keep));
    marks_tombstones(marks, &count);
    assert_int_equal(count, 0);
    marks_free(marks);
}

static void what_no_sample_held_leaves_nothing(void **state)
{
    (void)state;
    struct sample none = { 0 };
    struct marks *marks = marks_new(keep);
    apply(marks, &none, (struct event){ .kind = EVENT_BORN, .id = { .pid = 5 } }, 0);
    apply(marks, &none, (struct event){ .kind = EVENT_GONE, .id = { .pid = 5 } }, 0);
    size_t count;
    marks_tombstones(marks, &count);
    assert_int_equal(count, 0);
    assert_null(marks_of(marks, (struct process_id){ .pid = 5 }));
    marks_free(marks);
}

static void many_at_once_are_bounded(void **state)
{
    (void)state;
    enum { COUNT = 30000 };
    struct sample before = { 0 };
    struct event *events = calloc(COUNT, sizeof *events);
    for (int i = 0; i < COUNT; i++) {
        sample_with(&before, i + 1, 0, "a");
        events[i] = (struct event){ .kind = EVENT_ADOPTED, .id = id_of(i + 1), .parent_before = 1 };
    }
    struct marks *marks = marks_new(keep);
    marks_apply(marks, &before, events, COUNT, 0);
    size_t count;
    marks_ghosts(marks, &count);
    assert_in_range(count, 1, 1000);
    assert_int_equal(flags_of(marks, COUNT), MARK_ADOPTED);
    for (int i = 0; i < COUNT; i++)
        events[i].kind = EVENT_GONE;
    for (int round = 0; round < 3; round++) {
        marks_apply(marks, &before, events, COUNT, 0);
        const struct tombstone *tombstones = marks_tombstones(marks, &count);
        assert_int_equal(count, 1000);
        assert_int_equal(tombstones[999].process.id.pid, COUNT);
    }
    assert_null(marks_of(marks, id_of(1)));
    marks_free(marks);
    free(events);
    sample_release(&before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_wear_off),
        cmocka_unit_test(what_still_holds_does_not_wear_off),
        cmocka_unit_test(ghosts_stand_at_the_old_place_for_a_while),
        cmocka_unit_test(tombstones_outlive_the_sample_and_know_how_it_ended),
        cmocka_unit_test(what_no_sample_held_leaves_nothing),
        cmocka_unit_test(many_at_once_are_bounded),
    };
    return cmocka_run_group_tests_name("model/marks", tests, NULL, NULL);
}
