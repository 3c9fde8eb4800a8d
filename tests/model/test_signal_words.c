#include "../unit.h"
#include "model/signal_words.h"

#include <signal.h>

static unsigned long long set_of(int signal)
{
    return 1ULL << (signal - 1);
}

static void assert_predicted(int signal, pid_t pid, char state, const struct signal_sets *sets,
                             const char *words)
{
    char text[160];
    struct process process = { .id = { pid, 1 }, .state = state };
    assert_string_equal(signal_prediction(text, sizeof text, signal, &process, sets), words);
}

static void what_it_does_with_the_signal_decides(void **state)
{
    (void)state;
    struct signal_sets sets = { .blocked = set_of(SIGUSR1),
                                .ignored = set_of(SIGHUP),
                                .caught = set_of(SIGINT) };
    assert_predicted(SIGTERM, 10, 'S', &sets, "SIGTERM ends it");
    assert_predicted(SIGUSR1, 10, 'S', &sets, "it blocks SIGUSR1: the signal will be pending");
    assert_predicted(SIGHUP, 10, 'S', &sets, "it ignores SIGHUP: nothing will happen");
    assert_predicted(SIGINT, 10, 'S', &sets, "it catches SIGINT: its handler will run");
    assert_predicted(SIGTERM, 10, 'T', &sets, "it is stopped: SIGTERM takes effect when it continues");
    assert_predicted(SIGKILL, 10, 'T', &sets, "SIGKILL ends it");
    assert_predicted(SIGKILL, 10, 'Z', &sets, "it is a zombie: no signal does anything to it");
    assert_predicted(SIGTERM, 10, 'S', NULL,
                     "SIGTERM by default ends it; whether it is caught cannot be read");
}

static void process_1_takes_what_it_catches(void **state)
{
    (void)state;
    struct signal_sets sets = { .caught = set_of(SIGTERM) };
    assert_predicted(SIGTERM, 1, 'S', &sets, "it catches SIGTERM: its handler will run");
    assert_predicted(SIGINT, 1, 'S', &sets,
                     "process 1 takes only signals that it catches: SIGINT does nothing");
    assert_predicted(SIGKILL, 1, 'S', NULL,
                     "process 1 takes only signals that it catches: SIGKILL does nothing");
}

static void threads_of_the_kernel_ignore_even_sigkill(void **state)
{
    (void)state;
    struct signal_sets sets = { .ignored = ~0ULL };
    assert_predicted(SIGKILL, 2, 'S', &sets, "it ignores SIGKILL: nothing will happen");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_does_with_the_signal_decides),
        cmocka_unit_test(process_1_takes_what_it_catches),
        cmocka_unit_test(threads_of_the_kernel_ignore_even_sigkill),
    };
    return cmocka_run_group_tests_name("model/signal_words", tests, NULL, NULL);
}
