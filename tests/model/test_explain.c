#include "../unit.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/explain.h"
#include "samples.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const struct process parent = {
    .id = { 4312, 1 }, .tgid = 4312, .ppid = 1, .threads = 1, .state = 'S', .comm = "a"
};
static const struct process child = { .id = { 4313, 1000 },
                                      .tgid = 4313,
                                      .ppid = 4312,
                                      .pgrp = 4312,
                                      .session = 4290,
                                      .tpgid = 4312,
                                      .threads = 1,
                                      .state = 'S',
                                      .comm = "b" };

static void assert_line(const struct explain_facts *facts, const char *expected)
{
    char text[512];
    assert_string_equal(explain_line(text, sizeof text, facts), expected);
}

static void add_line(void *data, const char *text, bool heading)
{
    char **lines = data;
    char *longer = xasprintf("%s%s%s\n", *lines, heading ? "# " : "", text);
    free(*lines);
    *lines = longer;
}

static void assert_panel(const struct explain_facts *facts, int width, const char *expected)
{
    char *lines = xstrdup("");
    explain_panel(facts, width, add_line, &lines);
    assert_string_equal(lines, expected);
    free(lines);
}

static void the_line_has_every_letter(void **state)
{
    (void)state;
    struct process process = child;
    struct explain_facts facts = { .process = &process };
    assert_line(&facts, "b 4313  S asleep · + foreground group");
    facts.blocked_in = "read";
    process.nice = 5;
    process.session = 4313;
    process.threads = 2;
    process.locked = process.locked_known = true;
    assert_line(&facts, "b 4313  S asleep in read() · N nice 5 > 0 · L locked memory · s session leader"
                        " · l several threads · + foreground group");
    process.state = 'Z';
    process.tpgid = -1;
    process.nice = 0;
    process.locked = false;
    assert_line(&facts,
                "b 4313  Z its first thread has ended, others go on · s session leader · l several threads");
}

static void the_line_says_how_a_zombie_ended_when_it_is_known(void **state)
{
    (void)state;
    struct process process = child;
    process.state = 'Z';
    process.tpgid = -1;
    struct explain_facts facts = { .process = &process };
    assert_line(&facts, "b 4313  Z zombie: has ended; its parent 4312 ? has not asked");
    facts.parent = &parent;
    facts.zombie_status_known = true;
    facts.zombie_status = 7 << 8;
    assert_line(&facts, "b 4313  Z zombie: ended by exit 7; its parent 4312 a has not asked");
    struct mark mark = { .state = { .kind = EVENT_ZOMBIE, .state = 'Z', .time = 0 } };
    facts.mark = &mark;
    facts.now = 12 * NS_PER_SECOND;
    assert_line(&facts, "b 4313  Z zombie: ended by exit 7; its parent 4312 a has not asked, for 12 s");
}

static void an_actor_says_its_call_and_what_releases_it(void **state)
{
    (void)state;
    struct process process = child;
    process.tpgid = -1;
    struct explain_facts facts = {
        .process = &process,
        .blocked_in = "wait4",
        .actor = "b",
        .actor_call = "waitpid(4314, &status, 0)",
        .actor_call_time = 3 * NS_PER_SECOND,
        .now = 15 * NS_PER_SECOND,
    };
    assert_line(&facts, "b 4313  S blocked in waitpid(4314, &status, 0) for 12 s: 'interrupt b' releases it");
    assert_panel(&facts, 50,
                 "# b, process 4313\n"
                 "\n"
                 "Parent     4312 ?\n"
                 "Blocked in waitpid(4314, &status, 0) for 12 s\n"
                 "           'interrupt b' releases it\n"
                 "\n"
                 "# STAT S\n"
                 "S sleeping: waits for something, a signal can wake\n"
                 "  it (state = S)\n"
                 "L ? (VmLck was not read)\n");
    process.state = 'D';
    facts.actor_call = "vfork()";
    assert_line(&facts, "b 4313  D blocked in vfork() for 12 s: it goes on when its child ends or execs; no "
                        "signal but SIGKILL reaches it");
    process.state = 'R';
    facts.actor_call = "for (;;)";
    assert_line(&facts, "b 4313  R on a CPU or ready for one, for (;;) for 12 s: 'interrupt b' releases it");
}

static void a_stopped_actor_says_what_lets_it_go_on(void **state)
{
    (void)state;
    struct process process = child;
    process.tpgid = -1;
    process.state = 'T';
    struct explain_facts facts = { .process = &process };
    assert_line(&facts, "b 4313  T stopped");
    facts.actor = "b";
    assert_line(&facts, "b 4313  T stopped: 'cont b' lets it go on");
    process.state = 't';
    assert_line(&facts, "b 4313  t stopped by its tracer: 'untrace b' of its tracer lets it go on");
    process.state = 'S';
    facts.blocked_in = "recvfrom";
    assert_line(&facts, "b 4313  S asleep in recvfrom()");
}

static void the_line_is_clean_and_never_too_long(void **state)
{
    (void)state;
    struct process process = child;
    process.comm = "\033[31m进程";
    struct explain_facts facts = { .process = &process };
    assert_line(&facts, "?[31m进程 4313  S asleep · + foreground group");
    for (size_t size = 1; size < 60; size++) {
        char text[60];
        explain_line(text, size, &facts);
        assert_true(strlen(text) < size && text_is_clean(text));
    }
}

static void a_zombie_is_explained(void **state)
{
    (void)state;
    struct process process = child;
    process.state = 'Z';
    struct mark mark = { .state = {
                             .kind = EVENT_ZOMBIE, .state = 'Z', .status_known = true, .status = 7 << 8 } };
    struct signal_sets signals = { 0 };
    struct explain_facts facts = { .process = &process,
                                   .parent = &parent,
                                   .mark = &mark,
                                   .parent_blocked_in = "read",
                                   .parent_signals = &signals,
                                   .now = 12 * NS_PER_SECOND };
    assert_panel(&facts, 48,
                 "# b, process 4313\n"
                 "\n"
                 "# A ZOMBIE for 12 s.\n"
                 "It ended by exit 7. All that is left is its\n"
                 "entry in the process table, kept for its parent.\n"
                 "\n"
                 "Parent     4312 a, blocked in read(), not in\n"
                 "           wait()\n"
                 "SIGCHLD    a does not catch or ignore it\n"
                 "Keeps      pid, exit status, times\n"
                 "Gone       memory, files, command line\n"
                 "\n"
                 "# What removes it\n"
                 "  a calls waitpid(4313)\n"
                 "  a ends: whoever adopts it can reap it\n"
                 "\n"
                 "# What does not\n"
                 "  any signal, SIGKILL too: it is dead already\n"
                 "\n"
                 "# STAT Z+\n"
                 "Z zombie: has ended, but its parent has not\n"
                 "  asked how (state = Z)\n"
                 "+ in the foreground process group of its\n"
                 "  terminal (pgrp 4312 = tpgid 4312)\n");
}

static void what_was_not_read_is_a_question_mark(void **state)
{
    (void)state;
    struct process process = child;
    process.tpgid = -1;
    struct explain_facts facts = { .process = &process };
    assert_panel(&facts, 60,
                 "# b, process 4313\n"
                 "\n"
                 "Parent     4312 ?\n"
                 "Blocked in ?\n"
                 "\n"
                 "# STAT S\n"
                 "S sleeping: waits for something, a signal can wake it (state\n"
                 "  = S)\n"
                 "L ? (VmLck was not read)\n");
}

static void a_living_process_is_explained(void **state)
{
    (void)state;
    struct process process = child;
    process.state = 'T';
    process.nice = 5;
    process.locked_known = true;
    struct mark mark = {
        .adopted = { .kind = EVENT_ADOPTED, .parent = 4312, .parent_comm = "a", .parent_before = 7 },
        .state = { .kind = EVENT_STATE, .state = 'T', .time = 20 * NS_PER_SECOND }
    };
    struct signal_sets signals = { .pending = 1u << (SIGTERM - 1),
                                   .caught = 1u << (SIGUSR1 - 1) | 1u << (SIGINT - 1) };
    struct explain_facts facts = { .process = &process,
                                   .parent = &parent,
                                   .mark = &mark,
                                   .signals = &signals,
                                   .now = 50 * NS_PER_SECOND,
                                   .ticks_per_second = 100 };
    assert_panel(&facts, 70,
                 "# b, process 4313\n"
                 "\n"
                 "Parent     4312 a, asleep\n"
                 "Adopted    was a child of 7 ?\n"
                 "Age        40 s\n"
                 "T          for 30 s\n"
                 "\n"
                 "# STAT TN+\n"
                 "T stopped by a signal; SIGCONT lets it go on (state = T)\n"
                 "N nice value above 0: gets less than others of a CPU they compete for\n"
                 "  (nice 5 > 0)\n"
                 "+ in the foreground process group of its terminal (pgrp 4312 = tpgid\n"
                 "  4312)\n"
                 "\n"
                 "# Signals\n"
                 "Pending    SIGTERM\n"
                 "Blocked    -\n"
                 "Ignored    -\n"
                 "Caught     SIGINT SIGUSR1\n");
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_has_every_letter),
        cmocka_unit_test(the_line_says_how_a_zombie_ended_when_it_is_known),
        cmocka_unit_test(the_line_is_clean_and_never_too_long),
        cmocka_unit_test(an_actor_says_its_call_and_what_releases_it),
        cmocka_unit_test(a_stopped_actor_says_what_lets_it_go_on),
        cmocka_unit_test(a_zombie_is_explained),
        cmocka_unit_test(what_was_not_read_is_a_question_mark),
        cmocka_unit_test(a_living_process_is_explained),
    };
    return cmocka_run_group_tests_name("model/explain", tests, NULL, NULL);
}
