/* A family over time: the dead keep their place, births and adoptions are told apart. */
#include "../unit.h"
#include "samples.h"

#include "model/changes.h"
#include "model/kinship.h"

#include <string.h>

enum { ROOT = 10 };

struct story {
    struct history *history;
    struct sample before, now;
    struct process_id actors[8];
    size_t actor_count;
};

/* The next moment: `tell` has put its processes into story->now. */
static void next(struct story *story)
{
    struct event_list list = { 0 };
    size_t none = 0;
    story->now.time = story->before.time + 1000000000LL;
    changes_between(&list, &story->before, &story->now, NULL, &none);
    history_add(story->history, &story->now,
                &(struct moment){ .events = list.events,
                                  .event_count = list.count,
                                  .actors = story->actors,
                                  .actor_count = story->actor_count });
    event_list_release(&list);
    struct sample old = story->before;
    story->before = story->now;
    story->now = old;
    sample_clear(&story->now);
}

static void always(struct story *story)
{
    sample_with(&story->now, 1, 0, "init");
    sample_with(&story->now, ROOT, 1, "forklore");
}

static int set_up(void **state)
{
    static struct story story;
    story = (struct story){ .history = history_new(0, 0) };
    always(&story);
    sample_with(&story.now, 11, ROOT, "warden");
    sample_with(&story.now, 20, ROOT, "a");
    story.actors[story.actor_count++] = id_of(20);
    next(&story);
    always(&story);
    sample_with(&story.now, 11, ROOT, "warden");
    sample_with(&story.now, 20, ROOT, "a");
    sample_with(&story.now, 21, 20, "b");
    sample_with(&story.now, 22, 21, "c");
    next(&story);
    always(&story); /* b has ended: a zombie; c is adopted */
    sample_with(&story.now, 11, ROOT, "warden");
    sample_with(&story.now, 20, ROOT, "a");
    sample_with(&story.now, 21, 20, "b")->state = 'Z';
    sample_with(&story.now, 22, 1, "c");
    next(&story);
    always(&story); /* b is reaped, d born */
    sample_with(&story.now, 11, ROOT, "warden");
    sample_with(&story.now, 20, ROOT, "a");
    sample_with(&story.now, 22, 1, "c");
    sample_with(&story.now, 23, 20, "d");
    next(&story);
    *state = &story;
    return 0;
}

static int tear_down(void **state)
{
    struct story *story = *state;
    history_free(story->history);
    sample_release(&story->before);
    sample_release(&story->now);
    return 0;
}

static const struct kin *kin_of(const struct kinship *kinship, pid_t pid)
{
    for (size_t i = 0; i < kinship->count; i++)
        if (kinship->all[i].id.pid == pid)
            return &kinship->all[i];
    return NULL;
}

static struct kinship read_at(struct story *story, size_t index, bool only_actors,
                              bool (*status)(void *data, struct process_id id, int *ret_status))
{
    struct kinship kinship;
    kinship_read(
        &kinship, story->history, index,
        &(struct kinship_options){ .root = id_of(ROOT), .only_actors = only_actors, .status = status });
    return kinship;
}

static void everybody_has_a_place_in_order_of_birth(void **state)
{
    struct kinship kinship = read_at(*state, 3, false, NULL);
    static const pid_t order[] = { ROOT, 11, 20, 21, 22, 1, 23 };
    assert_int_equal(kinship.count, sizeof order / sizeof *order);
    for (size_t i = 0; i < kinship.count; i++)
        assert_int_equal(kinship.all[i].id.pid, order[i]);
    assert_int_equal(kin_of(&kinship, 22)->depth, 3);
    kinship_release(&kinship);
}

static void the_dead_stay_and_are_marked(void **state)
{
    struct kinship kinship = read_at(*state, 2, false, NULL);
    assert_true(kin_of(&kinship, 21)->zombie);
    assert_string_equal(kin_of(&kinship, 21)->stat, "Z");
    kinship_release(&kinship);
    kinship = read_at(*state, 3, false, NULL);
    const struct kin *dead = kin_of(&kinship, 21);
    assert_true(dead->gone);
    assert_false(dead->zombie);
    assert_false(dead->status_known);
    assert_string_equal(dead->stat, "");
    kinship_release(&kinship);
}

static void births_and_adoptions_are_told_apart(void **state)
{
    struct kinship kinship = read_at(*state, 3, false, NULL);
    const struct kin *orphan = kin_of(&kinship, 22);
    assert_int_equal(kinship.all[orphan->parent].id.pid, 21);
    assert_int_equal(kinship.all[orphan->adopter].id.pid, 1);
    assert_true(kinship.all[orphan->adopter].stranger);
    assert_int_equal(kin_of(&kinship, 23)->adopter, KIN_NONE);
    kinship_release(&kinship);
    kinship = read_at(*state, 1, false, NULL);
    assert_int_equal(kin_of(&kinship, 22)->adopter, KIN_NONE);
    assert_null(kin_of(&kinship, 1));
    kinship_release(&kinship);
}

static void of_forklore_itself_only_actors_belong(void **state)
{
    struct kinship kinship = read_at(*state, 3, true, NULL);
    assert_null(kin_of(&kinship, 11));
    assert_non_null(kin_of(&kinship, 20));
    assert_non_null(kin_of(&kinship, 22)); /* an actor's child is one of the family */
    kinship_release(&kinship);
}

static bool knows_b(void *data, struct process_id id, int *ret_status)
{
    (void)data;
    *ret_status = 7 << 8;
    return id.pid == 21;
}

static void who_knows_how_it_ended_is_asked(void **state)
{
    struct kinship kinship = read_at(*state, 3, false, knows_b);
    assert_true(kin_of(&kinship, 21)->status_known);
    assert_int_equal(kin_of(&kinship, 21)->status, 7 << 8);
    kinship_release(&kinship);
}

/* 24 was born of 20 and gone before anybody looked; 22 was an orphan when it was first seen. */
static void who_knows_of_births_is_believed(void **state)
{
    struct story *story = *state;
    static const struct kin_birth births[] = { { { 20, 2000 }, { ROOT, 1000 }, "a" },
                                               { { 24, 2400 }, { 20, 2000 }, "x" },
                                               { { 25, 2500 }, { 77, 7700 }, "y" } };
    struct kinship kinship;
    kinship_read(&kinship, story->history, 3,
                 &(struct kinship_options){ .root = id_of(ROOT), .births = births, .birth_count = 3 });
    assert_int_equal(kinship.all[1].id.pid, 20);
    assert_int_equal(kinship.all[2].id.pid, 24);
    assert_true(kinship.all[2].gone);
    assert_int_equal(kinship.all[2].depth, 2);
    assert_null(kin_of(&kinship, 25)); /* of a stranger */
    kinship_release(&kinship);
}

static void without_its_root_there_is_no_family(void **state)
{
    struct story *story = *state;
    struct kinship kinship;
    kinship_read(&kinship, story->history, 3, &(struct kinship_options){ .root = { 99, 1 } });
    assert_int_equal(kinship.count, 0);
    kinship_release(&kinship);
}

/* As many as a large machine has, and in the moment after the same pids again, for other processes: each has
 * its own place, and its parent is the one that lived when it was born. */
static void pids_that_come_back_are_others_in_a_large_family(void **state)
{
    enum { FIRST = 100, MEMBERS = 100000 };
    struct story *story = *state;
    struct kinship kinship;
    for (int round = 0; round < 2; round++) {
        always(story);
        for (pid_t pid = FIRST; pid < FIRST + MEMBERS; pid++)
            sample_with(&story->now, pid, pid == FIRST ? ROOT : pid - 1, "m")->id.start += (unsigned)round;
        next(story);
    }
    kinship_read(&kinship, story->history, history_count(story->history) - 1,
                 &(struct kinship_options){ .root = id_of(ROOT) });
    const struct kin *last = &kinship.all[kinship.count - 1], *old = last - MEMBERS;
    assert_true(process_id_equal(last->id, (struct process_id){ FIRST + MEMBERS - 1, last->id.start }));
    assert_int_equal(last->id.start, id_of(last->id.pid).start + 1);
    assert_true(process_id_equal(old->id, id_of(last->id.pid)));
    assert_false(last->gone);
    assert_true(old->gone);
    assert_int_equal(last->depth, MEMBERS);
    assert_ptr_equal(&kinship.all[last->parent], last - 1);
    assert_ptr_equal(&kinship.all[old->parent], old - 1);
    kinship_release(&kinship);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everybody_has_a_place_in_order_of_birth, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_dead_stay_and_are_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(births_and_adoptions_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_forklore_itself_only_actors_belong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_knows_how_it_ended_is_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_knows_of_births_is_believed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_its_root_there_is_no_family, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pids_that_come_back_are_others_in_a_large_family, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("model/kinship", tests, NULL, NULL);
}
