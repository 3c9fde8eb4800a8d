/* Files that nobody would write who means well, or that were cut short: they are refused with a reason, and
 * nothing crashes. */

#include "../unit.h"
#include "base/memory.h"
#include "lesson/yaml_document.h"
#include "valid.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Loads the bytes as valid.yaml, and frees what comes of it. */
static int load(struct written *written, const char *bytes, size_t length)
{
    struct lesson *lesson = NULL;
    written_forget(written);
    written_file(written, "valid.yaml", bytes, length);
    int r = lesson_load(&lesson, written_path(written, "valid.yaml"), &written->problems);
    assert_true(r == 0 ? lesson && !*written->told : !lesson && *written->told);
    lesson_free(lesson);
    return r;
}

static void every_beginning_of_a_lesson(void **state)
{
    (void)state;
    struct written written;
    written_begin(&written);
    for (size_t length = 0; length <= strlen(valid); length++)
        load(&written, valid, length);
    assert_string_equal(written.told, ""); /* the whole of it */
    written_end(&written);
}

/* One byte after the other becomes one that means something to YAML or to a lesson. */
static void every_byte_another(void **state)
{
    (void)state;
    static const char bytes[] = "\0\n\t :-{}[]'\"|>#&*!%@\xff\xc2";
    struct written written;
    char *text = xstrdup(valid);
    written_begin(&written);
    for (size_t i = 0; text[i]; i++) {
        char before = text[i];
        text[i] = bytes[i % (sizeof bytes - 1)];
        load(&written, text, strlen(valid));
        text[i] = before;
    }
    free(text);
    written_end(&written);
}

static char *repeated(const char *head, const char *one, size_t count, const char *tail)
{
    size_t length = strlen(one);
    char *text = xmalloc(strlen(head) + count * length + strlen(tail) + 1), *at = stpcpy(text, head);
    for (size_t i = 0; i < count; i++)
        at = stpcpy(at, one);
    strcpy(at, tail);
    return text;
}

static void assert_refused(struct written *written, char *text, const char *told)
{
    assert_int_equal(load(written, text, strlen(text)), -EINVAL);
    assert_string_equal(written->told, told);
    free(text);
}

static void too_much_of_something(void **state)
{
    (void)state;
    struct written written;
    written_begin(&written);
    assert_refused(&written, repeated("", "[", 100000, ""),
                   "valid.yaml:1:17: too many lists and mappings in each other\n");
    assert_refused(&written, repeated("", "- ", 100000, ""),
                   "valid.yaml:1:33: too many lists and mappings in each other\n");
    assert_refused(&written, repeated("steps:\n", "- {}\n", 1001, ""),
                   "valid.yaml:1002:3: too many entries in one list or mapping\n");
    assert_refused(&written, xstrdup("- x\n"),
                   "valid.yaml:1:1: a mapping (keys with values) is expected here\n");
    assert_refused(&written, xstrdup("# nothing\n"), "valid.yaml:1:1: the file is empty\n");
    char *large = repeated("# ", "x", YAML_FILE_MAX, "\n");
    assert_int_equal(load(&written, large, strlen(large)), -EFBIG);
    assert_string_equal(written.told, "valid.yaml:0:0: File too large\n");
    free(large);
    written_end(&written);
}

/* Each line stands for ten times what the line before does. */
static void aliases_of_aliases(void **state)
{
    (void)state;
    static const char told[] = "too much, or too deep, with all that the aliases stand for\n";
    struct written written;
    char expected[200];
    written_begin(&written);
    snprintf(expected, sizeof expected, "valid.yaml:6:7: %s", told);
    assert_refused(&written, repeated("- &a [x]\n", "- &a [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 8, ""),
                   expected);
    snprintf(expected, sizeof expected, "valid.yaml:16:7: %s", told);
    assert_refused(&written, repeated("- &a [x]\n", "- &a [*a]\n", 20, ""), expected);
    char *one = repeated("- &a ", "x", 100000, "\n");
    snprintf(expected, sizeof expected, "valid.yaml:32:3: %s", told);
    assert_refused(&written, repeated(one, "- *a\n", 999, ""), expected);
    free(one);
    assert_refused(&written, xstrdup("a: &a [*a]\n"),
                   "valid.yaml:1:8: nothing before this is marked so: *NAME wants an &NAME\n");
    written_end(&written);
}

static void too_many_steps(void **state)
{
    (void)state;
    struct written written;
    written_begin(&written);
    assert_refused(
        &written,
        repeated("name: valid\ntitle: T\ngoal: G\nsteps:\n", "  - say: R\n", LESSON_STEPS_MAX + 1, ""),
        "valid.yaml:4:1: there are 9 steps; expected are 1 to 8\n");
    assert_refused(&written, xstrdup("name: valid\ntitle: T\ngoal: G\nsteps: []\n"),
                   "valid.yaml:4:1: there are 0 steps; expected are 1 to 8\n");
    written_end(&written);
}

static void what_is_no_file(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson = NULL;
    written_begin(&written);
    assert_int_equal(lesson_load(&lesson, written_path(&written, "none.yaml"), &written.problems), -ENOENT);
    assert_int_equal(mkdir(written_path(&written, "folder.yaml"), 0700), 0);
    assert_int_equal(lesson_load(&lesson, written_path(&written, "folder.yaml"), &written.problems), -EINVAL);
    assert_int_equal(mkfifo(written_path(&written, "fifo.yaml"), 0600), 0);
    assert_int_equal(lesson_load(&lesson, written_path(&written, "fifo.yaml"), &written.problems), -EINVAL);
    assert_string_equal(written.told, "none.yaml:0:0: No such file or directory\n"
                                      "folder.yaml:0:0: not a plain file\n"
                                      "fifo.yaml:0:0: not a plain file\n");
    assert_int_equal(lesson_load(&lesson, written_path(&written, "none.yaml"), NULL), -ENOENT);
    written_end(&written);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_beginning_of_a_lesson),
        cmocka_unit_test(every_byte_another),
        cmocka_unit_test(too_much_of_something),
        cmocka_unit_test(aliases_of_aliases),
        cmocka_unit_test(too_many_steps),
        cmocka_unit_test(what_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
