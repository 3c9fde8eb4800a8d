#include "../unit.h"
#include "model/filter.h"
#include "samples.h"

#include <string.h>

static const struct process process = {
    .id = { 4312, 1 }, .tgid = 4312, .comm = "sshd", .cmdline = "sshd: ana [priv]"
};

static void names_numbers_and_command_lines_match(void **state)
{
    (void)state;
    static const struct {
        struct filter filter;
        bool matches;
    } cases[] = {
        { { "ssh" }, true },    { { "SSH" }, true },    { { "bash" }, false }, { { "bash|ssh" }, true },
        { { "bash|" }, false }, { { "|" }, false },     { { "" }, true },      { { "4312" }, true },
        { { "431" }, false },   { { "x|4312" }, true }, { { "Ana" }, true },   { { "[priv]" }, true },
        { { "4312x" }, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(filter_matches(&cases[i].filter, &process), cases[i].matches);
    struct process bare = process;
    bare.cmdline = NULL;
    assert_false(filter_matches(&(struct filter){ "ana" }, &bare));
}

static void ancestors_of_a_match_are_shown(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    sample_with(&sample, 1, 0, "init");
    sample_with(&sample, 2, 1, "cron");
    sample_with(&sample, 3, 1, "sh");
    sample_with(&sample, 4, 3, "make");
    sample_with(&sample, 5, 4, "gcc");
    sample_with(&sample, 6, 4, "ld");
    struct tree tree = { 0 };
    tree_build(&tree, &sample, NULL, &(struct order){ 0 });
    bool shown[6];
    assert_int_equal(filter_rows(&(struct filter){ "gcc" }, &tree, shown), 1);
    assert_memory_equal(shown, ((bool[]){ true, false, true, true, true, false }), sizeof shown);
    assert_int_equal(filter_rows(&(struct filter){ "nothing" }, &tree, shown), 0);
    assert_memory_equal(shown, ((bool[6]){ false }), sizeof shown);
    assert_int_equal(filter_rows(&(struct filter){ "" }, &tree, shown), 6);
    tree_release(&tree);
    sample_release(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_numbers_and_command_lines_match),
        cmocka_unit_test(ancestors_of_a_match_are_shown),
    };
    return cmocka_run_group_tests_name("model/filter", tests, NULL, NULL);
}
