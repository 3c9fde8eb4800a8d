#include "../unit.h"
#include "model/stat_code.h"

#include <errno.h>

static const struct process plain = {
    .id = { 10, 1 }, .tgid = 10, .ppid = 1, .pgrp = 10, .session = 5, .tpgid = -1, .threads = 1, .state = 'S'
};

static void assert_code(const struct process *process, const char *code)
{
    char text[STAT_CODE_SIZE];
    assert_string_equal(stat_code(text, process), code);
}

static void letters_stand_in_the_order_of_ps(void **state)
{
    (void)state;
    struct process process = plain;
    assert_code(&process, "S");
    process.nice = -5;
    process.locked_known = process.locked = true;
    process.session = 10;
    process.threads = 2;
    process.tpgid = 10;
    assert_code(&process, "S<Lsl+");
    process.nice = 5;
    process.state = 'Z';
    assert_code(&process, "ZNLsl+");
}

static void locked_memory_that_was_not_read_is_not_shown(void **state)
{
    (void)state;
    struct process process = plain;
    process.locked = true;
    assert_code(&process, "S");
}

static void a_thread_shows_the_session_of_its_process(void **state)
{
    (void)state;
    struct process thread = plain;
    thread.id.pid = 11;
    thread.session = 10;
    thread.threads = 2;
    assert_code(&thread, "Ssl");
}

static void each_letter_has_its_evidence(void **state)
{
    (void)state;
    struct process process = plain;
    process.nice = 5;
    process.session = 10;
    process.threads = 3;
    process.tpgid = 10;
    struct stat_letter letters[STAT_CODE_SIZE];
    assert_int_equal(stat_explain(letters, &process), 5);
    static const char *const evidence[] = { "state = S", "nice 5 > 0", "session 10 = pid 10",
                                            "num_threads 3 > 1", "pgrp 10 = tpgid 10" };
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(letters[i].evidence, evidence[i]);
        assert_true(*letters[i].meaning && *letters[i].brief);
    }
}

static void codes_given_as_text_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int count; /* of letters, or -1 less the index of the wrong one */
    } cases[] = {
        { "S", 1 },      { "Ss+", 3 },  { "S<Lsl+", 6 }, { "ZNLsl+", 6 }, { "R+", 2 },
        { "I<", 2 },     { "", -1 },    { "s", -1 },     { "+", -1 },     { "SS", -2 },
        { "Sq", -2 },    { "S+s", -3 }, { "S<N", -3 },   { "Sss", -3 },   { "SLN", -3 },
        { "Ssl++", -5 }, { "Q", -1 },   { "1", -1 },     { "SZ", -2 },    { "\xe5\x83\xb5", -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stat_letter letters[STAT_CODE_SIZE];
        size_t count = 99, wrong = 99;
        int r = stat_explain_text(letters, cases[i].code, &count, &wrong);
        if (cases[i].count > 0) {
            assert_int_equal(r, 0);
            assert_int_equal(count, cases[i].count);
            assert_int_equal(wrong, 99);
            assert_string_equal(letters[0].evidence, "");
        } else {
            assert_int_equal(r, -EINVAL);
            assert_int_equal(wrong, -1 - cases[i].count);
            assert_int_equal(count, 99);
        }
    }
}

/* The manual lists them in this order. */
static void letters_are_listed_states_first(void **state)
{
    (void)state;
    char listed[32] = "";
    struct stat_letter letter;
    size_t count = 0;
    for (; stat_letter_at(count, &letter); count++)
        listed[count] = letter.letter;
    assert_string_equal(listed, "RSDTtZXIPW<NLsl+");
    assert_false(stat_letter_at(count + 1, &letter));
    assert_true(stat_letter_at(0, &letter));
    assert_string_equal(letter.evidence, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_stand_in_the_order_of_ps),
        cmocka_unit_test(locked_memory_that_was_not_read_is_not_shown),
        cmocka_unit_test(a_thread_shows_the_session_of_its_process),
        cmocka_unit_test(each_letter_has_its_evidence),
        cmocka_unit_test(codes_given_as_text_are_checked),
        cmocka_unit_test(letters_are_listed_states_first),
    };
    return cmocka_run_group_tests_name("model/stat_code", tests, NULL, NULL);
}
