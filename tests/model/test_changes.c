#include "../unit.h"
#include "base/memory.h"
#include "model/changes.h"
#include "samples.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* Two samples, the kernel's events between them, and what came of it. */
struct scene {
    struct sample before, after;
    struct kernel_event kernel[16];
    size_t kernel_count;
    struct event_list list;
};

static int set_up(void **state)
{
    struct scene *scene = xcalloc(1, sizeof *scene);
    scene->before.time = 1000;
    scene->after.time = 2000;
    sample_with(&scene->before, 1, 0, "init");
    sample_with(&scene->after, 1, 0, "init");
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    sample_release(&scene->before);
    sample_release(&scene->after);
    event_list_release(&scene->list);
    free(scene);
    return 0;
}

static void kernel_says(struct scene *scene, struct kernel_event event)
{
    scene->kernel[scene->kernel_count++] = event;
}

/* Compares with one line for each event: time, "!" when exact, pid, name, words. */
static void assert_events(struct scene *scene, const char *expected)
{
    changes_between(&scene->list, &scene->before, &scene->after, scene->kernel, &scene->kernel_count);
    char *text = xstrdup("");
    for (size_t i = 0; i < scene->list.count; i++) {
        const struct event *event = &scene->list.events[i];
        char words[256];
        event_words(words, sizeof words, event);
        char *longer = xasprintf("%s%d%s %d %s: %s\n", text, (int)event->time, event->exact ? "!" : "",
                                 event->id.pid, event->comm, words);
        free(text);
        text = longer;
    }
    assert_string_equal(text, expected);
    free(text);
    scene->list.count = 0;
}

/* The samples move on: what was after is before, and after is empty. */
static void next_round(struct scene *scene)
{
    struct sample old = scene->before;
    scene->before = scene->after;
    sample_clear(&old);
    scene->after = old;
    scene->after.time = scene->before.time + 1000;
    sample_with(&scene->after, 1, 0, "init");
}

static void nothing_happened(void **state)
{
    assert_events(*state, "");
}

static void births_and_ends_are_seen(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 6, 1, "b");
    assert_events(scene, "2000 5 a: gone: ?\n"
                         "2000 6 b: born, parent 1 init\n");
}

static void a_pid_used_again_is_an_end_and_a_birth(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "b")->id.start = 777;
    assert_events(scene, "2000 5 a: gone: ?\n"
                         "2000 5 b: born, parent 1 init\n");
}

static void changes_within_a_process_are_seen(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 4, 1, "p");
    sample_with(&scene->before, 5, 4, "a");
    sample_with(&scene->after, 4, 1, "p");
    struct process *process = sample_with(&scene->after, 5, 1, "new");
    process->state = 'T';
    process->nice = 5;
    assert_events(scene, "2000 5 new: now called new, was a\n"
                         "2000 5 new: S -> T, stopped\n"
                         "2000 5 new: nice 0 -> 5\n"
                         "2000 5 new: adopted by 1 init, was 4 p\n");
}

static void a_thread_of_the_kernel_that_does_other_work_is_no_event(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 2, "kworker/0:1-events")->flags = 0x00200000; /* PF_KTHREAD */
    sample_with(&scene->after, 5, 2, "kworker/0:1-mm")->flags = 0x00200000;
    assert_events(scene, "");
}

static void a_zombie_is_seen_and_then_reaped(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "a")->state = 'Z';
    assert_events(scene, "2000 5 a: ended; its parent 1 init has not asked\n");
    next_round(scene);
    assert_events(scene, "3000 5 a: reaped; parent at its end: 1 init\n");
}

static void an_adopted_child_names_a_parent_that_is_gone(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 4, 1, "p\033[m");
    sample_with(&scene->before, 5, 4, "a\n");
    sample_with(&scene->after, 5, 1, "a\n");
    assert_events(scene, "2000 4 p?[m: gone: ?\n"
                         "2000 5 a?: adopted by 1 init, was 4 p?[m\n");
}

static void a_first_thread_that_ended_makes_no_zombie(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a")->threads = 2;
    struct process *process = sample_with(&scene->after, 5, 1, "a");
    process->threads = 2;
    process->state = 'Z';
    kernel_says(scene, (struct kernel_event){ .time = 1500, .kind = KERNEL_EXIT, .pid = 5, .status = 0 });
    assert_events(scene, "2000 5 a: S -> Z, zombie: has ended\n");
    assert_int_equal(scene->kernel_count, 0);
    next_round(scene);
    sample_with(&scene->after, 5, 1, "a")->state = 'Z';
    assert_events(scene, "3000 5 a: ended; its parent 1 init has not asked\n");
}

static void the_kernel_tells_when_and_how(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 4, 1, "sh");
    sample_with(&scene->before, 6, 1, "b");
    sample_with(&scene->after, 4, 1, "sh");
    sample_with(&scene->after, 5, 4, "ls")->state = 'Z';
    kernel_says(scene, (struct kernel_event){ .time = 1100, .kind = KERNEL_FORK, .pid = 5, .parent = 4 });
    kernel_says(scene, (struct kernel_event){ .time = 1200, .kind = KERNEL_EXEC, .pid = 5, .comm = "ls" });
    kernel_says(scene, (struct kernel_event){ .time = 1250, .kind = KERNEL_EXIT, .pid = 6, .status = 9 });
    kernel_says(scene,
                (struct kernel_event){ .time = 1300, .kind = KERNEL_EXIT, .pid = 5, .status = 7 << 8 });
    changes_between(&scene->list, &scene->before, &scene->after, scene->kernel, &scene->kernel_count);
    assert_int_equal(scene->list.count, 4);
    const struct event *events = scene->list.events;
    static const struct {
        enum event_kind kind;
        int time, pid;
    } expected[] = {
        { EVENT_BORN, 1100, 5 }, { EVENT_EXEC, 1200, 5 }, { EVENT_GONE, 1250, 6 }, { EVENT_ZOMBIE, 1300, 5 }
    };
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(events[i].kind, expected[i].kind);
        assert_int_equal(events[i].time, expected[i].time);
        assert_int_equal(events[i].id.pid, expected[i].pid);
        assert_true(events[i].exact);
    }
    assert_string_equal(events[1].comm_before, "sh");
    assert_string_equal(events[1].comm, "ls");
    assert_int_equal(events[2].status, 9);
    assert_true(events[3].status_known);
    assert_int_equal(events[3].status, 7 << 8);
}

static void short_lives_between_samples_are_told(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 2; i++) { /* the same pid twice */
        int64_t time = 1100 + 300 * i;
        kernel_says(scene, (struct kernel_event){ .time = time, .kind = KERNEL_FORK, .pid = 5, .parent = 1 });
        kernel_says(scene,
                    (struct kernel_event){ .time = time + 100, .kind = KERNEL_EXEC, .pid = 5, .comm = "ls" });
        kernel_says(scene, (struct kernel_event){
                               .time = time + 200, .kind = KERNEL_EXIT, .pid = 5, .status = i << 8 });
    }
    assert_events(scene, "1100! 5 init: born, parent 1 init\n"
                         "1200! 5 ls: exec: init -> ls\n"
                         "1300! 5 ls: gone: exit 0; lived 0.0 s\n"
                         "1400! 5 init: born, parent 1 init\n"
                         "1500! 5 ls: exec: init -> ls\n"
                         "1600! 5 ls: gone: exit 1; lived 0.0 s\n");
    assert_int_equal(scene->kernel_count, 0);
}

static void a_parent_that_no_sample_saw_has_its_name_from_the_kernel(void **state)
{
    struct scene *scene = *state;
    kernel_says(scene, (struct kernel_event){ .time = 1100, .kind = KERNEL_FORK, .pid = 5, .parent = 1 });
    kernel_says(scene, (struct kernel_event){ .time = 1200, .kind = KERNEL_EXEC, .pid = 5, .comm = "sh" });
    kernel_says(scene, (struct kernel_event){ .time = 1300, .kind = KERNEL_FORK, .pid = 6, .parent = 5 });
    kernel_says(scene, (struct kernel_event){ .time = 1400, .kind = KERNEL_EXEC, .pid = 6, .comm = "ls" });
    kernel_says(scene, (struct kernel_event){ .time = 1500, .kind = KERNEL_EXIT, .pid = 5 });
    sample_with(&scene->after, 6, 1, "ls");
    assert_events(scene, "1100! 5 init: born, parent 1 init\n"
                         "1200! 5 sh: exec: init -> sh\n"
                         "1300! 6 sh: born, parent 5 sh\n"
                         "1400! 6 ls: exec: sh -> ls\n"
                         "1500! 5 sh: gone: exit 0; lived 0.0 s\n"
                         "2000 6 ls: adopted by 1 init, was 5 sh\n");
}

static void an_exec_of_the_same_name_is_told_by_the_kernel_alone(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "a");
    kernel_says(scene, (struct kernel_event){ .time = 1200, .kind = KERNEL_EXEC, .pid = 5, .comm = "a" });
    assert_events(scene, "1200! 5 a: exec: a -> a\n");
}

static void a_child_adopted_at_once_had_another_parent(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 4, 1, "sh");
    sample_with(&scene->after, 4, 1, "sh");
    sample_with(&scene->after, 6, 1, "c");
    kernel_says(scene, (struct kernel_event){ .time = 1100, .kind = KERNEL_FORK, .pid = 6, .parent = 4 });
    assert_events(scene, "1100! 6 c: born, parent 4 sh\n"
                         "2000 6 c: adopted by 1 init, was 4 sh\n");
}

/* A sample takes a while: what the kernel tells may be ahead of it, and is then told one round later, once.
 */
static void what_the_sample_does_not_show_yet_waits(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "a");
    kernel_says(scene, (struct kernel_event){ .time = 2050, .kind = KERNEL_FORK, .pid = 6, .parent = 1 });
    kernel_says(scene, (struct kernel_event){ .time = 2100, .kind = KERNEL_EXIT, .pid = 5, .status = 9 });
    assert_events(scene, "");
    assert_int_equal(scene->kernel_count, 2);
    next_round(scene);
    sample_with(&scene->after, 6, 1, "b");
    assert_events(scene, "2050! 6 b: born, parent 1 init\n"
                         "2100! 5 a: gone: signal SIGKILL\n");
    assert_int_equal(scene->kernel_count, 0);
}

static void what_the_sample_shows_already_is_told_now(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 6, 1, "b");
    kernel_says(scene, (struct kernel_event){ .time = 2050, .kind = KERNEL_EXIT, .pid = 5, .status = 9 });
    kernel_says(scene, (struct kernel_event){ .time = 2060, .kind = KERNEL_FORK, .pid = 6, .parent = 1 });
    changes_between(&scene->list, &scene->before, &scene->after, scene->kernel, &scene->kernel_count);
    assert_int_equal(scene->list.count, 2);
    assert_int_equal(scene->list.events[0].time, 2050);
    assert_int_equal(scene->list.events[0].status, 9);
    assert_int_equal(scene->list.events[1].time, 2060);
    assert_int_equal(scene->kernel_count, 0);
    scene->list.count = 0;
    next_round(scene);
    sample_with(&scene->after, 6, 1, "b");
    assert_events(scene, "");
}

/* The kernel tells of an end just before /proc shows it. */
static void an_end_that_proc_does_not_show_yet_waits(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "a");
    kernel_says(scene,
                (struct kernel_event){ .time = 1990, .kind = KERNEL_EXIT, .pid = 5, .status = 7 << 8 });
    assert_events(scene, "");
    assert_int_equal(scene->kernel_count, 1);
    next_round(scene);
    sample_with(&scene->after, 5, 1, "a")->state = 'Z';
    assert_events(scene, "1990! 5 a: ended: exit 7; its parent 1 init has not asked\n");
}

static void a_birth_that_comes_late_does_no_harm(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->after, 5, 1, "a");
    kernel_says(scene, (struct kernel_event){ .time = 900, .kind = KERNEL_FORK, .pid = 5, .parent = 1 });
    assert_events(scene, "");
    assert_int_equal(scene->kernel_count, 0);
}

static void lives_known_in_part_are_not_told(void **state)
{
    struct scene *scene = *state;
    kernel_says(scene, (struct kernel_event){ .time = 1100, .kind = KERNEL_EXIT, .pid = 5 });
    kernel_says(scene, (struct kernel_event){ .time = 1200, .kind = KERNEL_EXEC, .pid = 6, .comm = "x" });
    assert_events(scene, "");
    assert_int_equal(scene->kernel_count, 0);
}

static void a_first_sample_gives_no_events(void **state)
{
    struct scene *scene = *state;
    sample_clear(&scene->before);
    kernel_says(scene, (struct kernel_event){ .time = 1100, .kind = KERNEL_FORK, .pid = 5 });
    assert_events(scene, "");
    next_round(scene);
    assert_events(scene, "");
    assert_int_equal(scene->kernel_count, 0);
}

static void threads_have_no_events(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->before, 5, 1, "a");
    sample_with(&scene->before, 9, 1, "t")->tgid = 5;
    sample_with(&scene->before, 7, 1, "b");
    sample_with(&scene->after, 5, 1, "a");
    sample_with(&scene->after, 7, 1, "b");
    sample_with(&scene->after, 8, 1, "t")->tgid = 7;
    assert_events(scene, "");
}

static void a_whole_machine_is_compared(void **state)
{
    struct scene *scene = *state;
    for (pid_t pid = 2; pid <= 30000; pid++) {
        if (pid % 10)
            sample_with(&scene->before, pid, 1, "a");
        if (pid % 7)
            sample_with(&scene->after, pid, 1, "a")->nice = pid % 11 == 0;
    }
    changes_between(&scene->list, &scene->before, &scene->after, NULL, &scene->kernel_count);
    size_t counts[EVENT_KIND_COUNT] = { 0 }, expected[EVENT_KIND_COUNT] = { 0 };
    for (size_t i = 0; i < scene->list.count; i++)
        counts[scene->list.events[i].kind]++;
    for (pid_t pid = 2; pid <= 30000; pid++) {
        expected[EVENT_BORN] += pid % 10 == 0 && pid % 7;
        expected[EVENT_GONE] += pid % 10 && pid % 7 == 0;
        expected[EVENT_RENICED] += pid % 10 && pid % 7 && pid % 11 == 0;
    }
    assert_memory_equal(counts, expected, sizeof counts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(nothing_happened),
        TEST(births_and_ends_are_seen),
        TEST(a_pid_used_again_is_an_end_and_a_birth),
        TEST(changes_within_a_process_are_seen),
        TEST(a_thread_of_the_kernel_that_does_other_work_is_no_event),
        TEST(a_zombie_is_seen_and_then_reaped),
        TEST(an_adopted_child_names_a_parent_that_is_gone),
        TEST(a_first_thread_that_ended_makes_no_zombie),
        TEST(the_kernel_tells_when_and_how),
        TEST(short_lives_between_samples_are_told),
        TEST(a_parent_that_no_sample_saw_has_its_name_from_the_kernel),
        TEST(an_exec_of_the_same_name_is_told_by_the_kernel_alone),
        TEST(a_child_adopted_at_once_had_another_parent),
        TEST(what_the_sample_does_not_show_yet_waits),
        TEST(what_the_sample_shows_already_is_told_now),
        TEST(an_end_that_proc_does_not_show_yet_waits),
        TEST(a_birth_that_comes_late_does_no_harm),
        TEST(lives_known_in_part_are_not_told),
        TEST(a_first_sample_gives_no_events),
        TEST(threads_have_no_events),
        TEST(a_whole_machine_is_compared),
    };
    return cmocka_run_group_tests_name("model/changes", tests, NULL, NULL);
}
