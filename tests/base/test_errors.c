#include "../unit.h"
#include "base/errors.h"

#include <errno.h>
#include <signal.h>

static void errors_have_names_for_both_signs(void **state)
{
    (void)state;
    assert_string_equal(error_name(EPERM), "EPERM");
    assert_string_equal(error_name(-ESRCH), "ESRCH");
    assert_string_equal(error_name(9999), "errno 9999");
    assert_string_equal(error_words(-EACCES), "Permission denied");
}

static void signals_are_found_by_any_usual_name(void **state)
{
    (void)state;
    assert_int_equal(signal_number("SIGTERM"), SIGTERM);
    assert_int_equal(signal_number("term"), SIGTERM);
    assert_int_equal(signal_number("9"), SIGKILL);
    assert_int_equal(signal_number("SIGRTMIN"), SIGRTMIN);
    assert_int_equal(signal_number("rtmin+3"), SIGRTMIN + 3);
    assert_int_equal(signal_number("SIGNONE"), 0);
    assert_int_equal(signal_number("RTMIN+99"), 0);
    assert_int_equal(signal_number(""), 0);
}

static void every_signal_is_found_by_its_own_name(void **state)
{
    (void)state;
    for (int signal = 1; signal <= SIGRTMAX; signal++)
        if (signal < 32 || signal >= SIGRTMIN)
            assert_int_equal(signal_number(signal_name(signal)), signal);
}

static void wait_statuses_read_as_sentences(void **state)
{
    (void)state;
    char text[64];
    assert_string_equal(wait_status_words(text, sizeof text, 7 << 8), "exit 7");
    assert_string_equal(wait_status_words(text, sizeof text, SIGTERM), "signal SIGTERM");
    assert_string_equal(wait_status_words(text, sizeof text, SIGSEGV | 0x80), "signal SIGSEGV, core dumped");
    assert_string_equal(wait_status_words(text, sizeof text, SIGSTOP << 8 | 0x7f), "stopped by SIGSTOP");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_have_names_for_both_signs),
        cmocka_unit_test(signals_are_found_by_any_usual_name),
        cmocka_unit_test(every_signal_is_found_by_its_own_name),
        cmocka_unit_test(wait_statuses_read_as_sentences),
    };
    return cmocka_run_group_tests_name("base/errors", tests, NULL, NULL);
}
