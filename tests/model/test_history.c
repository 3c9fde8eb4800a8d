/* What was seen comes back as it was, forwards, backwards and by jumps, whatever happened to processes
 * between. */
#include "../unit.h"
#include "samples.h"

#include "base/memory.h"
#include "model/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOMENTS = 300, PIDS = 60 };

/* A machine whose processes come, go and change by a sequence that is always the same. */
struct machine {
    unsigned random;
    struct {
        bool there;
        struct process process;
        char comm[16];
    } at[PIDS];
};

static unsigned draw(struct machine *machine, unsigned below)
{
    machine->random = machine->random * 1103515245u + 12345u;
    return (machine->random >> 16) % below;
}

static void change(struct machine *machine, int moment)
{
    for (unsigned i = 0; i < 6; i++) {
        unsigned pid = 1 + draw(machine, PIDS - 1);
        struct process *process = &machine->at[pid].process;
        if (!machine->at[pid].there) {
            machine->at[pid].there = true;
            snprintf(machine->at[pid].comm, sizeof machine->at[pid].comm, "p%u-%d", pid, moment);
            *process = (struct process){ .id = { (pid_t)pid, (unsigned long long)moment + 1 },
                                         .tgid = (pid_t)pid,
                                         .ppid = (pid_t)draw(machine, PIDS),
                                         .tpgid = -1,
                                         .threads = 1,
                                         .state = 'S' };
        } else if (draw(machine, 3) == 0) {
            machine->at[pid].there = false;
        } else {
            process->state = "RSDTZ"[draw(machine, 5)];
            process->nice = (int)draw(machine, 20);
            process->ticks += draw(machine, 50);
            process->ppid = (pid_t)draw(machine, PIDS);
        }
    }
}

static void sample_of(struct machine *machine, struct sample *ret, int moment)
{
    sample_clear(ret);
    ret->time = 1000000 * (int64_t)(moment + 1);
    ret->interval = moment ? 1000000 : 0;
    for (unsigned pid = 1; pid < PIDS; pid++) {
        if (!machine->at[pid].there)
            continue;
        machine->at[pid].process.comm = machine->at[pid].comm;
        sample_append(ret, &machine->at[pid].process);
    }
}

static void assert_same(const struct sample *a, const struct sample *b)
{
    assert_int_equal(a->time, b->time);
    assert_int_equal(a->interval, b->interval);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct process *left = &a->processes[i], *right = &b->processes[i];
        assert_true(process_id_equal(left->id, right->id));
        assert_int_equal(left->ppid, right->ppid);
        assert_int_equal(left->state, right->state);
        assert_int_equal(left->nice, right->nice);
        assert_int_equal(left->ticks, right->ticks);
        assert_string_equal(left->comm, right->comm);
    }
}

static void every_moment_comes_back(void **state)
{
    (void)state;
    struct machine machine = { .random = 7 };
    struct history *history = history_new(0, 0);
    struct sample *seen = xcalloc(MOMENTS, sizeof *seen), back = { 0 };
    for (int i = 0; i < MOMENTS; i++) {
        change(&machine, i);
        sample_of(&machine, &seen[i], i);
        history_add(history, &seen[i], &(struct moment){ .load = i });
    }
    assert_int_equal(history_count(history), MOMENTS);
    for (int i = 0; i < MOMENTS; i++) {
        history_sample(history, (size_t)i, &back);
        assert_same(&seen[i], &back);
        assert_true(history_moment(history, (size_t)i)->load == i);
    }
    for (int i = MOMENTS; i-- > 0;) {
        history_sample(history, (size_t)i, &back);
        assert_same(&seen[i], &back);
    }
    for (int i = 0; i < 500; i++) {
        size_t at = draw(&machine, MOMENTS);
        history_sample(history, at, &back);
        assert_same(&seen[at], &back);
    }
    for (int i = 0; i < MOMENTS; i++)
        sample_release(&seen[i]);
    free(seen);
    sample_release(&back);
    history_free(history);
}

static void the_oldest_give_way_and_the_rest_stays_whole(void **state)
{
    (void)state;
    struct machine machine = { .random = 3 };
    struct history *history = history_new(300000, 0);
    struct sample seen = { 0 }, back = { 0 };
    for (int i = 0; i < 5000; i++) {
        change(&machine, i);
        sample_of(&machine, &seen, i);
        history_add(history, &seen, &(struct moment){ 0 });
        if (i % 7)
            continue;
        history_sample(history, history_count(history) - 1, &back);
        assert_same(&seen, &back);
        history_sample(history, 0, &back); /* the oldest stands alone */
        assert_int_equal(back.time, history_moment(history, 0)->time);
    }
    assert_true(history_count(history) < 5000);
    assert_true(history_count(history) > 10);
    assert_true(history_size(history) < 600000);
    sample_release(&seen);
    sample_release(&back);
    history_free(history);
}

/* A storm of forks: the events of few moments are more than all that may be kept. */
static void events_give_way_too(void **state)
{
    (void)state;
    enum { EVENTS = 1000, MOST = 1 << 20 };
    struct history *history = history_new(MOST, 0);
    struct event *events = xcalloc(EVENTS, sizeof *events);
    struct sample sample = { 0 };
    for (int i = 0; i < 200; i++) {
        sample_clear(&sample);
        sample_with(&sample, 1, 0, "init")->ticks = (unsigned)i;
        sample.time = i + 1;
        history_add(history, &sample, &(struct moment){ .events = events, .event_count = EVENTS });
        assert_true(history_size(history) < 2 * MOST);
    }
    assert_true(history_count(history) > 1);
    sample_release(&sample);
    free(events);
    history_free(history);
}

/* What is kept for long takes no more room than it fills, and is what it was. */
static void a_packed_frame_is_the_same_and_full(void **state)
{
    (void)state;
    struct sample before = { 0 }, after = { 0 }, made = { 0 };
    struct frame frame = { 0 };
    sample_with(&before, 1, 0, "init");
    for (pid_t pid = 2; pid < 40; pid++)
        sample_with(&before, pid, 1, "old");
    sample_with(&after, 1, 0, "init");
    for (pid_t pid = 30; pid < 60; pid++)
        sample_with(&after, pid, 1, "new")->cmdline = pid % 2 ? "new one" : NULL;
    after.time = 7;
    frame_between(&frame, &before, &after);
    size_t size = frame_size(&frame), gone = frame.gone_count;
    frame_pack(&frame);
    assert_int_equal(gone, 28);
    assert_int_equal(frame_size(&frame), size);
    assert_int_equal(frame.set_room, frame.set_count);
    assert_int_equal(frame.gone_room, frame.gone_count);
    frame_apply(&made, &before, &frame);
    assert_same(&after, &made);
    frame_release(&frame);
    sample_release(&before);
    sample_release(&after);
    sample_release(&made);
}

static void what_is_too_old_is_forgotten(void **state)
{
    (void)state;
    struct history *history = history_new(0, 100 * 1000000LL);
    struct machine machine = { .random = 5 };
    struct sample seen = { 0 };
    for (int i = 0; i < 1000; i++) {
        change(&machine, i);
        sample_of(&machine, &seen, i);
        history_add(history, &seen, &(struct moment){ 0 });
    }
    assert_in_range(history_count(history), 100, 200); /* whole groups go */
    sample_release(&seen);
    history_free(history);
}

static void actors_are_known_in_any_order(void **state)
{
    (void)state;
    struct history *history = history_new(0, 0);
    struct sample sample = { 0 };
    struct process_id actors[] = { { 30, 5 }, { 20, 9 }, { 40, 1 }, { 20, 7 } };
    sample_with(&sample, 1, 0, "init");
    history_add(history, &sample, &(struct moment){ .actors = actors, .actor_count = 4 });
    history_add(history, &sample, &(struct moment){ 0 });
    for (size_t i = 0; i < 4; i++) {
        assert_true(moment_has_actor(history_moment(history, 0), actors[i]));
        assert_false(moment_has_actor(history_moment(history, 1), actors[i]));
    }
    assert_false(moment_has_actor(history_moment(history, 0), (struct process_id){ 20, 8 }));
    assert_false(moment_has_actor(history_moment(history, 0), (struct process_id){ 10, 9 }));
    sample_release(&sample);
    history_free(history);
}

static void a_moment_is_found_by_its_time(void **state)
{
    (void)state;
    struct history *history = history_new(0, 0);
    struct sample sample = { 0 };
    for (int i = 0; i < 10; i++) {
        sample_clear(&sample);
        sample_with(&sample, 1, 0, "init");
        sample.time = 100 * (i + 1);
        history_add(history, &sample, &(struct moment){ 0 });
    }
    assert_int_equal(history_find(history, 0), 0);
    assert_int_equal(history_find(history, 100), 0);
    assert_int_equal(history_find(history, 199), 0);
    assert_int_equal(history_find(history, 200), 1);
    assert_int_equal(history_find(history, 555), 4);
    assert_int_equal(history_find(history, 99999), 9);
    sample_release(&sample);
    history_free(history);
}

static void what_was_told_is_kept(void **state)
{
    (void)state;
    struct history *history = history_new(0, 0);
    struct sample sample = { .time = 5 };
    struct event event = { .kind = EVENT_BORN, .id = { 7, 700 }, .comm = "x" };
    struct history_line line = { .time = 4, .pid = 7, .name = (char *)"x", .text = (char *)"fork() = 8" };
    struct process_id actor = { 7, 700 };
    history_add(history, &sample,
                &(struct moment){ .events = &event,
                                  .event_count = 1,
                                  .lines = &line,
                                  .line_count = 1,
                                  .actors = &actor,
                                  .actor_count = 1,
                                  .exact = true });
    const struct moment *moment = history_moment(history, 0);
    assert_int_equal(moment->time, 5);
    assert_true(moment->exact);
    assert_string_equal(moment->events[0].comm, "x");
    assert_string_equal(moment->lines[0].text, "fork() = 8");
    assert_null(moment->lines[0].words);
    assert_int_equal(moment->actors[0].pid, 7);
    history_free(history);
}

/* A text that is read only for rows on the screen is no less true when the row has scrolled away. */
static void a_text_that_was_known_stays_known(void **state)
{
    (void)state;
    struct history *history = history_new(0, 0);
    struct sample sample = { .time = 1 }, back = { 0 };
    sample_with(&sample, 9, 1, "sh")->cmdline = "sh -c true";
    history_add(history, &sample, &(struct moment){ 0 });
    sample_clear(&sample);
    sample_with(&sample, 9, 1, "sh")->nice = 3;
    sample.time = 2;
    history_add(history, &sample, &(struct moment){ 0 });
    history_sample(history, 1, &back);
    assert_string_equal(back.processes[0].cmdline, "sh -c true");
    assert_int_equal(back.processes[0].nice, 3);
    sample_clear(&sample);
    sample_with(&sample, 9, 1, "true"); /* exec: another program, another command line */
    sample.time = 3;
    history_add(history, &sample, &(struct moment){ 0 });
    history_sample(history, 2, &back);
    assert_null(back.processes[0].cmdline);
    sample_release(&sample);
    sample_release(&back);
    history_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_moment_comes_back),
        cmocka_unit_test(the_oldest_give_way_and_the_rest_stays_whole),
        cmocka_unit_test(events_give_way_too),
        cmocka_unit_test(a_packed_frame_is_the_same_and_full),
        cmocka_unit_test(what_is_too_old_is_forgotten),
        cmocka_unit_test(actors_are_known_in_any_order),
        cmocka_unit_test(a_moment_is_found_by_its_time),
        cmocka_unit_test(what_was_told_is_kept),
        cmocka_unit_test(a_text_that_was_known_stays_known),
    };
    return cmocka_run_group_tests_name("model/history", tests, NULL, NULL);
}
