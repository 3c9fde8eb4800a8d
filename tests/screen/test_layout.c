#include "../unit.h"
#include "screen/layout.h"

static bool within(struct area area, int height, int width)
{
    return area.line >= 0 && area.column >= 0 && area.height >= 0 && area.width >= 0 &&
           area.line + area.height <= height && area.column + area.width <= width;
}

static void every_size_is_filled_exactly(void **state)
{
    (void)state;
    for (int height = 5; height <= 100; height++)
        for (int width = 20; width <= 300; width++)
            for (int panel = 0; panel < 2; panel++) {
                struct layout layout = layout_compute(height, width, panel, true);
                const struct area areas[] = { layout.header, layout.heads, layout.tree,   layout.panel,
                                              layout.log,    layout.explain, layout.keys };
                for (int i = 0; i < 7; i++)
                    assert_true(within(areas[i], height, width));
                assert_int_equal(layout.header.height + layout.heads.height + layout.tree.height +
                                     layout.log.height + layout.explain.height + layout.keys.height,
                                 height);
                assert_true(layout.tree.height >= 1);
                assert_int_equal(layout.panel.width > 0, panel);
            }
}

static void the_classroom_size_has_room_for_everything(void **state)
{
    (void)state;
    struct layout layout = layout_compute(24, 80, false, true);
    assert_int_equal(layout.header.height, 1);
    assert_int_equal(layout.heads.height, 1);
    assert_int_equal(layout.tree.height, 15);
    assert_int_equal(layout.log.height, 5);
    assert_int_equal(layout.explain.line, 22);
    assert_int_equal(layout.keys.line, 23);
}

static void a_panel_stands_beside_the_tree_when_there_is_room(void **state)
{
    (void)state;
    struct layout narrow = layout_compute(24, 80, true, true), wide = layout_compute(40, 120, true, true);
    assert_true(narrow.panel_covers);
    assert_false(wide.panel_covers);
    assert_true(wide.tree.column + wide.tree.width < wide.panel.column);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_is_filled_exactly),
        cmocka_unit_test(the_classroom_size_has_room_for_everything),
        cmocka_unit_test(a_panel_stands_beside_the_tree_when_there_is_room),
    };
    return cmocka_run_group_tests_name("screen/layout", tests, NULL, NULL);
}
