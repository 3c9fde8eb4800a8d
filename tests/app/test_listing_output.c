/* What a listing should print, beside what it printed. */
#include "../unit.h"

#include "app/listing_output.h"

#include <string.h>

static void assert_fits(const char *wanted, const char *printed, bool any_order)
{
    char why[400] = "";
    if (!listing_output_matches(wanted, printed, any_order, why, sizeof why))
        fail_msg("%s", why);
}

static void assert_differs(const char *wanted, const char *printed, bool any_order, const char *part)
{
    char why[400] = "";
    assert_false(listing_output_matches(wanted, printed, any_order, why, sizeof why));
    if (!strstr(why, part))
        fail_msg("not of '%s': %s", part, why);
}

static void compares_lines(void **state)
{
    (void)state;
    assert_fits("", "", false);
    assert_fits("one\ntwo\n", "one\ntwo\n", false);
    assert_fits("one\ntwo\n", "one\ntwo", false);
    assert_differs("one\ntwo\n", "one\nthree\n", false, "line 2: expected \"two\", got \"three\"");
    assert_differs("one\ntwo\n", "one\n", false, "line 2: expected \"two\", got nothing more");
    assert_differs("one\n", "one\ntwo\n", false, "line 2: expected nothing more, got \"two\"");
    assert_differs("one\ntwo\n", "two\none\n", false, "line 1");
    assert_differs("one \n", "one\n", false, "line 1");
    assert_differs("", "\n", false, "line 1");
}

static void takes_numbers_for_names(void **state)
{
    (void)state;
    assert_fits("child {c} of {p}\nparent {p}\n", "child 12 of 7\nparent 7\n", false);
    assert_fits("{a} {b}\n", "5 5\n", false); /* nothing says that they differ */
    assert_fits("{a}\n", "0\n", false);
}

static void is_strict_about_numbers(void **state)
{
    (void)state;
    assert_differs("child {c} of {p}\nparent {p}\n", "child 12 of 7\nparent 12\n", false, "line 2");
    assert_differs("{a}\n", "-5\n", false, "line 1");
    assert_differs("{a}\n", "five\n", false, "line 1");
    assert_differs("{a}\n", "\n", false, "line 1");
    assert_differs("{a}\n", "5.5\n", false, "line 1");
    assert_fits("{name: ip}\n{}\n{a1}\n{\n", "{name: ip}\n{}\n{a1}\n{\n", false); /* are no names */
}

static void takes_lines_in_any_order(void **state)
{
    (void)state;
    assert_fits("one\ntwo\nthree\n", "three\none\ntwo\n", true);
    assert_differs("one\none\n", "one\ntwo\n", true, "expected a line \"one\"");
    assert_differs("one\n", "one\none\n", true, "expected 1 lines, got 2");
    /* The first line that fits is not the right one. */
    assert_fits("{a}\nchild {a}\n{b}\n", "5\n7\nchild 7\n", true);
    assert_differs("{a}\nchild {a}\n", "5\nchild 7\n", true, "child {a}");
}

static void gives_up_in_the_end(void **state)
{
    (void)state;
    assert_differs("{a}\n{b}\n{c}\n{d}\n{e}\n{f}\n{g}\n{h}\n{i}\n{j}\n{k}\n{l}\nend\n",
                   "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\nnever\n", true, "expected a line \"end\"");
}

static void cleans_what_it_shows(void **state)
{
    (void)state;
    assert_differs("one\n", "\x1b[2J\n", false, "got \"?[2J\"");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_lines),          cmocka_unit_test(takes_numbers_for_names),
        cmocka_unit_test(is_strict_about_numbers), cmocka_unit_test(takes_lines_in_any_order),
        cmocka_unit_test(gives_up_in_the_end),     cmocka_unit_test(cleans_what_it_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
