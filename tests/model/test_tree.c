#include "../unit.h"
#include "base/memory.h"
#include "model/columns.h"
#include "model/tree.h"
#include "samples.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct order birth = { 0 };

/* The tree as text, one row a line. */
static char *drawn(const struct tree *tree, bool ascii)
{
    static const char *const kinds[] = { "", " thread", " gone", " ghost" };
    char *text = xstrdup("");
    for (size_t i = 0; i < tree->count; i++) {
        char lines[256];
        tree_lines(lines, sizeof lines, tree, i, ascii);
        char *longer = xasprintf("%s%s%d %s%s\n", text, lines, tree->rows[i].process->id.pid,
                                 tree->rows[i].process->comm, kinds[tree->rows[i].kind]);
        free(text);
        text = longer;
    }
    return text;
}

static void assert_tree(const struct sample *sample, const struct order *order, const char *expected)
{
    struct tree tree = { 0 };
    tree_build(&tree, sample, NULL, order);
    char *text = drawn(&tree, false);
    assert_string_equal(text, expected);
    free(text);
    tree_release(&tree);
}

static void make_family(struct sample *sample)
{
    sample_with(sample, 1, 0, "init");
    sample_with(sample, 2, 0, "kthreadd");
    sample_with(sample, 10, 1, "sshd");
    sample_with(sample, 11, 10, "bash");
    sample_with(sample, 12, 1, "cron");
    sample_with(sample, 13, 11, "a");
    sample_with(sample, 14, 13, "b");
    sample_with(sample, 15, 11, "c");
}

static void children_hang_under_their_parents(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    make_family(&sample);
    assert_tree(&sample, &birth,
                "1 init\n"
                "├─ 10 sshd\n"
                "│  └─ 11 bash\n"
                "│     ├─ 13 a\n"
                "│     │  └─ 14 b\n"
                "│     └─ 15 c\n"
                "└─ 12 cron\n"
                "2 kthreadd\n");
    sample_release(&sample);
}

static void lines_may_be_ascii(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    struct tree tree = { 0 };
    make_family(&sample);
    tree_build(&tree, &sample, NULL, &birth);
    char *text = drawn(&tree, true);
    assert_string_equal(text, "1 init\n"
                              "|- 10 sshd\n"
                              "|  `- 11 bash\n"
                              "|     |- 13 a\n"
                              "|     |  `- 14 b\n"
                              "|     `- 15 c\n"
                              "`- 12 cron\n"
                              "2 kthreadd\n");
    free(text);
    tree_release(&tree);
    sample_release(&sample);
}

static void siblings_stand_in_the_order_of_birth_or_of_a_column(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    sample_with(&sample, 1, 0, "init");
    sample_with(&sample, 5, 1, "zeta")->id.start = 900; /* its pid was free again */
    sample_with(&sample, 7, 1, "beta");
    sample_with(&sample, 8, 1, "beta");
    assert_tree(&sample, &birth, "1 init\n├─ 7 beta\n├─ 8 beta\n└─ 5 zeta\n");
    struct order name = { .compare = column_find("comm")->compare, .descending = true };
    assert_tree(&sample, &name, "1 init\n├─ 5 zeta\n├─ 7 beta\n└─ 8 beta\n");
    sample_release(&sample);
}

static void threads_come_before_the_children_of_their_process(void **state)
{
    (void)state;
    struct sample sample = { .with_threads = true };
    sample_with(&sample, 1, 0, "init");
    sample_with(&sample, 5, 1, "a")->threads = 2;
    sample_with(&sample, 9, 1, "t")->tgid = 5;
    sample_with(&sample, 7, 5, "b");
    assert_tree(&sample, &birth, "1 init\n└─ 5 a\n   ├─ 9 t thread\n   └─ 7 b\n");
    sample_release(&sample);
}

static void a_missing_parent_makes_a_root(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    sample_with(&sample, 5, 4, "a");
    sample_with(&sample, 6, 5, "b");
    sample_with(&sample, 7, 7, "own parent");
    sample_with(&sample, 8, -3, "nonsense");
    assert_tree(&sample, &birth, "5 a\n└─ 6 b\n7 own parent\n8 nonsense\n");
    sample_release(&sample);
}

static void circles_of_parents_are_cut(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    sample_with(&sample, 1, 0, "init");
    sample_with(&sample, 5, 7, "a");
    sample_with(&sample, 6, 5, "b");
    sample_with(&sample, 7, 6, "c");
    sample_with(&sample, 8, 7, "d");
    struct tree tree = { 0 };
    tree_build(&tree, &sample, NULL, &birth);
    assert_int_equal(tree.count, 5);
    for (size_t i = 0; i < tree.count; i++)
        assert_true(tree.rows[i].parent == TREE_NO_ROW || tree.rows[i].parent < i);
    size_t c = tree_find(&tree, id_of(7)), d = tree_find(&tree, id_of(8));
    assert_int_equal(tree.rows[d].parent, c);
    tree_release(&tree);
    sample_release(&sample);
}

static void duplicates_each_have_a_row(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    for (int i = 0; i < 50000; i++) {
        sample_with(&sample, 5, 5, "a");
        sample_with(&sample, 5, 0, "a");
    }
    struct tree tree = { 0 };
    tree_build(&tree, &sample, NULL, &birth);
    assert_int_equal(tree.count, 100000);
    size_t found = tree_find(&tree, id_of(5));
    assert_int_equal(tree.rows[found].process->id.pid, 5);
    tree_release(&tree);
    sample_release(&sample);
}

static void a_chain_of_100_000_is_a_tree(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    struct sample sample = { 0 };
    for (pid_t pid = 1; pid <= LENGTH; pid++)
        sample_with(&sample, pid, pid - 1, "a");
    struct tree tree = { 0 };
    tree_build(&tree, &sample, NULL, &birth);
    assert_int_equal(tree.count, LENGTH);
    assert_int_equal(tree.rows[LENGTH - 1].depth, LENGTH - 1);
    assert_int_equal(tree.rows[0].descendants, LENGTH - 1);
    assert_int_equal(tree_find(&tree, id_of(777)), 776);
    char lines[20]; /* two levels, what is left out, and too little room for one more */
    assert_string_equal(tree_lines(lines, 13, &tree, LENGTH - 1, true), "<      `- ");
    assert_string_equal(tree_lines(lines, 11, &tree, 4, true), "<      `- ");
    assert_string_equal(tree_lines(lines, sizeof lines, &tree, 4, true), "         `- ");
    assert_string_equal(tree_lines(lines, 1, &tree, 4, true), "");
    tree_release(&tree);
    sample_release(&sample);
}

static void every_subtree_is_a_run_of_rows(void **state)
{
    (void)state;
    enum { COUNT = 30000 };
    struct sample sample = { 0 };
    for (pid_t pid = 1; pid <= COUNT; pid++)
        sample_with(&sample, pid, pid / 3, "a")->id.start = (unsigned)(pid * 7919) % 10007;
    struct tree tree = { 0 };
    for (int round = 0; round < 2; round++) { /* the second finds the memory of the first */
        tree_build(&tree, &sample, NULL, &birth);
        assert_int_equal(tree.count, COUNT);
        for (size_t i = 0; i < tree.count; i++) {
            const struct tree_row *row = &tree.rows[i];
            assert_int_equal(tree_find(&tree, row->process->id), i);
            if (row->parent == TREE_NO_ROW)
                continue;
            const struct tree_row *parent = &tree.rows[row->parent];
            assert_int_equal(parent->process->id.pid, row->process->ppid);
            assert_int_equal(parent->depth, row->depth - 1);
            assert_true(row->parent < i && i + row->descendants <= row->parent + parent->descendants);
            assert_int_equal(row->last, i + row->descendants == row->parent + parent->descendants);
        }
    }
    assert_int_equal(tree_find(&tree, (struct process_id){ 5, 1 }), TREE_NO_ROW);
    tree_release(&tree);
    sample_release(&sample);
}

static void a_list_is_sorted_over_the_whole_machine(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    make_family(&sample);
    struct tree tree = { 0 };
    tree_build_list(&tree, &sample, NULL, &(struct order){ .compare = column_find("comm")->compare });
    char *text = drawn(&tree, false);
    assert_string_equal(text, "13 a\n14 b\n11 bash\n15 c\n12 cron\n1 init\n2 kthreadd\n10 sshd\n");
    free(text);
    tree_release(&tree);
    sample_release(&sample);
}

static void apply(struct marks *marks, const struct sample *before, struct event event)
{
    marks_apply(marks, before, &event, 1, 0);
}

static void the_gone_and_the_adopted_leave_rows(void **state)
{
    (void)state;
    struct sample before = { 0 }, after = { 0 };
    sample_with(&before, 1, 0, "init");
    sample_with(&before, 5, 1, "a");
    sample_with(&before, 6, 5, "b");
    sample_with(&before, 7, 6, "c");
    sample_with(&before, 8, 5, "d");
    sample_with(&after, 1, 0, "init");
    sample_with(&after, 5, 1, "a");
    sample_with(&after, 7, 1, "c");
    sample_with(&after, 8, 5, "d");
    struct marks *marks = marks_new(1);
    apply(marks, &before, (struct event){ .kind = EVENT_GONE, .id = id_of(6), .parent = 5 });
    apply(marks, &before,
          (struct event){ .kind = EVENT_ADOPTED, .id = id_of(7), .parent = 1, .parent_before = 6 });
    struct tree tree = { 0 };
    tree_build(&tree, &after, marks, &birth);
    char *text = drawn(&tree, false);
    assert_string_equal(text, "1 init\n"
                              "├─ 5 a\n"
                              "│  ├─ 6 b gone\n"
                              "│  │  └─ 7 c ghost\n"
                              "│  └─ 8 d\n"
                              "└─ 7 c\n");
    free(text);
    assert_int_equal(tree.rows[tree_find(&tree, id_of(7))].kind, TREE_LIVE);
    assert_int_equal(tree.rows[tree_find(&tree, id_of(6))].kind, TREE_TOMBSTONE);
    tree_build_list(&tree, &after, marks, &birth);
    text = drawn(&tree, false);
    assert_string_equal(text, "1 init\n5 a\n6 b gone\n7 c\n8 d\n");
    free(text);
    tree_release(&tree);
    marks_free(marks);
    sample_release(&before);
    sample_release(&after);
}

static void a_tombstone_does_not_hang_under_a_pid_used_again(void **state)
{
    (void)state;
    struct sample before = { 0 }, after = { 0 };
    sample_with(&before, 5, 0, "a");
    sample_with(&before, 6, 5, "b");
    sample_with(&after, 5, 0, "new")->id.start = 9999;
    struct marks *marks = marks_new(1);
    apply(marks, &before, (struct event){ .kind = EVENT_GONE, .id = id_of(6), .parent = 5 });
    struct tree tree = { 0 };
    tree_build(&tree, &after, marks, &birth);
    char *text = drawn(&tree, false);
    assert_string_equal(text, "6 b gone\n5 new\n");
    free(text);
    tree_release(&tree);
    marks_free(marks);
    sample_release(&before);
    sample_release(&after);
}

static void an_empty_sample_has_no_rows(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    struct tree tree = { 0 };
    assert_int_equal(tree_find(&tree, id_of(1)), TREE_NO_ROW);
    tree_build(&tree, &sample, NULL, &birth);
    assert_int_equal(tree.count, 0);
    assert_int_equal(tree_find(&tree, id_of(1)), TREE_NO_ROW);
    tree_release(&tree);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_hang_under_their_parents),
        cmocka_unit_test(lines_may_be_ascii),
        cmocka_unit_test(siblings_stand_in_the_order_of_birth_or_of_a_column),
        cmocka_unit_test(threads_come_before_the_children_of_their_process),
        cmocka_unit_test(a_missing_parent_makes_a_root),
        cmocka_unit_test(circles_of_parents_are_cut),
        cmocka_unit_test(duplicates_each_have_a_row),
        cmocka_unit_test(a_chain_of_100_000_is_a_tree),
        cmocka_unit_test(every_subtree_is_a_run_of_rows),
        cmocka_unit_test(a_list_is_sorted_over_the_whole_machine),
        cmocka_unit_test(the_gone_and_the_adopted_leave_rows),
        cmocka_unit_test(a_tombstone_does_not_hang_under_a_pid_used_again),
        cmocka_unit_test(an_empty_sample_has_no_rows),
    };
    return cmocka_run_group_tests_name("model/tree", tests, NULL, NULL);
}
