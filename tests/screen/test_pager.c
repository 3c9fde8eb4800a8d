#include "../unit.h"
#include "screen/pager.h"

#include <locale.h>
#include <string.h>

/* All lines of a text beside a head, each ended by "|". */
static const char *wrap(const char *head, const char *text, int width)
{
    static char lines[512];
    struct pager pager;
    pager_init(&pager, "Title");
    pager_add_hanging(&pager, head, text);
    pager_fit(&pager, width);
    lines[0] = '\0';
    for (size_t i = 0; i < pager.count; i++) {
        strcat(lines, pager.lines[i].text);
        strcat(lines, "|");
    }
    pager_release(&pager);
    return lines;
}

static void lines_break_between_words(void **state)
{
    (void)state;
    assert_string_equal(wrap("", "one two three", 20), "one two three|");
    assert_string_equal(wrap("", "one two three", 8), "one two|three|");
    assert_string_equal(wrap("", "one two three", 7), "one two|three|");
    assert_string_equal(wrap("", "one two three", 6), "one|two|three|");
    assert_string_equal(wrap("", "", 6), "|");
}

static void a_word_that_is_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    assert_string_equal(wrap("", "abcdefgh", 3), "abc|def|gh|");
    assert_string_equal(wrap("", "\u50f5\u5c38", 3), "\u50f5|\u5c38|");
    assert_string_equal(wrap("", "\u50f5\u5c38", 0), "\u50f5|\u5c38|");
}

static void the_text_hangs_beside_its_head(void **state)
{
    (void)state;
    assert_string_equal(wrap("F5 t  ", "tree or list", 14), "F5 t  tree or|      list|");
    assert_string_equal(wrap("\u952e ", "ab cd", 6), "\u952e ab|   cd|");
}

static void where_the_head_takes_most_the_text_stands_below(void **state)
{
    (void)state;
    assert_string_equal(wrap("Backspace  ", "fold into the parent", 18),
                        "Backspace  |  fold into the|  parent|");
}

static void a_new_width_keeps_the_place(void **state)
{
    (void)state;
    struct pager pager;
    pager_init(&pager, "Title");
    pager_add(&pager, "Heading", true);
    pager_add_wrapped(&pager, "one two three four");
    pager_add_wrapped(&pager, "five six");
    pager_fit(&pager, 5);
    assert_int_equal(pager.count, 7);
    pager.top = 5;
    pager_fit(&pager, 40);
    assert_int_equal(pager.count, 3);
    assert_int_equal(pager.top, 2);
    assert_string_equal(pager.lines[pager.top].text, "five six");
    pager_release(&pager);
}

static void keys_scroll_no_further_than_there_is_text(void **state)
{
    (void)state;
    struct pager pager;
    pager_init(&pager, "Title");
    for (int i = 0; i < 10; i++)
        pager_add(&pager, "line", false);
    pager_fit(&pager, 80);
    assert_true(pager_key(&pager, &(struct keystroke){ .code = KEYSTROKE_END }, 5));
    assert_int_equal(pager.top, 6); /* four lines below the title */
    assert_true(pager_key(&pager, &(struct keystroke){ .code = KEYSTROKE_PAGE_UP }, 5));
    assert_int_equal(pager.top, 3);
    assert_true(pager_key(&pager, &(struct keystroke){ 'x', .pasted = true }, 5));
    assert_false(pager_key(&pager, &(struct keystroke){ .code = 'q' }, 5));
    pager_release(&pager);
}

int main(void)
{
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(a_word_that_is_too_long_is_cut_between_characters),
        cmocka_unit_test(the_text_hangs_beside_its_head),
        cmocka_unit_test(where_the_head_takes_most_the_text_stands_below),
        cmocka_unit_test(a_new_width_keeps_the_place),
        cmocka_unit_test(keys_scroll_no_further_than_there_is_text),
    };
    return cmocka_run_group_tests_name("screen/pager", tests, NULL, NULL);
}
