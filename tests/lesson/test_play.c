/* Lessons that are made here, played in a real lab. */
#include "../unit.h"

#include "base/clock.h"
#include "base/memory.h"
#include "lesson/play.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEADLINE_MS = 20000 };

/* Who plays: a lab at a time, and needs of which only "this" is met. */
struct player {
    struct lesson *lesson;
    struct play *play;
    struct lab *lab;
    struct features features;
    char *programs;
    size_t labs;
};

static void take_report(void *data, const struct lab_report *report)
{
    struct player *player = data;
    play_report(player->play, report);
}

static struct lab *fresh_lab(void *data)
{
    struct player *player = data;
    struct lab_options options = {
        .features = &player->features,
        .listener = { take_report, player },
        .terminal = { .fd = -1 },
        .may_exec = true,
        .programs = player->programs,
    };
    lab_free(player->lab);
    player->lab = NULL;
    player->labs++;
    return lab_new(&player->lab, &options) < 0 ? NULL : player->lab;
}

static bool need_met(void *data, const char *need, char *ret_reason, size_t size)
{
    (void)data;
    if (strcmp(need, "this") == 0)
        return true;
    snprintf(ret_reason, size, "%s is not there", need);
    return false;
}

static int setup(void **state)
{
    const char *forklore = getenv("FORKLORE"), *slash = forklore ? strrchr(forklore, '/') : NULL;
    struct player *player = xcalloc(1, sizeof *player);
    player->programs = slash ? xstrndup(forklore, (size_t)(slash - forklore)) : xstrdup(".");
    player->lesson = xcalloc(1, sizeof *player->lesson);
    player->lesson->name = xstrdup("made");
    *state = player;
    return features_probe(&player->features, getenv("FORKLORE_WITHOUT"), NULL);
}

static int teardown(void **state)
{
    struct player *player = *state;
    play_free(player->play);
    lab_free(player->lab);
    lesson_free(player->lesson);
    free(player->programs);
    free(player);
    return 0;
}

/* A step whose acts begin in line 10, and whose expectations in line 20. */
static struct lesson_step *add_step(struct player *player, const char *say, const char *acts,
                                    const char *expect)
{
    struct lesson *lesson = player->lesson;
    lesson->steps = xreallocarray(lesson->steps, lesson->step_count + 1, sizeof *lesson->steps);
    struct lesson_step *step = &lesson->steps[lesson->step_count++];
    *step = (struct lesson_step){ .line = 5, .acts_line = 10, .expect_line = 20 };
    lesson_text_set(&step->say, "en", say);
    step->acts = xstrdup(acts);
    step->expect = xstrdup(expect);
    return step;
}

static void ask(struct lesson_step *step, const char *question, const char *answer)
{
    step->ask = xcalloc(1, sizeof *step->ask);
    step->ask->line = 30;
    step->ask->answer = answer ? xstrdup(answer) : NULL;
    lesson_text_set(&step->ask->question, "en", question);
}

static void offer(struct lesson_step *step, const char *is, const char *when, const char *why)
{
    struct lesson_question *question = step->ask;
    question->choices =
        xreallocarray(question->choices, question->choice_count + 1, sizeof *question->choices);
    struct lesson_choice *choice = &question->choices[question->choice_count++];
    *choice = (struct lesson_choice){ .is = xstrdup(is), .when = when ? xstrdup(when) : NULL };
    lesson_text_set(&choice->why, "en", why);
}

static char **one_word(const char *word)
{
    char **words = xcalloc(2, sizeof *words);
    words[0] = xstrdup(word);
    return words;
}

static void begin(struct player *player)
{
    struct play_host host = { fresh_lab, need_met, player };
    assert_int_equal(play_new(&player->play, player->lesson, &host), 0);
}

/* Until acts and expectations are over. */
static void await(struct player *player)
{
    int64_t deadline = clock_now() + DEADLINE_MS * NS_PER_MS;
    play_go_on(player->play);
    while (play_phase(player->play) == PLAY_WATCH || play_phase(player->play) == PLAY_CATCH_UP) {
        struct pollfd ready = { .fd = lab_fd(player->lab), .events = POLLIN };
        int64_t left = (deadline - clock_now()) / NS_PER_MS;
        assert_true(left > 0 && poll(&ready, 1, (int)left) == 1);
        lab_dispatch(player->lab);
        play_go_on(player->play);
    }
}

static void next(struct player *player)
{
    play_next(player->play);
    await(player);
}

static void predict(struct player *player, int choice)
{
    play_predict(player->play, choice);
    await(player);
}

static void assert_phase(const struct player *player, size_t step, enum play_phase phase)
{
    assert_int_equal(play_at(player->play), step);
    assert_int_equal(play_phase(player->play), phase);
}

static void assert_text(const struct player *player, const char *wanted)
{
    char *text = play_text(player->play, "en");
    assert_string_equal(text, wanted);
    free(text);
}

static void assert_no_failure(const struct player *player)
{
    const char *failure = play_failure(player->play, 0, NULL);
    if (failure)
        fail_msg("%s", failure);
}

/* The failure of this index is of this line, and this is a part of what it says. */
static void assert_failure(const struct player *player, size_t index, int line, const char *part)
{
    int found;
    const char *failure = play_failure(player->play, index, &found);
    assert_non_null(failure);
    if (!strstr(failure, part))
        fail_msg("not of '%s': %s", part, failure);
    assert_int_equal(found, line);
}

static bool has_call(const struct player *player, const char *part)
{
    const char *call;
    for (size_t i = 0; (call = play_call(player->play, i)); i++)
        if (strstr(call, part))
            return true;
    return false;
}

static pid_t pid_of(const struct player *player, const char *name)
{
    const struct actor *actor = lab_actor_by_name(player->lab, name);
    assert_non_null(actor);
    return actor->id.pid;
}

/* A lesson of two steps: the second asks which STAT b shows, after it has ended. */
static void add_zombie(struct player *player)
{
    add_step(player, "a forks b.", "spawn a\na: fork b", "b.ppid = a.pid");
    struct lesson_step *step =
        add_step(player, "b, {b.pid}, ends with 7.", "b: exit 7", "b.status = \"exit 7\"");
    ask(step, "Which STAT will {b.pid} show?", "b.stat[0]");
    offer(step, "S", NULL, "{b.pid} waits for nothing.");
    offer(step, "Z", NULL, "a has not asked for {b.pid}.");
    offer(step, "gone", "b gone", "It has its record still.");
}

static void asks_before_it_acts(void **state)
{
    struct player *player = *state;
    add_zombie(player);
    begin(player);
    assert_phase(player, 0, PLAY_READ);
    assert_text(player, "a forks b.");
    assert_int_equal(lab_actor_count(player->lab), 0);
    next(player);
    assert_phase(player, 0, PLAY_RESULT);
    assert_no_failure(player);
    assert_true(has_call(player, "a: fork() = ") && has_call(player, "b: fork() = 0"));
    next(player);
    assert_phase(player, 1, PLAY_READ);
    assert_false(has_call(player, "fork"));
    next(player);
    assert_phase(player, 1, PLAY_PREDICT);
    next(player);
    assert_phase(player, 1, PLAY_PREDICT);
    assert_int_equal(lab_actor_by_name(player->lab, "b")->state, ACTOR_READY);
    char *text = xasprintf("b, %d, ends with 7.", pid_of(player, "b"));
    assert_text(player, text);
    free(text);
    predict(player, 1);
    assert_phase(player, 1, PLAY_RESULT);
    assert_no_failure(player);
    assert_int_equal(play_prediction(player->play), 1);
    assert_int_equal(play_right(player->play), 1);
    assert_string_equal(play_answer(player->play), "Z");
    text = xasprintf("a has not asked for %d.", pid_of(player, "b"));
    assert_text(player, text);
    free(text);
    next(player);
    assert_phase(player, 1, PLAY_END);
}

static void shows_without_a_prediction(void **state)
{
    struct player *player = *state;
    size_t right, made;
    add_zombie(player);
    begin(player);
    next(player);
    next(player);
    next(player);
    predict(player, 3); /* there are three */
    assert_phase(player, 1, PLAY_PREDICT);
    predict(player, PLAY_NO_PREDICTION);
    assert_phase(player, 1, PLAY_RESULT);
    assert_int_equal(play_right(player->play), 1);
    char *text = xasprintf("a has not asked for %d.", pid_of(player, "b"));
    assert_text(player, text);
    free(text);
    assert_int_equal(play_record(player->play, 1)->first, PLAY_NO_PREDICTION);
    play_score(player->play, &right, &made);
    assert_int_equal(made, 0);
    next(player);
    assert_phase(player, 1, PLAY_END);
}

static void reviews_what_was_missed(void **state)
{
    struct player *player = *state;
    size_t right, made;
    add_zombie(player);
    add_step(player, "a waits.", "a: wait", "b gone");
    begin(player);
    next(player);
    next(player);
    next(player);
    char *why = xasprintf("%d waits for nothing.", pid_of(player, "b"));
    char *question = xasprintf("Which STAT will %d show?", pid_of(player, "b"));
    predict(player, 0);
    assert_text(player, why);
    next(player);
    next(player);
    assert_phase(player, 2, PLAY_RESULT);
    next(player);
    assert_phase(player, 1, PLAY_REVIEW);
    char *text = play_fill(player->play, &play_step(player->play)->ask->question, "en");
    assert_string_equal(text, question);
    free(text);
    predict(player, 0);
    assert_phase(player, 1, PLAY_REVIEWED);
    assert_text(player, why); /* b is gone, and was then what it says */
    assert_string_equal(play_answer(player->play), "Z");
    assert_int_equal(play_right(player->play), 1);
    next(player);
    assert_int_equal(play_phase(player->play), PLAY_END);
    play_score(player->play, &right, &made);
    assert_int_equal(right, 0);
    assert_int_equal(made, 1);
    free(why);
    free(question);
}

static void keeps_the_first_prediction(void **state)
{
    struct player *player = *state;
    add_zombie(player);
    begin(player);
    next(player);
    next(player);
    next(player);
    predict(player, 0);
    play_again(player->play);
    await(player);
    assert_phase(player, 1, PLAY_READ);
    next(player);
    predict(player, 1);
    assert_int_equal(play_record(player->play, 1)->first, 0);
    assert_int_equal(play_record(player->play, 1)->latest, 1);
    assert_string_equal(play_record(player->play, 1)->answer, "Z");
    next(player);
    assert_phase(player, 1, PLAY_END); /* it was right at last */
}

static void goes_back(void **state)
{
    struct player *player = *state;
    add_zombie(player);
    begin(player);
    play_back(player->play);
    assert_phase(player, 0, PLAY_READ);
    assert_int_equal(player->labs, 1);
    next(player);
    next(player);
    next(player);
    pid_t before = pid_of(player, "b");
    predict(player, 1);
    play_back(player->play);
    assert_phase(player, 1, PLAY_CATCH_UP);
    await(player);
    assert_phase(player, 1, PLAY_READ);
    assert_no_failure(player);
    assert_false(has_call(player, "fork"));
    assert_int_equal(lab_actor_by_name(player->lab, "b")->state, ACTOR_READY);
    assert_int_not_equal(pid_of(player, "b"), before);
    play_back(player->play);
    await(player);
    assert_phase(player, 0, PLAY_READ);
    assert_int_equal(lab_actor_count(player->lab), 0);
    assert_int_equal(player->labs, 3);
}

static void tells_each_failure_with_its_line(void **state)
{
    struct player *player = *state;
    add_step(player, "", "spawn a\n\n# no such actor\nb: fork c\na: waitpid -1",
             "a.ni = 5 within 10ms\na.ni = 0\na.threads = 2 within 10ms");
    begin(player);
    next(player);
    assert_failure(player, 0, 13, "b: fork c");
    assert_failure(player, 1, 20, "a.ni = 0");
    assert_failure(player, 2, 22, "a.threads = 1");
    assert_null(play_failure(player->play, 3, NULL));
    assert_true(has_call(player, "waitpid(-1, &status, 0) = -1 ECHILD")); /* is what was to be shown */
}

static void drops_acts_behind_an_expectation(void **state)
{
    struct player *player = *state;
    add_step(player, "", "spawn a\nexpect a.ni = 5 within 10ms\na: exit", "a.ni = 0");
    begin(player);
    next(player);
    assert_failure(player, 0, 11, "a.ni = 0");
    assert_null(play_failure(player->play, 1, NULL));
    assert_int_equal(lab_actor_by_name(player->lab, "a")->state, ACTOR_READY);
}

static void tells_of_too_many_actors(void **state)
{
    struct player *player = *state;
    add_step(player, "", "spawn a\na: fork z count=4\nz: exit\na: fork b", "z.stat ~ ^Z");
    add_step(player, "", "a: fork c", "");
    begin(player);
    next(player);
    assert_no_failure(player);
    next(player);
    next(player);
    assert_failure(player, 0, 5, "6");
}

static void wants_exactly_one_answer(void **state)
{
    struct player *player = *state;
    struct lesson_step *none = add_step(player, "", "spawn a", "");
    ask(none, "How nice?", "a.ni");
    offer(none, "1", NULL, "one");
    offer(none, "2", NULL, "two");
    struct lesson_step *both = add_step(player, "", "", "");
    ask(both, "How nice?", NULL);
    offer(both, "naught", "a.ni = 0", "naught");
    offer(both, "little", "a.ni < 9", "little");
    begin(player);
    next(player);
    predict(player, 0);
    assert_failure(player, 0, 30, "0");
    assert_int_equal(play_right(player->play), -1);
    next(player);
    next(player);
    predict(player, 0);
    assert_failure(player, 0, 30, "more than one choice is right: naught, little");
    next(player);
    assert_int_equal(play_phase(player->play), PLAY_END); /* nothing was missed */
}

static void skips_what_cannot_be(void **state)
{
    struct player *player = *state;
    add_step(player, "", "spawn a", "")->needs = one_word("this");
    struct lesson_step *skipped = add_step(player, "", "a: exit", "");
    skipped->needs = one_word("that");
    lesson_text_set(&skipped->otherwise, "en", "There is no that.");
    struct lesson_step *other = add_step(player, "with", "a: exit", "");
    other->needs = one_word("root");
    other->instead = xcalloc(1, sizeof *other->instead);
    lesson_text_set(&other->instead->say, "en", "without");
    other->instead->acts = xstrdup("a: nice 5");
    other->instead->expect = xstrdup("a.ni = 5");
    begin(player);
    next(player);
    next(player);
    assert_phase(player, 1, PLAY_SKIPPED);
    assert_text(player, "There is no that.");
    next(player);
    assert_phase(player, 2, PLAY_READ);
    assert_text(player, "without");
    assert_true(play_is_instead(player->play));
    assert_string_equal(play_reason(player->play, "en"), "root is not there");
    next(player);
    assert_no_failure(player);
    assert_true(has_call(player, "nice(5)"));
    play_again(player->play);
    await(player);
    assert_phase(player, 2, PLAY_READ);
    assert_int_equal(lab_actor_by_name(player->lab, "a")->state, ACTOR_READY);
}

static void passes_over_mere_text(void **state)
{
    struct player *player = *state;
    add_step(player, "one", "", "");
    lesson_text_set(&add_step(player, "two", "", "")->then, "en", "two it was");
    begin(player);
    next(player);
    assert_phase(player, 1, PLAY_READ);
    assert_text(player, "two");
    next(player);
    assert_phase(player, 1, PLAY_RESULT);
    assert_text(player, "two it was");
}

static void add_listing(struct player *player, const char *file)
{
    struct lesson *lesson = player->lesson;
    lesson->listings = xreallocarray(lesson->listings, lesson->listing_count + 1, sizeof *lesson->listings);
    lesson->listings[lesson->listing_count++] =
        (struct lesson_listing){ .line = 3, .file = xstrdup(file), .text = xstrdup("hello\n") };
}

static void puts_its_listings_into_the_lab(void **state)
{
    struct player *player = *state;
    add_listing(player, "hello.py");
    add_step(player, "", "spawn a\na: exec cat hello.py", "a.printed = hello");
    begin(player);
    next(player);
    assert_no_failure(player);
}

static void writes_nowhere_else(void **state)
{
    struct player *player = *state;
    add_listing(player, "../forklore-was-here.py");
    add_step(player, "", "", "");
    begin(player);
    char *path = xasprintf("%s/../forklore-was-here.py", lab_directory(player->lab));
    assert_failure(player, 0, 3, "../forklore-was-here.py");
    assert_int_not_equal(access(path, F_OK), 0);
    free(path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(asks_before_it_acts, setup, teardown),
        cmocka_unit_test_setup_teardown(shows_without_a_prediction, setup, teardown),
        cmocka_unit_test_setup_teardown(reviews_what_was_missed, setup, teardown),
        cmocka_unit_test_setup_teardown(keeps_the_first_prediction, setup, teardown),
        cmocka_unit_test_setup_teardown(goes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_each_failure_with_its_line, setup, teardown),
        cmocka_unit_test_setup_teardown(drops_acts_behind_an_expectation, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_of_too_many_actors, setup, teardown),
        cmocka_unit_test_setup_teardown(wants_exactly_one_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(skips_what_cannot_be, setup, teardown),
        cmocka_unit_test_setup_teardown(passes_over_mere_text, setup, teardown),
        cmocka_unit_test_setup_teardown(puts_its_listings_into_the_lab, setup, teardown),
        cmocka_unit_test_setup_teardown(writes_nowhere_else, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
