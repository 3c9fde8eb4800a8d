#include "../unit.h"
#include "base/text.h"

#include <locale.h>
#include <string.h>

static void hostile_characters_become_question_marks(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } cases[] = {
        { "plain", "plain" },
        { "a\033[31mred", "a?[31mred" },
        { "tab\there\nthere\x7f", "tab?here?there?" },
        { "c1 \xc2\x9b" "31m", "c1 ?31m" },
        { "turn \xe2\x80\xae" "round", "turn ?round" },
        { "zero\xe2\x80\x8bwidth", "zero?width" },
        { "line\xe2\x80\xa8sep", "line?sep" },
        { "bad \xff\xfe byte", "bad ?? byte" },
        { "cut \xe5\x83", "cut ??" },
        { "僵尸进程", "僵尸进程" },
        { "e\xcc\x81", "e\xcc\x81" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char clean[64];
        assert_string_equal(text_clean(clean, sizeof clean, cases[i].from), cases[i].to);
        assert_true(text_is_clean(clean));
        assert_int_equal(text_is_clean(cases[i].from), strcmp(cases[i].from, cases[i].to) == 0);
    }
}

static void cleaning_cuts_between_characters(void **state)
{
    (void)state;
    char clean[5];
    assert_string_equal(text_clean(clean, sizeof clean, "僵尸"), "僵");
    assert_string_equal(text_clean(clean, sizeof clean, "abcdef"), "abcd");
}

static void width_counts_cells_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("僵尸"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1);
    assert_int_equal(text_width("├─"), 2);
    assert_int_equal(text_width("\xff"), 1);
}

static void fitting_never_halves_a_wide_character(void **state)
{
    (void)state;
    int width;
    assert_int_equal(text_fit("僵尸", 3, &width), 3);
    assert_int_equal(width, 2);
    assert_int_equal(text_fit("e\xcc\x81x", 1, &width), 3);
    assert_int_equal(width, 1);
    assert_int_equal(text_fit("abc", 9, NULL), 3);
}

static void skipping_tells_the_blank_for_half_a_character(void **state)
{
    (void)state;
    int missing;
    assert_int_equal(text_skip("僵尸", 1, &missing), 3);
    assert_int_equal(missing, 1);
    assert_int_equal(text_skip("e\xcc\x81x", 1, &missing), 3);
    assert_int_equal(missing, 0);
    assert_int_equal(text_skip("ab", 9, &missing), 2);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_characters_become_question_marks),
        cmocka_unit_test(cleaning_cuts_between_characters),
        cmocka_unit_test(width_counts_cells_not_bytes),
        cmocka_unit_test(fitting_never_halves_a_wide_character),
        cmocka_unit_test(skipping_tells_the_blank_for_half_a_character),
    };
    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
