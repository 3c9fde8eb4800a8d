#include "../unit.h"
#include "base/memory.h"
#include "lesson/course.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char small[] = "name: %s\nnumber: %d\ntitle: %s\ngoal: What for\nsteps:\n  - say: Read this.\n";

static void write_small(struct written *written, const char *file, const char *name, int number,
                        const char *title)
{
    char *text = xasprintf(small, name, number, title);
    written_file(written, file, text, strlen(text));
    free(text);
}

static void write_text(struct written *written, const char *file, const char *text)
{
    written_file(written, file, text, strlen(text));
}

/* An installed course would come behind what the test writes. */
static bool is_installed(void)
{
    return access(PKGDATADIR "/lessons", F_OK) == 0;
}

/* Only what the test wrote: not what this machine has in /usr/share. */
static void set_folders(const struct written *written)
{
    char *shared = xasprintf("%s/one:relative:%s/two", written->folder, written->folder);
    setenv("XDG_DATA_HOME", written_path(written, "home"), 1);
    setenv("XDG_DATA_DIRS", shared, 1);
    free(shared);
}

static void the_first_of_a_name_counts(void **state)
{
    (void)state;
    if (is_installed())
        skip();
    struct written written;
    struct course *course = NULL;
    written_begin(&written);
    set_folders(&written);
    write_small(&written, "home/forklore/lessons/wait.yaml", "wait", 18, "mine");
    write_small(&written, "one/forklore/lessons/wait.yaml", "wait", 18, "theirs");
    write_small(&written, "one/forklore/lessons/zombie.yaml", "zombie", 17, "Z");
    write_small(&written, "two/forklore/lessons/alone.yaml", "alone", 40, "A");
    write_text(&written, "one/forklore/lessons/wait.zh_CN.yaml", "title: x\n");
    write_text(&written, "one/forklore/lessons/.hidden.yaml", "title: x\n");
    write_text(&written, "one/forklore/lessons/notes.txt", "nothing\n");
    write_text(&written, "one/forklore/lessons/course.yaml",
               "title: C\nparts:\n  - title: {en: P, zh_CN: 部}\n    lessons: [zombie, wait, nowhere]\n"
               "  - title: Q\n    lessons: [wait]\n");
    write_text(&written, "two/forklore/lessons/course.yaml", "title: second\nparts: []\n");
    assert_int_equal(course_load(&course, &written.problems), 0);
    assert_string_equal(written.told, "course.yaml:4:1: there is no lesson 'nowhere'\n"
                                      "course.yaml:6:1: the lesson 'wait' is named twice\n");
    assert_string_equal(lesson_text_in(&course->title, "en"), "C");
    assert_int_equal(course->part_count, 2);
    assert_string_equal(course->lessons[0].name, "zombie");
    assert_int_equal(course->lessons[0].part, 0);
    assert_false(course->lessons[0].of_course);
    assert_string_equal(course->lessons[1].name, "wait");
    assert_string_equal(lesson_text_in(&course->lessons[1].lesson->title, "en"), "mine");
    assert_ptr_equal(course_find(course, "17"), &course->lessons[0]);
    assert_ptr_equal(course_find(course, "wait"), &course->lessons[1]);
    assert_null(course_find(course, "19"));
    assert_null(course_find(course, "17x"));
    assert_null(course_find(course, "-1"));
    assert_null(course_find(course, ""));
    assert_int_equal(course_find(course, "alone")->part, -1);
    course_free(course);
    written_end(&written);
}

static void what_is_wrong_hinders_no_other(void **state)
{
    (void)state;
    if (is_installed())
        skip();
    struct written written;
    struct course *course = NULL;
    written_begin(&written);
    set_folders(&written);
    write_small(&written, "home/forklore/lessons/good.yaml", "good", 1, "G");
    write_small(&written, "home/forklore/lessons/bad.yaml", "worse", 2, "B");
    write_text(&written, "home/forklore/lessons/course.yaml",
               "title: C\nparts:\n  - title: P\n    lesson: [good]\n");
    write_text(&written, "one/forklore/lessons/course.yaml",
               "title: D\nparts:\n  - title: P\n    lessons: [good]\n");
    write_text(&written, "one/forklore/lessons/course.de.yaml", "title: E\nparts:\n  - title: Q\n");
    assert_int_equal(course_load(&course, &written.problems), 0);
    assert_string_equal(written.told,
                        "course.yaml:3:5: 'lessons' is missing\n"
                        "course.yaml:4:5: unknown key 'lesson'; expected one of: title lessons\n"
                        "bad.yaml:1:1: 'name' is to be that of the file: bad\n");
    assert_string_equal(lesson_text_in(&course->title, "en"), "D");
    assert_string_equal(lesson_text_in(&course->title, "de_AT.UTF-8"), "E");
    assert_string_equal(lesson_text_in(&course->parts[0].title, "de"), "Q");
    assert_non_null(course_find(course, "good")->lesson);
    assert_null(course_find(course, "bad")->lesson);
    course_free(course);
    written_end(&written);
}

static void where_nothing_is_there_is_no_course(void **state)
{
    (void)state;
    if (is_installed())
        skip();
    struct written written;
    struct course *course = NULL;
    written_begin(&written);
    set_folders(&written);
    assert_int_equal(course_load(&course, &written.problems), -ENOENT);
    assert_null(course);
    written_end(&written);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_a_name_counts),
        cmocka_unit_test(what_is_wrong_hinders_no_other),
        cmocka_unit_test(where_nothing_is_there_is_no_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
