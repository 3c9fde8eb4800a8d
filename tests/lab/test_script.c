#include "../unit.h"
#include "lab/script.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

static struct script *parse(const char *source)
{
    struct script *script = NULL;
    struct lab_error error = { 0 };
    if (script_parse(&script, source, &error) < 0)
        fail_msg("%s: %d:%d: %s", source, error.line, error.column, error.text);
    return script;
}

static void a_line_is_actor_verb_and_arguments(void **state)
{
    (void)state;
    struct script *script =
        parse("  spawn a\na: fork b count=3 # two\n\n  b:exit 7 ;; a: waitpid b WNOHANG;\n");
    assert_int_equal(script->count, 4);

    const struct script_command *spawn = &script->commands[0];
    assert_null(spawn->actor.text);
    assert_string_equal(spawn->verb.text, "spawn");
    assert_int_equal(spawn->line, 1);
    assert_int_equal(spawn->verb.column, 3);
    assert_int_equal(spawn->arg_count, 1);
    assert_string_equal(spawn->args[0].text, "a");
    assert_int_equal(spawn->args[0].column, 9);

    const struct script_command *fork = &script->commands[1];
    assert_string_equal(fork->source, "a: fork b count=3");
    assert_string_equal(fork->actor.text, "a");
    assert_int_equal(fork->line, 2);
    assert_int_equal(fork->arg_count, 2);
    assert_string_equal(script_option(&fork->args[1], "count"), "3");
    assert_null(script_option(&fork->args[1], "cou"));
    assert_null(script_option(&fork->args[0], "count"));

    const struct script_command *exit = &script->commands[2];
    assert_string_equal(exit->actor.text, "b");
    assert_string_equal(exit->verb.text, "exit");
    assert_int_equal(exit->line, 4);
    assert_int_equal(exit->verb.column, 5);

    assert_string_equal(script->commands[3].source, "a: waitpid b WNOHANG");
    script_free(script);
}

static void quotes_hold_blanks_separators_and_escapes(void **state)
{
    (void)state;
    struct script *script =
        parse("a: write \"a b;#\\\"\\\\\\n\\x1b\" file=\"x y\" ^Z\\. b#1 \"count=3\" \"\"");
    const struct script_command *write = &script->commands[0];
    assert_int_equal(write->arg_count, 6);
    assert_string_equal(write->args[0].text, "a b;#\"\\\n\033");
    assert_true(write->args[0].quoted);
    assert_string_equal(script_option(&write->args[1], "file"), "x y");
    assert_string_equal(write->args[2].text, "^Z\\.");
    assert_false(write->args[2].quoted);
    assert_string_equal(write->args[3].text, "b#1");
    assert_null(script_option(&write->args[4], "count"));
    assert_string_equal(write->args[5].text, "");
    script_free(script);
}

static void columns_count_characters(void **state)
{
    (void)state;
    struct script *script = parse("a: say 僵尸 é next");
    assert_int_equal(script->commands[0].args[1].column, 11);
    assert_int_equal(script->commands[0].args[2].column, 13);
    script_free(script);
}

static void nothing_is_a_script_too(void **state)
{
    (void)state;
    static const char *const sources[] = { "", "\n\n", " \t", "# all\r\n  # comment", ";;;" };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct script *script = parse(sources[i]);
        assert_int_equal(script->count, 0);
        script_free(script);
    }
}

static void a_mistake_is_named_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int line, column;
        const char *says;
    } cases[] = {
        { "spawn a\na: write \"open", 2, 10, "not closed" },
        { "a: write \"open\nx\"", 1, 10, "not closed" },
        { "a: write \"僵\\q\"", 1, 12, "backslash" },
        { "a: write \"\\x4", 1, 11, "hexadecimal" },
        { "a: write \"\\x00\"", 1, 11, "\\x00" },
        { "spawn a; B: fork", 1, 10, "'B'" },
        { "seventeen-letters: fork", 1, 1, "seventeen-letters" },
        { "9a: fork", 1, 1, "9a" },
        { ": fork", 1, 1, "no actor's name" },
        { "a:", 1, 3, "'a:'" },
        { "a:  # nothing", 1, 5, "'a:'" },
        { "\n  \"spawn\" a", 2, 3, "spawn" },
        { "a: f\033k", 1, 4, "'f?k'" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct script *untouched = (struct script *)&cases, *script = untouched;
        struct lab_error error = { 0 };
        assert_int_equal(script_parse(&script, cases[i].source, &error), -EINVAL);
        assert_ptr_equal(script, untouched);
        assert_int_equal(error.line, cases[i].line);
        assert_int_equal(error.column, cases[i].column);
        assert_non_null(strstr(error.text, cases[i].says));
    }
}

static void names_are_short_and_plain(void **state)
{
    (void)state;
    assert_true(script_is_name("a"));
    assert_true(script_is_name("a2_b-c"));
    assert_true(script_is_name("fifteen-letters"));
    assert_false(script_is_name("sixteen-letters1"));
    assert_false(script_is_name(""));
    assert_false(script_is_name("A"));
    assert_false(script_is_name("-a"));
    assert_false(script_is_name("a b"));
    assert_false(script_is_name("é"));
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_actor_verb_and_arguments),
        cmocka_unit_test(quotes_hold_blanks_separators_and_escapes),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(nothing_is_a_script_too),
        cmocka_unit_test(a_mistake_is_named_with_line_and_column),
        cmocka_unit_test(names_are_short_and_plain),
    };
    return cmocka_run_group_tests_name("lab/script", tests, NULL, NULL);
}
