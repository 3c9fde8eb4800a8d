#include "../unit.h"
#include "base/text.h"
#include "screen/lesson_layout.h"
#include "screen/lesson_lines.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* ---- layout ---- */

static bool within(struct area area, int height, int width)
{
    return area.line >= 0 && area.column >= 0 && area.height >= 0 && area.width >= 0 &&
           area.line + area.height <= height && area.column + area.width <= width;
}

static bool overlap(struct area a, struct area b)
{
    return a.height && b.height && a.line < b.line + b.height && b.line < a.line + a.height &&
           a.column < b.column + b.width && b.column < a.column + a.width;
}

/* Every cell belongs to one part; beside each other a column between them is the bar's. */
static void any_size_is_filled_and_nothing_overlaps(void **state)
{
    (void)state;
    for (int height = 5; height <= 80; height++)
        for (int width = 20; width <= 220; width++) {
            struct lesson_layout layout = lesson_layout_compute(height, width);
            const struct area areas[] = { layout.title, layout.heads, layout.tree, layout.text,
                                          layout.code,  layout.ask,   layout.keys };
            int cells = layout.beside ? layout.text.height : 0;
            for (int i = 0; i < 7; i++) {
                assert_true(within(areas[i], height, width));
                cells += areas[i].height * areas[i].width;
                for (int k = 0; k < i; k++)
                    assert_false(overlap(areas[i], areas[k]));
            }
            assert_int_equal(cells, height * width);
            assert_true(layout.text.height > layout.text_has_rule);
            assert_int_equal(layout.keys.line, height - 1);
        }
}

static void check_line(struct area area, int line, int height)
{
    assert_int_equal(area.line, line);
    assert_int_equal(area.height, height);
}

static void every_line_of_the_classroom_size_is_spoken_for(void **state)
{
    (void)state;
    struct lesson_layout layout = lesson_layout_compute(24, 80);
    check_line(layout.title, 0, 1);
    check_line(layout.heads, 1, 1);
    check_line(layout.tree, 2, 6);
    check_line(layout.text, 8, 6);
    check_line(layout.code, 14, 6);
    check_line(layout.ask, 20, 3);
    check_line(layout.keys, 23, 1);
}

static void more_room_goes_to_the_tree_then_to_the_code(void **state)
{
    (void)state;
    assert_int_equal(lesson_layout_compute(26, 80).tree.height, 8);
    assert_int_equal(lesson_layout_compute(26, 80).code.height, 6);
    assert_int_equal(lesson_layout_compute(30, 80).tree.height, 10);
    assert_int_equal(lesson_layout_compute(30, 80).code.height, 8);
    struct lesson_layout wide = lesson_layout_compute(40, 120);
    assert_true(wide.beside);
    assert_int_equal(wide.tree.width, 56);
    assert_int_equal(wide.tree.height, 8);
    assert_int_equal(wide.code.width, 120);
    assert_int_equal(wide.code.height, 26); /* the longest listing, whole */
    assert_int_equal(lesson_layout_compute(40, 200).text.width, 80);
}

/* ---- lines ---- */

static struct lesson_view a_view(void)
{
    static const char *const calls[] = { "forklore: fork() = 4310", "a: fork() = 4312", "b: fork() = 0",
                                         "b: _exit(7)" };
    return (struct lesson_view){
        .stage = LESSON_READING,
        .remark = "",
        .text = "b ends, and a does not wait.",
        .calls = calls,
        .call_count = 4,
        .question = "Which STAT will b show?",
        .choices = { "R", "S", "Z", "gone" },
        .choice_count = 4,
        .highlighted = -1,
        .predicted = -1,
        .right = -1,
        .answer = "",
    };
}

static int release(void **state)
{
    lesson_lines_release(*state);
    free(*state);
    return 0;
}

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct lesson_lines));
    return *state ? 0 : -1;
}

static void check_lines(struct lesson_lines *lines, const char *const *wanted)
{
    size_t count = 0;
    for (; wanted[count]; count++) {
        assert_true(count < lines->count);
        assert_string_equal(lines->lines[count].text, wanted[count]);
    }
    assert_int_equal(lines->count, count);
}

#define CHECK_LINES(lines, ...) check_lines(lines, (const char *const[]){ __VA_ARGS__, NULL })

static void the_newest_calls_are_shown(void **state)
{
    struct lesson_view view = a_view();
    lesson_lines_ask(*state, &view, 40, 2);
    CHECK_LINES(*state, "a: fork() = 4312", "b: fork() = 0      b: _exit(7)");
}

static void a_question_stands_above_its_choices(void **state)
{
    struct lesson_view view = a_view();
    view.stage = LESSON_ASKING;
    view.highlighted = 2;
    lesson_lines_ask(*state, &view, 78, 3);
    CHECK_LINES(*state, "", "Which STAT will b show?", "1 R   2 S   3 Z   4 gone");
    const struct lesson_line *line = &((struct lesson_lines *)*state)->lines[2];
    assert_int_equal(line->mark_from, 12);
    assert_int_equal(line->mark_to, 15);
}

static void choices_break_between_each_other(void **state)
{
    struct lesson_view view = a_view();
    view.stage = LESSON_ASKING;
    view.highlighted = 3;
    lesson_lines_ask(*state, &view, 16, 5);
    CHECK_LINES(*state, "", "Which STAT will", "b show?", "1 R   2 S   3 Z", "4 gone");
    const struct lesson_line *line = &((struct lesson_lines *)*state)->lines[4];
    assert_int_equal(line->mark_from, 0);
    assert_int_equal(line->mark_to, 6);
}

static void a_missed_prediction_says_what_is_so(void **state)
{
    struct lesson_view view = a_view();
    view.stage = LESSON_ANSWERED;
    view.predicted = 1;
    view.right = 2;
    view.answer = "Z";
    view.comes_again = true;
    lesson_lines_ask(*state, &view, 78, 3);
    CHECK_LINES(*state, "a: fork() = 4312      b: fork() = 0      b: _exit(7)",
                "Which STAT will b show?   1 R   2 S   3 Z   4 gone",
                "you said S, the kernel shows Z            missed: comes again at the end");
}

static void what_the_kernel_showed_is_named_beside_the_choice(void **state)
{
    struct lesson_view view = a_view();
    view.stage = LESSON_ANSWERED;
    view.predicted = view.right = 3;
    view.answer = "?";
    lesson_lines_ask(*state, &view, 78, 3);
    assert_string_equal(((struct lesson_lines *)*state)->lines[2].text,
                        "you said gone, the kernel shows gone (?)            right");
}

static void an_answer_that_is_none_of_the_choices_is_said(void **state)
{
    static const char *const failures[] = { "b.stat[0]: none of the choices is right" };
    struct lesson_view view = a_view();
    view.stage = LESSON_ANSWERED;
    view.answer = "D";
    view.failures = failures;
    view.failure_count = 1;
    lesson_lines_ask(*state, &view, 78, 3);
    CHECK_LINES(*state, failures[0], "Which STAT will b show?   1 R   2 S   3 Z   4 gone",
                "the kernel shows D            none of the choices");
}

static void what_went_wrong_comes_before_calls(void **state)
{
    static const char *const failures[] = { "a.stat = Q: a.stat = S", "one", "two", "three" };
    struct lesson_view view = a_view();
    view.stage = LESSON_ANSWERED;
    view.question = NULL;
    view.failures = failures;
    view.failure_count = 1;
    lesson_lines_ask(*state, &view, 60, 2);
    CHECK_LINES(*state, failures[0], "a: fork() = 4312      b: fork() = 0      b: _exit(7)");
    lesson_lines_release(*state);
    view.failure_count = 4;
    lesson_lines_ask(*state, &view, 60, 3);
    CHECK_LINES(*state, failures[0], "one", "two (and 1 more: v)");
}

static void where_the_question_has_no_place_it_comes_first(void **state)
{
    struct lesson_view view = a_view();
    view.stage = LESSON_ASKING;
    lesson_lines_all(*state, &view, 40);
    CHECK_LINES(*state, "Which STAT will b show?", "1 R   2 S   3 Z   4 gone",
                "b ends, and a does not wait.");
    lesson_lines_cut(*state, 2, 24);
    CHECK_LINES(*state, "Which STAT will b show?", "1 R   2 S   3 Z   4  ...");
}

static const char a_listing[] =
    "int main(void)\n{\n    pid_t pid = fork();\n\n    if (pid == 0)\n        _exit(7);\n"
    "    waitpid(pid, &status, 0);\n}\n";

static void code_is_shown_around_its_marks(void **state)
{
    struct lesson_view_mark mark = { 5, 6 };
    struct lesson_view view = { .listing = a_listing, .marks = &mark, .mark_count = 1 };
    int first, last, count;
    lesson_lines_code(*state, &view, 78, 4, &first, &last, &count);
    CHECK_LINES(*state, "   ", "->     if (pid == 0)", "->         _exit(7);",
                "       waitpid(pid, &status, 0);");
    assert_int_equal(first, 4);
    assert_int_equal(last, 7);
    assert_int_equal(count, 8);
}

static void code_that_is_too_wide_goes_on_below(void **state)
{
    struct lesson_view_mark mark = { 7, 7 };
    struct lesson_view view = { .listing = a_listing, .marks = &mark, .mark_count = 1 };
    int first, last, count;
    lesson_lines_code(*state, &view, 26, 4, &first, &last, &count);
    CHECK_LINES(*state, "           _exit(7);", "->     waitpid(pid,", "           &status, 0);", "   }");
    assert_int_equal(last, 8);
    for (size_t i = 0; i < ((struct lesson_lines *)*state)->count; i++)
        assert_true(text_width(((struct lesson_lines *)*state)->lines[i].text) <= 26);
}

/* Whatever the room, nothing is wider or higher than it. */
static void any_room_holds_its_lines(void **state)
{
    struct lesson_view view = a_view();
    static const char *const failures[] = { "an expectation that was not met, told in rather many words" };
    view.text = "内核为它留下一小条记录，里面有进程号和退出状态，因为父进程还可能来取。";
    view.failures = failures;
    for (int width = 12; width <= 100; width++)
        for (size_t rows = 1; rows <= 8; rows++)
            for (int kind = 0; kind < 12; kind++) {
                view.stage = (enum lesson_stage)(kind % 3);
                view.failure_count = kind / 3 % 2;
                view.question = kind >= 6 ? "Which STAT will b show, a not waiting for it at all?" : NULL;
                view.highlighted = view.predicted = view.right = kind >= 6 ? kind % 4 : -1;
                if (!view.question && view.stage == LESSON_ASKING)
                    continue;
                lesson_lines_ask(*state, &view, width, rows);
                const struct lesson_lines *lines = *state;
                assert_true(lines->count <= rows);
                for (size_t i = 0; i < lines->count; i++) {
                    assert_true(text_width(lines->lines[i].text) <= width);
                    assert_true(lines->lines[i].mark_to <= strlen(lines->lines[i].text));
                }
                lesson_lines_release(*state);
                lesson_lines_all(*state, &view, width);
                lesson_lines_cut(*state, rows, width);
                assert_true(((struct lesson_lines *)*state)->count <= rows);
                lesson_lines_release(*state);
            }
}

#define WITH_LINES(test) cmocka_unit_test_setup_teardown(test, set_up, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_is_filled_and_nothing_overlaps),
        cmocka_unit_test(every_line_of_the_classroom_size_is_spoken_for),
        cmocka_unit_test(more_room_goes_to_the_tree_then_to_the_code),
        WITH_LINES(the_newest_calls_are_shown),
        WITH_LINES(a_question_stands_above_its_choices),
        WITH_LINES(choices_break_between_each_other),
        WITH_LINES(a_missed_prediction_says_what_is_so),
        WITH_LINES(what_the_kernel_showed_is_named_beside_the_choice),
        WITH_LINES(an_answer_that_is_none_of_the_choices_is_said),
        WITH_LINES(what_went_wrong_comes_before_calls),
        WITH_LINES(where_the_question_has_no_place_it_comes_first),
        WITH_LINES(code_is_shown_around_its_marks),
        WITH_LINES(code_that_is_too_wide_goes_on_below),
        WITH_LINES(any_room_holds_its_lines),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("screen/lesson", tests, NULL, NULL);
}
