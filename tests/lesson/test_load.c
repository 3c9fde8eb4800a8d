#include "../unit.h"
#include "valid.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

static void everything_is_read(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson = NULL;
    written_begin(&written);
    written_file(&written, "valid.yaml", valid, strlen(valid));
    int r = lesson_load(&lesson, written_path(&written, "valid.yaml"), &written.problems);
    assert_string_equal(written.told, "");
    assert_int_equal(r, 0);
    assert_string_equal(lesson->name, "valid");
    assert_int_equal(lesson->number, 17);
    assert_string_equal(lesson_text_in(&lesson->title, "zh_CN.UTF-8"), "僵尸进程");
    assert_string_equal(lesson->languages[0], "en");
    assert_string_equal(lesson->languages[1], "zh_CN");
    assert_null(lesson->languages[2]);

    assert_int_equal(lesson->listing_count, 1);
    const struct lesson_listing *listing = lesson_listing(lesson, "zombie.py");
    assert_string_equal(listing->text, "import os\nprint(os.getpid())\n");
    assert_string_equal(listing->prints, "{p}\n");
    assert_string_equal(listing->input, "x\n");
    assert_true(listing->any_order);
    assert_int_equal(listing->status, 3);
    assert_string_equal(listing->needs[1], "cpus>=2");

    assert_int_equal(lesson->step_count, 3);
    const struct lesson_step *step = &lesson->steps[0];
    assert_string_equal(step->acts, "spawn a\na: fork b\n");
    assert_int_equal(step->acts_line, 20);
    assert_string_equal(step->expect, "                \nb exists\nb.ppid = a.pid within 2s\n");
    assert_int_equal(step->expect_line, 23);
    assert_string_equal(lesson_text_in(&step->then, "zh_CN"), "R");
    assert_int_equal(step->marks[0].from, 1);
    assert_int_equal(step->marks[0].to, 2);
    assert_string_equal(step->shell[0], "ps -o stat -p {b.pid}");
    assert_null(step->ask);

    step = &lesson->steps[1];
    assert_string_equal(step->ask->answer, "b.stat[0]");
    assert_int_equal(step->ask->choice_count, 3);
    assert_string_equal(step->ask->choices[1].is, "Z");
    assert_int_equal(step->ask->choices[1].line, 36);
    assert_string_equal(step->ask->choices[2].when, "b gone");
    assert_string_equal(lesson_text_in(&step->ask->choices[2].label, "zh"), "已消失");
    assert_string_equal(step->instead->acts, "b: exit 8\n");
    assert_string_equal(lesson_text_in(&step->otherwise, "en"), "There is one CPU.");
    step = &lesson->steps[2];
    assert_null(step->instead);
    assert_string_equal(lesson_text_in(&step->otherwise, "en"), "Only root can.");
    assert_string_equal(step->acts, "");
    lesson_free(lesson);
    written_end(&written);
}

static void an_alias_stands_for_what_is_marked(void **state)
{
    (void)state;
    static const char text[] =
        "name: alias\ntitle: T\ngoal: G\nsteps:\n"
        "  - say: R\n    needs: [root]\n    do: &acts |\n      spawn a\n"
        "    ask: &ask {question: Q, answer: a.pid, choices: {\"1\": {why: W}, x: {why: V}}}\n"
        "    otherwise: {do: *acts, ask: *ask}\n";
    struct written written;
    struct lesson *lesson = NULL;
    written_begin(&written);
    written_file(&written, "alias.yaml", text, strlen(text));
    lesson_load(&lesson, written_path(&written, "alias.yaml"), &written.problems);
    assert_string_equal(written.told, "");
    const struct lesson_step *instead = lesson->steps[0].instead;
    assert_string_equal(instead->acts, "spawn a\n");
    assert_int_equal(instead->acts_line, 8);
    assert_string_equal(instead->ask->choices[1].is, "x");
    assert_string_equal(lesson_text_in(&instead->ask->choices[1].why, "en"), "V");
    lesson_free(lesson);
    written_end(&written);
}

int main(void)
{
    setlocale(LC_ALL, "C"); /* what a lesson is does not depend on the reader's locale */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(an_alias_stands_for_what_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
