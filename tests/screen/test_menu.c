#include "../unit.h"
#include "screen/menu.h"

static enum menu_answer press(struct menu *menu, int code)
{
    return menu_key(menu, &(struct keystroke){ .code = code });
}

static int set_up(void **state)
{
    static struct menu menu;
    menu_init(&menu, "Signals");
    menu_add(&menu, 1, "SIGHUP", NULL, NULL);
    menu_add(&menu, 9, "SIGKILL", "ends it", NULL);
    menu_add(&menu, 15, "SIGTERM", NULL, NULL);
    menu_add(&menu, 19, "SIGSTOP", NULL, "not now");
    menu.rows = (struct area){ 5, 10, 3, 20 }; /* one item is below what is on screen */
    *state = &menu;
    return 0;
}

static int tear_down(void **state)
{
    menu_release(*state);
    return 0;
}

static void keys_stop_at_both_ends(void **state)
{
    struct menu *menu = *state;
    press(menu, KEYSTROKE_UP);
    assert_int_equal(menu_current(menu)->value, 1);
    press(menu, KEYSTROKE_PAGE_DOWN);
    assert_int_equal(menu_current(menu)->value, 19);
    press(menu, KEYSTROKE_UP);
    assert_int_equal(menu_current(menu)->value, 15);
    assert_int_equal(press(menu, KEYSTROKE_ENTER), MENU_CHOSEN);
    assert_int_equal(press(menu, KEYSTROKE_ESCAPE), MENU_CANCELLED);
}

static void letters_find_an_item(void **state)
{
    struct menu *menu = *state;
    press(menu, 't');
    assert_int_equal(menu_current(menu)->value, 15);
    press(menu, 'o');
    assert_int_equal(menu_current(menu)->value, 19);
    press(menu, 'k'); /* "tok" leads nowhere, so a new word begins */
    assert_int_equal(menu_current(menu)->value, 9);
}

static void what_is_refused_is_not_chosen(void **state)
{
    struct menu *menu = *state;
    press(menu, KEYSTROKE_END);
    assert_int_equal(press(menu, KEYSTROKE_ENTER), MENU_OPEN);
    menu->top = 1;
    assert_int_equal(menu_key(menu, &(struct keystroke){ KEYSTROKE_CLICK, .line = 7, .column = 10 }),
                     MENU_OPEN);
    assert_int_equal(menu_current(menu)->value, 19);
}

static void a_second_click_takes_the_item(void **state)
{
    struct menu *menu = *state;
    struct keystroke click = { KEYSTROKE_CLICK, .line = 6, .column = 29 };
    assert_int_equal(menu_key(menu, &click), MENU_OPEN);
    assert_int_equal(menu_current(menu)->value, 9);
    assert_int_equal(menu_key(menu, &click), MENU_CHOSEN);
    struct keystroke beside[] = { { KEYSTROKE_CLICK, .line = 6, .column = 30 },
                                  { KEYSTROKE_CLICK, .line = 6, .column = 9 },
                                  { KEYSTROKE_CLICK, .line = 4, .column = 12 },
                                  { KEYSTROKE_CLICK, .line = 8, .column = 12 } };
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        assert_int_equal(menu_key(menu, &beside[i]), MENU_OPEN);
    assert_int_equal(menu_current(menu)->value, 9);
}

static void space_and_a_click_turn_a_mark_over(void **state)
{
    struct menu *menu = *state;
    menu->checks = true;
    assert_int_equal(press(menu, ' '), MENU_TOGGLED);
    assert_true(menu_current(menu)->checked);
    assert_int_equal(menu_key(menu, &(struct keystroke){ KEYSTROKE_CLICK, .line = 5, .column = 10 }),
                     MENU_TOGGLED);
    assert_false(menu_current(menu)->checked);
}

static void headings_are_passed_over(void **state)
{
    (void)state;
    struct menu menu;
    menu_init(&menu, "Commands");
    assert_null(menu_current(&menu));
    menu_add_heading(&menu, "Life");
    menu_add(&menu, 1, "fork", NULL, NULL);
    menu_add_heading(&menu, "Forms of waiting");
    menu_add(&menu, 2, "xwait", NULL, NULL);
    menu_add(&menu, 3, "waitpid", NULL, NULL);
    assert_int_equal(menu_current(&menu)->value, 1);
    press(&menu, KEYSTROKE_UP);
    assert_int_equal(menu_current(&menu)->value, 1);
    press(&menu, KEYSTROKE_DOWN);
    assert_int_equal(menu_current(&menu)->value, 2);
    press(&menu, KEYSTROKE_HOME);
    assert_int_equal(menu_current(&menu)->value, 1);
    press(&menu, 'w'); /* the beginning of a word before any other place, and no heading */
    assert_int_equal(menu_current(&menu)->value, 3);
    menu.rows = (struct area){ 5, 10, 5, 20 };
    menu_key(&menu, &(struct keystroke){ KEYSTROKE_CLICK, .line = 7, .column = 10 });
    assert_int_equal(menu_current(&menu)->value, 3);
    menu_release(&menu);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_stop_at_both_ends),
        TEST(letters_find_an_item),
        TEST(what_is_refused_is_not_chosen),
        TEST(a_second_click_takes_the_item),
        TEST(space_and_a_click_turn_a_mark_over),
        cmocka_unit_test(headings_are_passed_over),
    };
    return cmocka_run_group_tests_name("screen/menu", tests, NULL, NULL);
}
