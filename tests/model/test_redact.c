/* What a picture for others must not tell is gone from every text, and what they may know stays. */
#include "../unit.h"
#include "samples.h"

#include "model/redact.h"

#include <stdbool.h>
#include <string.h>

enum { ANNA = 1007 };

struct scene {
    struct redact *redact;
    struct users *users;
    struct sample sample;
};

static int set_up(void **state)
{
    static struct scene scene;
    scene = (struct scene){ .redact = redact_new("classroom-7", "/srv/people/anna"), .users = users_new() };
    users_set(scene.users, ANNA, "anna");
    users_set(scene.users, 33, "www-data");
    sample_with(&scene.sample, 10, 1, "anna-tool")->euid = ANNA;
    scene.sample.processes[0].cmdline = "vi /home/anna/secret.txt";
    sample_with(&scene.sample, 11, 1, "web")->euid = 33;
    scene.sample.processes[1].cmdline = "web --user www-data --host classroom-7";
    redact_learn(scene.redact, &scene.sample, scene.users, false);
    *state = &scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    redact_free(scene->redact);
    users_free(scene->users);
    sample_release(&scene->sample);
    return 0;
}

static void names_are_replaced_in_texts(void **state)
{
    struct scene *scene = *state;
    static const char *const texts[][2] = {
        { "anna", "user" },
        { "joanna's", "jouser's" },
        { "/srv/people/anna/x", "~/x" },
        { "cat /home/bob/x /home/anna", "cat ~/x ~" },
        { "/home/", "/home/" },
        { "ssh classroom-7", "ssh host" },
        { "www-data", "www-data" },
        { "anna@classroom-7:/home/anna$", "user@host:~" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[100];
        redact_text(scene->redact, text, sizeof text, texts[i][0]);
        assert_string_equal(text, texts[i][1]);
    }
    char small[5];
    assert_string_equal(redact_text(scene->redact, small, sizeof small, "xyzanna"), "xyz");
}

/* The log tells of processes that are no longer in any sample. */
static void who_owns_nothing_any_more_is_hidden_too(void **state)
{
    struct scene *scene = *state;
    struct event event = { .kind = EVENT_GONE, .id = { 12, 1200 }, .comm = "berta-tool" };
    users_set(scene->users, 1008, "berta");
    redact_learn(scene->redact, &scene->sample, scene->users, false);
    redact_event(scene->redact, &event);
    assert_string_equal(event.comm, "user-tool");
}

/* One name may begin another, and the machine may be called like somebody on it. */
static void the_longest_name_is_replaced(void **state)
{
    struct scene *scene = *state;
    char text[100];
    static const char *const names[] = { "an", "annabel", "annab", "zoe", "class" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        users_set(scene->users, 2000 + (uid_t)i, names[i]);
    redact_learn(scene->redact, &scene->sample, scene->users, false);
    assert_string_equal(
        redact_text(scene->redact, text, sizeof text, "annabel,annabe,anna,ann,an,a,classroom-7,classroom-8"),
        "user,usere,user,usern,user,a,host,userroom-8");
}

static bool keep_the_web(void *data, const struct process *process)
{
    (void)data;
    return strcmp(process->comm, "web") == 0;
}

static void command_lines_are_left_out_but_those_to_keep(void **state)
{
    struct scene *scene = *state;
    struct sample shown = { 0 };
    redact_sample(scene->redact, &shown, &scene->sample, keep_the_web, NULL);
    assert_int_equal(shown.count, 2);
    assert_string_equal(shown.processes[0].comm, "user-tool");
    assert_null(shown.processes[0].cmdline);
    assert_string_equal(shown.processes[1].cmdline, "web --user www-data --host host");
    assert_int_equal(shown.processes[0].euid, ANNA);
    sample_release(&shown);
}

static void people_are_called_by_number(void **state)
{
    struct scene *scene = *state;
    assert_string_equal(users_name(scene->users, ANNA), "anna");
    users_hide_people(scene->users, true);
    assert_string_equal(users_name(scene->users, ANNA), "user1007");
    assert_string_equal(users_name(scene->users, 33), "www-data");
    assert_string_equal(users_real_name(scene->users, ANNA), "anna");
    users_hide_people(scene->users, false);
    assert_string_equal(users_name(scene->users, ANNA), "anna");
}

static void what_the_kernel_cut_is_redacted_too(void **state)
{
    struct scene *scene = *state;
    struct sample sample = { 0 }, shown = { 0 };
    static const char *const names[][2] = {
        { "ssh-to-classroo", "ssh-to-host" }, /* "ssh-to-classroom-7", cut */
        { "anna's-program1", "user's-program1" }, { "a-name-with-ann", "a-name-with-user" },
        { "a-name-with-oan", "a-name-with-oan" }, /* too little to be told from anything else */
        { "not-cut-ann", "not-cut-ann" },
    };
    enum { COUNT = sizeof names / sizeof *names };
    for (int i = 0; i < COUNT; i++)
        sample_with(&sample, 10 + i, 1, names[i][0]);
    redact_sample(scene->redact, &shown, &sample, keep_the_web, NULL);
    for (int i = 0; i < COUNT; i++)
        assert_string_equal(shown.processes[i].comm, names[i][1]);
    sample_release(&shown);
    sample_release(&sample);
}

static void events_are_redacted(void **state)
{
    struct scene *scene = *state;
    struct event event = { .comm = "anna-tool", .parent_comm = "classroom-7", .comm_before = "sh" };
    redact_event(scene->redact, &event);
    assert_string_equal(event.comm, "user-tool");
    assert_string_equal(event.parent_comm, "host");
    assert_string_equal(event.comm_before, "sh");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_replaced_in_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_owns_nothing_any_more_is_hidden_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_longest_name_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(command_lines_are_left_out_but_those_to_keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_kernel_cut_is_redacted_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(people_are_called_by_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_are_redacted, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("model/redact", tests, NULL, NULL);
}
