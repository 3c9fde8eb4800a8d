#include "../unit.h"
#include "base/memory.h"
#include "model/paragraph.h"

#include <locale.h>
#include <stdlib.h>

static void assert_lines(const char *text, int width, const char *expected)
{
    char *lines = xstrdup("");
    for (size_t taken, length; (taken = paragraph_next(text, width, &length)) > 0; text += taken) {
        char *longer = xasprintf("%s%.*s|", lines, (int)length, text);
        free(lines);
        lines = longer;
    }
    assert_string_equal(lines, expected);
    free(lines);
}

static void lines_end_at_blanks(void **state)
{
    (void)state;
    assert_lines("one two three", 13, "one two three|");
    assert_lines("one two three", 12, "one two|three|");
    assert_lines("one two three", 7, "one two|three|");
    assert_lines("one   two", 4, "one|two|");
    assert_lines("one ", 10, "one|");
    assert_lines("", 10, "");
}

static void words_too_long_are_cut(void **state)
{
    (void)state;
    assert_lines("abcdefgh ij", 3, "abc|def|gh|ij|");
    assert_lines("进", 1, "进|");
}

static void a_newline_ends_a_line(void **state)
{
    (void)state;
    assert_lines("one\ntwo three\n\nfour", 5, "one|two|three||four|");
}

static void chinese_breaks_between_characters_but_not_before_a_full_stop(void **state)
{
    (void)state;
    assert_lines("它已经结束。再见", 6, "它已经|结束。|再见|");
    assert_lines("它已经。再见", 6, "它已|经。再|见|");
    assert_lines("进程 a 结束", 7, "进程 a|结束|");
    assert_lines("退出「码」了", 6, "退出|「码」|了|");
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_blanks),
        cmocka_unit_test(words_too_long_are_cut),
        cmocka_unit_test(a_newline_ends_a_line),
        cmocka_unit_test(chinese_breaks_between_characters_but_not_before_a_full_stop),
    };
    return cmocka_run_group_tests_name("model/paragraph", tests, NULL, NULL);
}
