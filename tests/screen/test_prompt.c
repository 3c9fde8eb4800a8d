#include "../unit.h"
#include "screen/prompt.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static enum prompt_answer press(struct prompt *prompt, int code)
{
    return prompt_key(prompt, &(struct keystroke){ .code = code });
}

static void type(struct prompt *prompt, const char *text)
{
    while (*text)
        press(prompt, *text++);
}

static void typing_goes_where_the_cursor_is(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt, ":", "", NULL);
    type(&prompt, "sawn");
    press(&prompt, KEYSTROKE_HOME);
    press(&prompt, KEYSTROKE_RIGHT);
    type(&prompt, "p");
    assert_string_equal(prompt.text, "spawn");
    press(&prompt, KEYSTROKE_END);
    press(&prompt, KEYSTROKE_BACKSPACE);
    press(&prompt, KEYSTROKE_CTRL('a'));
    press(&prompt, KEYSTROKE_DELETE);
    assert_string_equal(prompt.text, "paw");
    press(&prompt, KEYSTROKE_END);
    type(&prompt, " one two");
    press(&prompt, KEYSTROKE_CTRL('w'));
    assert_string_equal(prompt.text, "paw one ");
    press(&prompt, KEYSTROKE_CTRL('u'));
    assert_string_equal(prompt.text, "");
}

static void characters_are_not_bytes(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt, ":", "", NULL);
    press(&prompt, 0x50f5);
    press(&prompt, 0x5c38);
    assert_string_equal(prompt.text, "僵尸");
    press(&prompt, KEYSTROKE_LEFT);
    press(&prompt, KEYSTROKE_BACKSPACE);
    assert_string_equal(prompt.text, "尸");
    press(&prompt, 0x202e); /* turns the text round: not taken */
    assert_string_equal(prompt.text, "尸");
}

static void the_history_comes_back(void **state)
{
    (void)state;
    struct prompt_history history = { 0 };
    struct prompt prompt;
    for (int i = 0; i < 2; i++) {
        prompt_init(&prompt, ":", "", &history);
        type(&prompt, i ? "second" : "first");
        assert_int_equal(press(&prompt, KEYSTROKE_ENTER), PROMPT_DONE);
    }
    prompt_init(&prompt, ":", "", &history);
    press(&prompt, KEYSTROKE_UP);
    assert_string_equal(prompt.text, "second");
    press(&prompt, KEYSTROKE_UP);
    press(&prompt, KEYSTROKE_UP);
    assert_string_equal(prompt.text, "first");
    press(&prompt, KEYSTROKE_DOWN);
    press(&prompt, KEYSTROKE_DOWN);
    assert_string_equal(prompt.text, "");
    prompt_history_release(&history);
}

static void what_was_typed_outlives_a_look_into_the_history(void **state)
{
    (void)state;
    struct prompt_history history = { 0 };
    struct prompt prompt;
    prompt_init(&prompt, ":", "", &history);
    type(&prompt, "draft");
    assert_int_equal(press(&prompt, KEYSTROKE_UP), PROMPT_OPEN); /* there is nothing to recall */
    assert_string_equal(prompt.text, "draft");
    prompt_history_add(&history, "before");
    assert_int_equal(press(&prompt, KEYSTROKE_UP), PROMPT_CHANGED);
    assert_string_equal(prompt.text, "before");
    press(&prompt, KEYSTROKE_DOWN);
    assert_string_equal(prompt.text, "draft");
    press(&prompt, KEYSTROKE_DOWN);
    assert_string_equal(prompt.text, "draft");
    prompt_history_release(&history);
}

static void the_history_is_bounded(void **state)
{
    (void)state;
    struct prompt_history history = { 0 };
    char line[16];
    for (int i = 0; i < PROMPT_HISTORY + 5; i++) {
        snprintf(line, sizeof line, "line %d", i);
        prompt_history_add(&history, line);
    }
    prompt_history_add(&history, line);
    prompt_history_add(&history, "");
    assert_int_equal(history.count, PROMPT_HISTORY);
    assert_string_equal(history.lines[0], "line 5");
    prompt_history_release(&history);
}

static void a_pasted_line_end_does_not_enter_the_line(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt, ":", "spawn a", NULL);
    assert_int_equal(prompt_key(&prompt, &(struct keystroke){ .code = KEYSTROKE_ENTER, .pasted = true }),
                     PROMPT_CHANGED);
    assert_string_equal(prompt.text, "spawn a;");
    assert_int_equal(prompt_key(&prompt, &(struct keystroke){ .code = KEYSTROKE_TAB, .pasted = true }),
                     PROMPT_CHANGED);
    assert_string_equal(prompt.text, "spawn a; ");
}

static void a_long_line_never_overflows(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt, ":", "", NULL);
    for (int i = 0; i < 2 * PROMPT_SIZE; i++)
        press(&prompt, 'x');
    assert_true(strlen(prompt.text) < PROMPT_SIZE);
}

static void escape_cancels_and_typing_takes_an_error_away(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt, ":", "", NULL);
    prompt_fail(&prompt, 3, "no such thing");
    type(&prompt, "x");
    assert_string_equal(prompt.error, "");
    assert_int_equal(press(&prompt, KEYSTROKE_ESCAPE), PROMPT_CANCELLED);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_goes_where_the_cursor_is),
        cmocka_unit_test(characters_are_not_bytes),
        cmocka_unit_test(the_history_comes_back),
        cmocka_unit_test(what_was_typed_outlives_a_look_into_the_history),
        cmocka_unit_test(the_history_is_bounded),
        cmocka_unit_test(a_pasted_line_end_does_not_enter_the_line),
        cmocka_unit_test(a_long_line_never_overflows),
        cmocka_unit_test(escape_cancels_and_typing_takes_an_error_away),
    };
    return cmocka_run_group_tests_name("screen/prompt", tests, NULL, NULL);
}
