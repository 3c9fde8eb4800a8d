#include "../unit.h"
#include "screen/tree_view.h"

#include <stdio.h>
#include <string.h>

enum { HEIGHT = 5 };

static bool nobody(void *data, const struct process *process)
{
    (void)data, (void)process;
    return false;
}

static const struct tree_view_facts facts = { nobody, nobody, NULL };

struct fixture {
    struct sample sample;
    struct tree tree;
    struct tree_view view;
};

static void add(struct fixture *fixture, pid_t pid, pid_t ppid, const char *comm)
{
    struct process process = {
        .id = { pid, (unsigned long long)pid * 10 }, .tgid = pid, .ppid = ppid, .state = 'S', .comm = comm, .threads = 1,
    };
    sample_append(&fixture->sample, &process);
}

static void update(struct fixture *fixture)
{
    struct order order = { 0 };
    tree_build(&fixture->tree, &fixture->sample, NULL, &order);
    tree_view_update(&fixture->view, &fixture->tree, &facts, HEIGHT);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    add(&fixture, 1, 0, "init");
    for (pid_t pid = 10; pid < 20; pid++)
        add(&fixture, pid, 1, "worker");
    add(&fixture, 30, 15, "child");
    add(&fixture, 31, 30, "grandchild");
    update(&fixture);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    tree_view_release(&fixture->view);
    tree_release(&fixture->tree);
    sample_release(&fixture->sample);
    return 0;
}

/* The visible pids as text, and the selected one in brackets. */
static const char *show(const struct fixture *fixture)
{
    static char text[512];
    text[0] = '\0';
    for (size_t place = 0; place < fixture->view.visible_count; place++) {
        size_t used = strlen(text);
        int pid = fixture->tree.rows[fixture->view.visible[place]].process->id.pid;
        snprintf(text + used, sizeof text - used, place == fixture->view.cursor ? "[%d] " : "%d ", pid);
    }
    return text;
}

static void select_pid(struct fixture *fixture, pid_t pid)
{
    struct process_id id = { pid, (unsigned long long)pid * 10 };
    assert_true(tree_view_select_process(&fixture->view, &fixture->tree, id, HEIGHT));
}

static void a_fold_takes_the_selection_of_what_it_hides(void **state)
{
    struct fixture *fixture = *state;
    select_pid(fixture, 31);
    id_set_add(&fixture->view.folded, (struct process_id){ 15, 150 });
    update(fixture);
    assert_string_equal(show(fixture), "1 10 11 12 13 14 [15] 16 17 18 19 ");
}

static void remove_pid(struct fixture *fixture, pid_t pid)
{
    struct sample kept = { 0 };
    for (size_t i = 0; i < fixture->sample.count; i++)
        if (fixture->sample.processes[i].id.pid != pid)
            sample_append(&kept, &fixture->sample.processes[i]);
    sample_release(&fixture->sample);
    fixture->sample = kept;
}

static void the_selection_stays_on_its_process_and_on_its_line(void **state)
{
    struct fixture *fixture = *state;
    select_pid(fixture, 16);
    size_t line = fixture->view.cursor - fixture->view.top;
    remove_pid(fixture, 11);
    remove_pid(fixture, 12);
    update(fixture);
    assert_string_equal(show(fixture), "1 10 13 14 15 30 31 [16] 17 18 19 ");
    assert_int_equal(fixture->view.cursor - fixture->view.top, line);
}

static void when_the_selected_process_is_gone_its_line_is_kept(void **state)
{
    struct fixture *fixture = *state;
    select_pid(fixture, 16);
    remove_pid(fixture, 16);
    update(fixture);
    assert_string_equal(show(fixture), "1 10 11 12 13 14 15 30 31 [17] 18 19 ");
}

static void a_reused_pid_is_not_taken_for_the_selected_process(void **state)
{
    struct fixture *fixture = *state;
    select_pid(fixture, 19);
    fixture->sample.processes[10].id.start = 99999;
    update(fixture);
    assert_int_equal(tree_view_selected(&fixture->view, &fixture->tree)->process->id.start, 99999);
    select_pid(fixture, 18);
    assert_false(tree_view_select_process(&fixture->view, &fixture->tree, (struct process_id){ 19, 190 }, HEIGHT));
}

static void folding_hides_the_subtree_and_selecting_unfolds_it(void **state)
{
    struct fixture *fixture = *state;
    id_set_add(&fixture->view.folded, (struct process_id){ 15, 150 });
    update(fixture);
    assert_string_equal(show(fixture), "[1] 10 11 12 13 14 15 16 17 18 19 ");
    select_pid(fixture, 31);
    assert_string_equal(show(fixture), "1 10 11 12 13 14 15 30 [31] 16 17 18 19 ");
}

static void a_filter_keeps_ancestors(void **state)
{
    struct fixture *fixture = *state;
    strcpy(fixture->view.filter.text, "GRAND");
    update(fixture);
    assert_string_equal(show(fixture), "[1] 15 30 31 ");
    assert_int_equal(fixture->view.matches, 1);
    assert_true(fixture->tree.rows[1].last);
    assert_int_equal(fixture->tree.rows[0].descendants, 3);
}

static void a_subtree_alone_has_its_root_at_depth_0(void **state)
{
    struct fixture *fixture = *state;
    fixture->view.only_subtree = (struct process_id){ 30, 300 };
    update(fixture);
    assert_string_equal(show(fixture), "[30] 31 ");
    assert_int_equal(fixture->tree.rows[0].depth, 0);
    assert_int_equal(fixture->tree.rows[1].depth, 1);
}

static void the_cursor_stays_on_the_screen(void **state)
{
    struct fixture *fixture = *state;
    tree_view_move(&fixture->view, &fixture->tree, 1000, HEIGHT);
    assert_int_equal(fixture->view.cursor, 12);
    assert_int_equal(fixture->view.top, 13 - HEIGHT);
    tree_view_move(&fixture->view, &fixture->tree, -1000, HEIGHT);
    assert_int_equal(fixture->view.top, 0);
    tree_view_scroll(&fixture->view, &fixture->tree, 3, HEIGHT);
    assert_int_equal(fixture->view.top, 3);
    assert_int_equal(fixture->view.cursor, 3);
}

static void searching_goes_round(void **state)
{
    struct fixture *fixture = *state;
    struct filter filter = { "child" };
    size_t place;
    select_pid(fixture, 31);
    assert_true(tree_view_search(&fixture->view, &fixture->tree, &filter, false, &place));
    assert_int_equal(fixture->tree.rows[fixture->view.visible[place]].process->id.pid, 30);
    strcpy(filter.text, "nothing like it");
    assert_false(tree_view_search(&fixture->view, &fixture->tree, &filter, true, &place));
}

static void an_empty_view_is_harmless(void **state)
{
    struct fixture *fixture = *state;
    strcpy(fixture->view.filter.text, "nothing like it");
    update(fixture);
    tree_view_move(&fixture->view, &fixture->tree, 1, HEIGHT);
    tree_view_scroll(&fixture->view, &fixture->tree, 1, HEIGHT);
    assert_null(tree_view_selected(&fixture->view, &fixture->tree));
    assert_string_equal(show(fixture), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_selection_stays_on_its_process_and_on_its_line),
        TEST(when_the_selected_process_is_gone_its_line_is_kept),
        TEST(a_reused_pid_is_not_taken_for_the_selected_process),
        TEST(folding_hides_the_subtree_and_selecting_unfolds_it),
        TEST(a_fold_takes_the_selection_of_what_it_hides),
        TEST(a_filter_keeps_ancestors),
        TEST(a_subtree_alone_has_its_root_at_depth_0),
        TEST(the_cursor_stays_on_the_screen),
        TEST(searching_goes_round),
        TEST(an_empty_view_is_harmless),
    };
    return cmocka_run_group_tests_name("screen/tree_view", tests, NULL, NULL);
}
