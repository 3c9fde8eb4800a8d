#include "../unit.h"
#include "base/clock.h"
#include "model/event.h"

#include <signal.h>

static void assert_words(struct event event, const char *words)
{
    char text[256];
    assert_string_equal(event_words(text, sizeof text, &event), words);
}

static void every_kind_is_said_in_words(void **state)
{
    (void)state;
    assert_words((struct event){ .kind = EVENT_BORN, .parent = 12, .parent_comm = "a" }, "born, parent 12 a");
    assert_words((struct event){ .kind = EVENT_BORN }, "born, parent ?");
    assert_words((struct event){ .kind = EVENT_EXEC, .exact = true, .comm = "ls", .comm_before = "sh" },
                 "exec: sh -> ls");
    assert_words((struct event){ .kind = EVENT_EXEC, .exact = true, .comm = "ls" }, "exec: ls");
    assert_words((struct event){ .kind = EVENT_STATE, .state = 'T', .state_before = 'S' }, "S -> T, stopped");
    assert_words((struct event){ .kind = EVENT_RENICED, .nice = 5, .nice_before = -1 }, "nice -1 -> 5");
    assert_words((struct event){ .kind = EVENT_ADOPTED,
                                 .parent = 1,
                                 .parent_comm = "init",
                                 .parent_before = 12,
                                 .parent_comm_before = "a" },
                 "adopted by 1 init, was 12 a");
    assert_words((struct event){ .kind = EVENT_ADOPTED, .parent = 1, .parent_before = 12 },
                 "adopted by 1 ?, was 12 ?");
    assert_words(
        (struct event){
            .kind = EVENT_ZOMBIE, .parent = 12, .parent_comm = "a", .status_known = true, .status = 7 << 8 },
        "ended: exit 7; its parent 12 a has not asked");
    assert_words((struct event){ .kind = EVENT_ZOMBIE, .parent = 12, .parent_comm = "a" },
                 "ended; its parent 12 a has not asked");
}

static void an_end_tells_no_more_than_is_known(void **state)
{
    (void)state;
    struct event gone = {
        .kind = EVENT_GONE, .parent = 12, .parent_comm = "a", .state_before = 'S', .lifetime = -1
    };
    assert_words(gone, "gone: ?");
    gone.status_known = true;
    gone.status = SIGTERM;
    assert_words(gone, "gone: signal SIGTERM");
    gone.lifetime = 2 * NS_PER_SECOND;
    assert_words(gone, "gone: signal SIGTERM; lived 2.0 s");
    gone.state_before = 'Z';
    assert_words(gone, "reaped: signal SIGTERM; parent at its end: 12 a");
}

static void a_changed_name_is_not_called_an_exec(void **state)
{
    (void)state;
    assert_words((struct event){ .kind = EVENT_EXEC, .comm = "new", .comm_before = "old" },
                 "now called new, was old");
}

static void running_and_sleeping_are_routine(void **state)
{
    (void)state;
    static const struct {
        char before, after;
        bool routine;
    } cases[] = {
        { 'R', 'S', true }, { 'S', 'R', true }, { 'I', 'R', true }, { 'S', 'T', false }, { 'D', 'S', false }
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct event event = { .kind = EVENT_STATE,
                               .state = cases[i].after,
                               .state_before = cases[i].before };
        assert_int_equal(event_is_routine(&event), cases[i].routine);
    }
    assert_false(event_is_routine(&(struct event){ .kind = EVENT_GONE, .state_before = 'S', .state = 'R' }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_said_in_words),
        cmocka_unit_test(an_end_tells_no_more_than_is_known),
        cmocka_unit_test(a_changed_name_is_not_called_an_exec),
        cmocka_unit_test(running_and_sleeping_are_routine),
    };
    return cmocka_run_group_tests_name("model/event", tests, NULL, NULL);
}
