/* Texts in several languages, and the kernel's values in them. */
#include "../unit.h"

#include "lesson/lesson_text.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void assert_tidy(const char *value, const char *wanted)
{
    struct lesson_text text = { .variants = NULL };
    lesson_text_set(&text, "en", value);
    assert_string_equal(lesson_text_in(&text, "en"), wanted);
    lesson_text_release(&text);
}

static void is_tidied(void **state)
{
    (void)state;
    assert_tidy("  a  forks\tb. \n\n", "a forks b.");
    assert_tidy("one \n two", "one\ntwo");
    assert_tidy("父进程 结束", "父进程结束");
    assert_tidy("a 调用 fork", "a 调用 fork");
    assert_tidy("退出码是 7； a 继续， b 结束。 c （PID） 4313 「x」 y",
                "退出码是 7；a 继续，b 结束。c（PID）4313「x」y");
    assert_tidy("a; b, c. (d)", "a; b, c. (d)");
}

static void is_chosen_by_locale(void **state)
{
    (void)state;
    struct lesson_text text = { .variants = NULL };
    assert_true(lesson_text_is_empty(&text));
    assert_string_equal(lesson_text_in(&text, "en"), "");
    lesson_text_set(&text, "zh_CN", "僵尸");
    assert_string_equal(lesson_text_in(&text, "de_DE.UTF-8"), "僵尸"); /* the first, without English */
    lesson_text_set(&text, "en", "zombie");
    assert_string_equal(lesson_text_in(&text, "zh_CN.UTF-8"), "僵尸");
    assert_string_equal(lesson_text_in(&text, "zh_TW"), "僵尸");
    assert_string_equal(lesson_text_in(&text, "de_DE.UTF-8"), "zombie");
    assert_string_equal(lesson_text_in(&text, ""), "zombie");
    lesson_text_set(&text, "en", "a zombie");
    assert_string_equal(lesson_text_in(&text, "en_GB"), "a zombie");
    lesson_text_release(&text);
}

static void read_term(void *data, const char *term, char *ret, size_t size)
{
    (void)data;
    snprintf(ret, size, "<%s>", term);
}

static void assert_filled(const char *text, const char *wanted)
{
    char *filled = lesson_text_fill(text, read_term, NULL);
    assert_string_equal(filled, wanted);
    free(filled);
}

static void has_values_in_it(void **state)
{
    (void)state;
    assert_filled("", "");
    assert_filled("{b.pid}", "<b.pid>");
    assert_filled("{a.arr[2]} and {p.child[0].stat}.", "<a.arr[2]> and <p.child[0].stat>.");
    assert_filled("{name: ip} {} {b} {b.} {.pid} {B.pid} {b.pid",
                  "{name: ip} {} {b} {b.} {.pid} {B.pid} {b.pid");
    assert_filled("{{b.pid}}", "{<b.pid>}");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_tidied),
        cmocka_unit_test(is_chosen_by_locale),
        cmocka_unit_test(has_values_in_it),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
