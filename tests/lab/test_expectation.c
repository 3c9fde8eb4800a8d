#include "../unit.h"
#include "base/clock.h"
#include "lab/expectation.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* A small world: what the fields of two objects are. */
static const struct {
    const char *object, *field;
    struct term_value value;
} world[] = {
    { "a", "", { .kind = TERM_VALUE_NUMBER, .number = 1 } },
    { "a", "pid", { .kind = TERM_VALUE_NUMBER, .number = 4312 } },
    { "a", "stat", { .kind = TERM_VALUE_TEXT, .text = "Sl+" } },
    { "a", "share", { .kind = TERM_VALUE_NUMBER, .number = 49.5 } },
    { "a", "blocked", { .kind = TERM_VALUE_TEXT, .text = "waitpid(4313, &status, 0)" } },
    { "a", "title", { .kind = TERM_VALUE_TEXT, .text = "僵尸\033[31m" } },
    { "a", "empty", { .kind = TERM_VALUE_TEXT, .text = "" } },
    { "a", "list", { .kind = TERM_VALUE_NUMBER, .number = 77, .indexed = true } },
    { "a", "tenth", { .kind = TERM_VALUE_NUMBER, .number = (double)0.1F, .single = true } },
    { "b", "", { .kind = TERM_VALUE_NUMBER, .number = 0 } },
    { "b", "ppid", { .kind = TERM_VALUE_NUMBER, .number = 4312 } },
    { "b", "status", { .kind = TERM_VALUE_TEXT, .text = "exit 7" } },
    { "b", "count", { .kind = TERM_VALUE_TEXT, .text = "10" } },
};

static void look_up(void *data, const struct term *term, struct term_value *ret)
{
    (void)data;
    for (size_t i = 0; i < sizeof world / sizeof *world; i++)
        if (strcmp(world[i].object, term->object) == 0 && strcmp(world[i].field, term->field) == 0)
            *ret = world[i].value;
}

static int parse(struct expectation **ret, const char *source, struct lab_error *ret_error)
{
    struct script *script;
    int r = script_parse(&script, source, ret_error);
    if (r < 0)
        return r;
    assert_int_equal(script->count, 1);
    r = expectation_parse(ret, &script->commands[0], ret_error);
    script_free(script);
    return r;
}

static bool holds(const char *source, char *seen, size_t size)
{
    struct expectation *expectation;
    struct lab_error error = { 0 };
    if (parse(&expectation, source, &error) < 0)
        fail_msg("%s: %d:%d: %s", source, error.line, error.column, error.text);
    bool result = expectation_holds(expectation, look_up, NULL, seen, size);
    expectation_free(expectation);
    return result;
}

static void claims_hold_or_not_and_say_what_was_seen(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        bool holds;
        const char *seen;
    } cases[] = {
        { "expect a.stat ~ ^S", true, "a.stat = Sl+" },
        { "expect a.stat ~ ^Z", false, "a.stat = Sl+" },
        { "expect a.stat[0] = S", true, "a.stat[0] = S" },
        { "expect a.stat[1] != S", true, "a.stat[1] = l" },
        { "expect a.stat[9] = S", false, "a.stat[9] = ?" },
        { "expect a.stat[9] != S", false, "a.stat[9] = ?" },
        { "expect b.status = \"exit 7\"", true, "b.status = \"exit 7\"" },
        { "expect b.status ~ \"^exit (7|8)$\"", true, "b.status = \"exit 7\"" },
        { "expect b.ppid = a.pid", true, "b.ppid = 4312, a.pid = 4312" },
        { "expect b.ppid != a.pid", false, "b.ppid = 4312, a.pid = 4312" },
        { "expect 4312 = a.pid", true, "a.pid = 4312" },
        { "expect a.pid = 0x10d8", true, "a.pid = 4312" },
        { "expect a.pid ~ ^43..$", true, "a.pid = 4312" },
        { "expect a.pid[0] = 4", true, "a.pid[0] = 4" },
        { "expect a.share > 49", true, "a.share = 49.5" },
        { "expect a.share >= 49.5", true, "a.share = 49.5" },
        { "expect a.share < 49.5", false, "a.share = 49.5" },
        { "expect a.share <= -1", false, "a.share = 49.5" },
        { "expect a.tenth = 0.1", true, "a.tenth = 0.100000001" },
        { "expect a.tenth = 0.10001", false, "a.tenth = 0.100000001" },
        { "expect a.tenth > 0.1", false, "a.tenth = 0.100000001" },
        { "expect 0.1 = a.tenth", true, "a.tenth = 0.100000001" },
        { "expect b.count = 10.0", true, "b.count = 10" },
        { "expect b.count = \"10.0\"", false, "b.count = 10" },
        { "expect b.count > 9", true, "b.count = 10" },
        { "expect a.stat > 9", false, "a.stat = Sl+" },
        { "expect a.empty = \"\"", true, "a.empty = \"\"" },
        { "expect a.title[1] = 尸", true, "a.title[1] = 尸" },
        { "expect a.title ~ x", false, "a.title = 僵尸?[31m" },
        { "expect a.list[2] = 77", true, "a.list[2] = 77" },
        { "expect a.nothing = 1", false, "a.nothing = ?" },
        { "expect a.nothing != 1", false, "a.nothing = ?" },
        { "expect a.nothing ~ .*", false, "a.nothing = ?" },
        { "expect a exists", true, "a exists" },
        { "expect a gone", false, "a exists" },
        { "expect b exists", false, "b is gone" },
        { "expect b gone within 2s", true, "b is gone" },
        { "expect c gone", false, "c: not known" },
        { "expect a.stat = within", false, "a.stat = Sl+" },
        { "expect a.stat != exists", true, "a.stat = Sl+" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char seen[128];
        bool result = holds(cases[i].source, seen, sizeof seen);
        if (result != cases[i].holds || strcmp(seen, cases[i].seen) != 0)
            fail_msg("%s: %s, seen '%s'", cases[i].source, result ? "holds" : "does not hold", seen);
    }
}

static void a_deadline_may_be_given(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int64_t within;
    } cases[] = {
        { "expect a exists", 2 * NS_PER_SECOND },
        { "expect a exists within 300ms", 300 * NS_PER_MS },
        { "expect a.stat = S within 5s", 5 * NS_PER_SECOND },
        { "expect a.stat = S within 0s", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expectation *expectation;
        struct lab_error error;
        assert_int_equal(parse(&expectation, cases[i].source, &error), 0);
        assert_true(expectation->within == cases[i].within);
        expectation_free(expectation);
    }
}

static void a_mistake_is_named_with_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        int column;
        const char *says;
    } cases[] = {
        { "expect", 1, "TERM OP TERM" },
        { "expect a.pid=4", 1, "TERM OP TERM" },
        { "expect a.pid == 4", 14, "TERM OP TERM" },
        { "expect a.pid =", 1, "TERM OP TERM" },
        { "expect a.pid = 4 5", 18, "TERM OP TERM" },
        { "expect a exists 5", 17, "TERM OP TERM" },
        { "expect A gone", 8, "'A'" },
        { "expect a.stat ~ ^(Z", 17, "regular expression" },
        { "expect a.stat[x-] = S", 8, "a.stat[x-]" },
        { "expect a.stat[x[y]] = S", 8, "a.stat[x[y]]" },
        { "expect a.stat[x]y = S", 8, "a.stat[x]y" },
        { "expect a.stat[-1] = S", 8, "a.stat[-1]" },
        { "expect 4 = a.p:id", 12, "a.p:id" },
        { "expect a.child.stat = S", 8, "a.child.stat" },
        { "expect a.child[1].child[2].child[3].child[4].child[5].stat = S", 8, "a.child" },
        { "expect a.child[x] gone", 8, "a.child[x]" },
        { "expect 4 = a.pid.x", 12, "a.pid.x" },
        { "expect a.stat > Z", 17, "order" },
        { "expect 僵 < a.pid", 8, "order" },
        { "expect a.stat = S within", 19, "300ms" },
        { "expect a exists within", 17, "300ms" },
        { "expect a exists within 2", 24, "300ms" },
        { "expect a exists within 2m", 24, "300ms" },
        { "expect a exists within 9999s", 24, "hour" },
        { "expect a exists within 2s more", 27, "nothing" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expectation *untouched = (struct expectation *)&cases, *expectation = untouched;
        struct lab_error error = { 0 };
        assert_int_equal(parse(&expectation, cases[i].source, &error), -EINVAL);
        assert_ptr_equal(expectation, untouched);
        if (error.column != cases[i].column || !strstr(error.text, cases[i].says))
            fail_msg("%s: column %d: %s", cases[i].source, error.column, error.text);
    }
}

static void terms_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        enum term_kind kind;
    } cases[] = {
        { "expect 1 = -5", TERM_NUMBER },       { "expect 1 = 0x1f", TERM_NUMBER },
        { "expect 1 = \"5\"", TERM_TEXT },      { "expect 1 = inf", TERM_TEXT },
        { "expect 1 = b.pid", TERM_FIELD },     { "expect 1 = \"b.pid\"", TERM_TEXT },
        { "expect 1 = ./b.txt", TERM_TEXT },    { "expect 1 = 5x", TERM_TEXT },
        { "expect 1 = a2.x_1[3]", TERM_FIELD },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct expectation *expectation;
        struct lab_error error;
        assert_int_equal(parse(&expectation, cases[i].source, &error), 0);
        assert_int_equal(expectation->right.kind, cases[i].kind);
        assert_int_equal(expectation->right.column, 12);
        expectation_free(expectation);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_hold_or_not_and_say_what_was_seen),
        cmocka_unit_test(a_deadline_may_be_given),
        cmocka_unit_test(a_mistake_is_named_with_its_column),
        cmocka_unit_test(terms_are_told_apart),
    };
    return cmocka_run_group_tests_name("lab/expectation", tests, NULL, NULL);
}
