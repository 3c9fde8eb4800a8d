#include "../unit.h"
#include "app/completion.h"
#include "app/key_table.h"

#include <string.h>

static void every_key_is_known_and_means_one_thing(void **state)
{
    (void)state;
    for (size_t i = 0; i < key_count; i++)
        for (size_t k = 0; k < KEY_NAMES && key_table[i].keys[k]; k++) {
            int code = keystroke_code(key_table[i].keys[k]);
            assert_int_not_equal(code, KEYSTROKE_NONE);
            assert_ptr_equal(key_find(code), &key_table[i]);
        }
}

static void every_function_key_has_a_letter_too(void **state)
{
    (void)state;
    for (int number = 1; number <= 10; number++) {
        const struct key_row *row = key_find(KEYSTROKE_F0 + number);
        assert_non_null(row);
        bool letter = false;
        for (size_t k = 0; k < KEY_NAMES && row->keys[k]; k++)
            letter = letter || strlen(row->keys[k]) == 1;
        assert_true(letter);
    }
}

/* What htop means by these letters, Forklore does not have yet: they stay free until it does. */
static void letters_that_mean_something_else_in_htop_are_unbound(void **state)
{
    (void)state;
    for (const char *letter = "abeilmpswxY"; *letter; letter++)
        assert_null(key_find(*letter));
}

static void escape_is_bound_to_nothing(void **state)
{
    (void)state;
    assert_null(key_find(KEYSTROKE_ESCAPE));
}

static void what_acts_says_which_command_it_stands_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < key_count; i++)
        if (key_table[i].command)
            assert_true(key_table[i].acts);
}

static const char *complete(const char *text)
{
    static char common[64];
    struct completion completion;
    completion_find(&completion, NULL, text, strlen(text));
    return completion_common(&completion, common, sizeof common);
}

static void commands_are_completed(void **state)
{
    (void)state;
    assert_string_equal(complete("spa"), "spawn ");
    assert_string_equal(complete("a: vf"), "vfork ");
    assert_string_equal(complete("a: fork b; b: _e"), "_exit ");
    assert_string_equal(complete("a: sched ba"), "batch ");
    assert_string_equal(complete("a: ignore SIGTE"), "SIGTERM ");
    assert_string_equal(complete("a: wait"), "wait");
    assert_string_equal(complete("nonsense"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_known_and_means_one_thing),
        cmocka_unit_test(every_function_key_has_a_letter_too),
        cmocka_unit_test(letters_that_mean_something_else_in_htop_are_unbound),
        cmocka_unit_test(escape_is_bound_to_nothing),
        cmocka_unit_test(what_acts_says_which_command_it_stands_for),
        cmocka_unit_test(commands_are_completed),
    };
    return cmocka_run_group_tests_name("app/key_table", tests, NULL, NULL);
}
