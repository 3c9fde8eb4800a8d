#include "../unit.h"
#include "app/command_hint.h"
#include "app/completion.h"
#include "app/key_table.h"

#include <stdio.h>
#include <string.h>

static void check_keys(const struct key_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t k = 0; k < KEY_NAMES && table->rows[i].keys[k]; k++) {
            int code = keystroke_code(table->rows[i].keys[k]);
            assert_int_not_equal(code, KEYSTROKE_NONE);
            assert_ptr_equal(key_find_in(table, code), &table->rows[i]);
        }
}

static void every_key_is_known_and_means_one_thing(void **state)
{
    (void)state;
    check_keys(&tree_keys);
    check_keys(&lesson_keys);
}

/* What a key means in the tree, it means in a lesson, or it is one of those that a lesson needs for itself.
 */
static void a_lesson_keeps_the_meaning_of_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < lesson_keys.count; i++)
        for (size_t k = 0; k < KEY_NAMES && lesson_keys.rows[i].keys[k]; k++) {
            const char *name = lesson_keys.rows[i].keys[k];
            const struct key_row *tree = key_find(keystroke_code(name));
            if (tree && tree->run != lesson_keys.rows[i].run && strlen(name) == 1)
                assert_non_null(strchr("01234JNqv", *name));
        }
}

static void digits_in_a_row_are_named_by_their_ends(void **state)
{
    (void)state;
    char text[32];
    assert_string_equal(key_names(text, sizeof text, key_find('5')), "0-9");
    assert_string_equal(key_names(text, sizeof text, key_find_in(&lesson_keys, '2')), "1-4");
    assert_string_equal(key_bar_name(text, sizeof text, key_find_in(&lesson_keys, '2')), "1-4");
    assert_string_equal(key_names(text, sizeof text, key_find_in(&lesson_keys, '0')), "0");
    assert_string_equal(key_names(text, sizeof text, key_find('[')), "F8 [");
    assert_string_equal(key_bar_name(text, sizeof text, key_find('[')), "F8");
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
    for (const char *letter = "abeilmpswxY"; *letter; letter++) {
        assert_null(key_find(*letter));
        assert_null(key_find_in(&lesson_keys, *letter));
    }
    for (const char *letter = "WXRA()"; *letter; letter++) /* pictures, recordings, time */
        assert_null(key_find_in(&lesson_keys, *letter));
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

static void arguments_are_completed_by_their_rule(void **state)
{
    (void)state;
    assert_string_equal(complete("a:fork"), "fork ");
    assert_string_equal(complete("a: fork b cou"), "count=");
    assert_string_equal(complete("a: fork count=2 cou"), "");
    assert_string_equal(complete("a: waitpid -"), "-1 ");
    assert_string_equal(complete("a: waitpid -1 WN"), "WNOHANG ");
    assert_string_equal(complete("a: let x "), "= ");
    assert_string_equal(complete("a: exec echo \"a; b: cp\" # a: fo"), "");
    assert_string_equal(complete("expect la"), "lab.");
    assert_string_equal(complete("expect lab.z"), "lab.zombies ");
    assert_string_equal(complete("expect a.child[0].sta"), "a.child[0].stat");
    assert_string_equal(complete("expect a ex"), "exists ");
    assert_string_equal(complete("expect a gone wi"), "within ");
    assert_string_equal(complete("expect a.ni = 5 wi"), "within ");
}

static void what_has_no_room_is_listed_next(void **state)
{
    (void)state;
    struct completion completion = { .candidates = { "a.one", "a.two", "a.three" }, .count = 3, .known = 2 };
    char text[40];
    assert_int_equal(completion_list(&completion, 0, 13, text, sizeof text), 2);
    assert_string_equal(text, "one  two  ...");
    assert_int_equal(completion_list(&completion, 2, 13, text, sizeof text), 3);
    assert_string_equal(text, "three");
    assert_int_equal(completion_list(&completion, 0, 2, text, sizeof text), 1);
    assert_int_equal(completion_list(&completion, 0, 15, text, sizeof text), 3);
    assert_string_equal(text, "one  two  three");
}

static const char *marked(const char *text, size_t cursor)
{
    static char part[160];
    struct command_hint hint;
    command_hint_find(&hint, text, cursor);
    snprintf(part, sizeof part, "%.*s", (int)(hint.marked_to - hint.marked), hint.usage + hint.marked);
    return part;
}

static void the_argument_under_the_cursor_is_marked(void **state)
{
    (void)state;
    const char *text = "a: add x 5 times=3; spawn b cpu=1";
    assert_string_equal(marked(text, 4), "");
    assert_string_equal(marked(text, 7), "NAME|NAME[I]");
    assert_string_equal(marked(text, 10), "N");
    assert_string_equal(marked(text, 12), "[times=K]");
    assert_string_equal(marked(text, strlen(text)), "[cpu=N]");
    assert_string_equal(marked("a: thread exit", 14), "[exit-leader]");
    assert_string_equal(marked("expect a.ni = 5", 15), "TERM");
    assert_string_equal(marked("expect a.ni ", 12), "OP");
    assert_string_equal(marked("a: stop now", 11), "");
    assert_string_equal(marked("# a: fork b", 11), "");
}

static const char *part_of(const char *usage, size_t index)
{
    static char part[160];
    size_t from = 0, to = 0;
    struct command row = { .usage = usage,
                           .arguments = { { .kind = ARGUMENT_NEW_THING },
                                          { .kind = ARGUMENT_EQUALS, .optional = true },
                                          { .kind = ARGUMENT_VALUE, .optional = true },
                                          { .kind = ARGUMENT_NUMBER, .key = "count", .optional = true },
                                          { .kind = ARGUMENT_SPAN, .lead = "for" } } };
    command_usage_find(&row, &row.arguments[index], &from, &to);
    snprintf(part, sizeof part, "%.*s", (int)(to - from), usage + from);
    return part;
}

static void usages_are_read_as_people_read_them(void **state)
{
    (void)state;
    assert_string_equal(part_of("NAME [= VALUE] for T [count=N]", 0), "NAME");
    assert_string_equal(part_of("NAME [= VALUE] for T [count=N]", 1), "[=");
    assert_string_equal(part_of("NAME [= VALUE] for T [count=N]", 2), "VALUE]");
    assert_string_equal(part_of("NAME [= VALUE] for T [count=N]", 3), "[count=N]");
    assert_string_equal(part_of("NAME [= VALUE] for T [count=N]", 4), "for T");
    assert_string_equal(part_of("NAME [for T] = VALUE|NAME X", 4), "[for T]");
    assert_string_equal(part_of("NAME|NAME[I] [=] VALUE", 0), "NAME|NAME[I]");
    assert_string_equal(part_of("NAME [=]|NAME VALUE", 2), "");
}

static void every_argument_has_its_place_in_the_usage(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count; i++)
        for (size_t r = 0; r < COMMAND_RULES_MAX && command_table[i].arguments[r].kind; r++) {
            const struct argument_rule *rule = &command_table[i].arguments[r];
            size_t from, to;
            if (rule->kind == ARGUMENT_EXPECTATION)
                continue;
            if (!command_usage_find(&command_table[i], rule, &from, &to))
                fail_msg("%s: the usage \"%s\" lacks argument %zu", command_table[i].verb,
                         command_table[i].usage, r + 1);
            assert_true(from < to && to <= strlen(command_table[i].usage));
        }
}

/* The cursor is anywhere in anything. */
static void any_text_is_looked_at_safely(void **state)
{
    (void)state;
    static const char *const texts[] = { "\"",
                                         "a: \"\\",
                                         ";;;",
                                         ":",
                                         "a:::",
                                         "=",
                                         "expect a.child[",
                                         "a: list x = [1,",
                                         "a: exec \"x\\\" y",
                                         "\xe5\x83: \xe5",
                                         "#",
                                         "a: fork count=" };
    struct completion completion;
    struct command_hint hint;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t cursor = 0; cursor <= strlen(texts[i]); cursor++) {
            completion_find(&completion, NULL, texts[i], cursor);
            assert_true(completion.from <= cursor);
            command_hint_find(&hint, texts[i], cursor);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_known_and_means_one_thing),
        cmocka_unit_test(a_lesson_keeps_the_meaning_of_letters),
        cmocka_unit_test(digits_in_a_row_are_named_by_their_ends),
        cmocka_unit_test(every_function_key_has_a_letter_too),
        cmocka_unit_test(letters_that_mean_something_else_in_htop_are_unbound),
        cmocka_unit_test(escape_is_bound_to_nothing),
        cmocka_unit_test(what_acts_says_which_command_it_stands_for),
        cmocka_unit_test(commands_are_completed),
        cmocka_unit_test(arguments_are_completed_by_their_rule),
        cmocka_unit_test(what_has_no_room_is_listed_next),
        cmocka_unit_test(the_argument_under_the_cursor_is_marked),
        cmocka_unit_test(usages_are_read_as_people_read_them),
        cmocka_unit_test(every_argument_has_its_place_in_the_usage),
        cmocka_unit_test(any_text_is_looked_at_safely),
    };
    return cmocka_run_group_tests_name("app/key_table", tests, NULL, NULL);
}
