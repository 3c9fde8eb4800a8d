#include "../model/samples.h"
#include "../unit.h"
#include "base/clock.h"
#include "picture/tree_picture.h"

#include <jansson.h>
#include <locale.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* A small family, its tree, and a picture of it. */
struct scene {
    struct sample sample;
    struct tree tree;
    struct computer computer;
    struct column_context context;
    const struct column *columns[32];
    struct tree_picture picture;
};

static int set_up(void **state)
{
    setlocale(LC_ALL, "C.UTF-8");
    struct scene *scene = xcalloc(1, sizeof *scene);
    scene->computer.ticks_per_second = 100;
    scene->context = (struct column_context){ &scene->sample, &scene->computer, users_new() };
    scene->picture =
        (struct tree_picture){ .tree = &scene->tree, .context = &scene->context, .columns = scene->columns };
    const char *unknown;
    column_parse(column_default, scene->columns, &scene->picture.column_count, &unknown);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    tree_release(&scene->tree);
    sample_release(&scene->sample);
    users_free(scene->context.users);
    free(scene);
    return 0;
}

static char *taken(struct scene *scene, void (*take)(const struct tree_picture *picture, FILE *to))
{
    char *text;
    size_t size;
    FILE *to = open_memstream(&text, &size);
    tree_build(&scene->tree, &scene->sample, NULL, &(struct order){ 0 });
    take(&scene->picture, to);
    fclose(to);
    return text;
}

static void assert_picture(struct scene *scene, void (*take)(const struct tree_picture *picture, FILE *to),
                           const char *expected)
{
    char *text = taken(scene, take);
    assert_string_equal(text, expected);
    free(text);
}

static void make_family(struct scene *scene)
{
    struct sample *sample = &scene->sample;
    sample_with(sample, 1, 0, "init")->session = 1;
    sample_with(sample, 612, 1, "进程")->nice = 5;
    struct process *zombie = sample_with(sample, 4312, 612, "b\"\\<\033[m");
    zombie->state = 'Z';
    zombie->cmdline = "[b]";
    struct process *real_time = sample_with(sample, 4313, 1, "rt");
    real_time->policy = SCHED_FIFO;
    real_time->priority = -11;
    real_time->rss_kib = 2048;
    real_time->cmdline = "rt --now \"x\"";
    sample_append(sample, &(struct process){ .id = { 4400, 500000 },
                                             .tgid = 4313,
                                             .ppid = 1,
                                             .pgrp = 4313,
                                             .session = 1,
                                             .tpgid = -1,
                                             .threads = 1,
                                             .state = 'S',
                                             .comm = "rt2" });
}

static void text_has_a_head_columns_and_lines(void **state)
{
    struct scene *scene = *state;
    make_family(scene);
    assert_picture(scene, picture_text,
                   "    PID    PPID STAT    NI  COMMAND\n"
                   "      1       0 Ss       0  init\n"
                   "    612       1 SN       5  ├─ 进程\n"
                   "   4312     612 Z        0  │  └─ b\"\\<?[m ‹zombie›\n"
                   "   4313       1 S        -  └─ rt\n"
                   "   4400       1 S        0     └─ {rt2}\n");
    scene->picture.ascii = scene->picture.arguments = true;
    scene->picture.width = 40;
    assert_picture(scene, picture_text,
                   "    PID    PPID STAT    NI  COMMAND\n"
                   "      1       0 Ss       0  init\n"
                   "    612       1 SN       5  |- 进程\n"
                   "   4312     612 Z        0  |  `- b\"\\<?[\n"
                   "   4313       1 S        -  `- rt --now\n"
                   "   4400       1 S        0     `- {rt2}\n");
    scene->picture.column_count = 0;
    assert_picture(scene, picture_text,
                   "COMMAND\ninit\n|- 进程\n|  `- b\"\\<?[m <zombie>\n`- rt --now \"x\"\n   `- {rt2}\n");
}

static void json_has_every_field(void **state)
{
    struct scene *scene = *state;
    make_family(scene);
    char *text = taken(scene, picture_json);
    json_t *array = json_loads(text, 0, NULL);
    assert_int_equal(json_array_size(array), 5);
    json_t *real_time = json_array_get(array, 3);
    double start = json_number_value(json_object_get(real_time, "start"));
    double booted = (double)clock_to_unix(0) / 1e9;
    assert_true(start - booted - 4313 < 1 && start - booted - 4313 > -1);
    json_object_del(real_time, "start");
    char *rest = json_dumps(real_time, 0);
    assert_string_equal(
        rest, "{\"pid\": 4313, \"ppid\": 1, \"stat\": \"S\", \"ni\": null, \"pri\": 50, \"pgid\": 4313,"
              " \"sid\": 1, \"tpgid\": -1, \"threads\": 1, \"user\": \"0\", \"tty\": \"?\","
              " \"comm\": \"rt\", \"args\": \"rt --now \\\"x\\\"\", \"rss\": 2048}");
    free(rest);
    json_t *zombie = json_array_get(array, 2);
    assert_true(json_is_null(json_object_get(zombie, "args")));
    assert_string_equal(json_string_value(json_object_get(zombie, "comm")), "b\"\\<?[m");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(array, 1), "ni")), 5);
    assert_string_equal(json_string_value(json_object_get(json_array_get(array, 1), "comm")), "进程");
    json_t *thread = json_array_get(array, 4);
    assert_int_equal(json_integer_value(json_object_get(thread, "tgid")), 4313);
    assert_null(json_object_get(real_time, "tgid"));
    json_decref(array);
    free(text);
}

static void json_of_nothing_is_an_array(void **state)
{
    assert_picture(*state, picture_json, "[\n]\n");
}

static void bytes_that_are_no_characters_do_not_break_json(void **state)
{
    struct scene *scene = *state;
    sample_with(&scene->sample, 1, 0,
                "a\xff\xe5\x83"
                "b\xed\xa0\x80");
    for (int round = 0; round < 2; round++) {
        char *text = taken(scene, picture_json);
        json_t *array = json_loads(text, 0, NULL);
        assert_int_equal(json_array_size(array), 1);
        const char *comm = json_string_value(json_object_get(json_array_get(array, 0), "comm"));
        assert_string_equal(comm, "a\?\?\?b\?\?\?");
        json_decref(array);
        free(text);
        setlocale(LC_ALL, "C");
    }
    setlocale(LC_ALL, "C.UTF-8");
}

static void graphs_quote_what_means_something_to_them(void **state)
{
    struct scene *scene = *state;
    make_family(scene);
    assert_picture(scene, picture_dot,
                   "digraph processes {\n"
                   "    node [shape=box, fontname=\"monospace\"];\n"
                   "    p1 [label=\"1 init Ss\"];\n"
                   "    p612 [label=\"612 进程 SN\"];\n"
                   "    p4312 [label=\"4312 b\\\"\\\\<?[m Z\"];\n"
                   "    p4313 [label=\"4313 rt S\"];\n"
                   "    p4400 [label=\"4400 {rt2} S\"];\n"
                   "    p1 -> p612;\n"
                   "    p612 -> p4312;\n"
                   "    p1 -> p4313;\n"
                   "    p4313 -> p4400;\n"
                   "}\n");
    assert_picture(scene, picture_mermaid,
                   "flowchart TD\n"
                   "    p1[\"1 init Ss\"]\n"
                   "    p612[\"612 进程 SN\"]\n"
                   "    p4312[\"4312 b#34;#92;#60;?#91;m Z\"]\n"
                   "    p4313[\"4313 rt S\"]\n"
                   "    p4400[\"4400 #123;rt2#125; S\"]\n"
                   "    p1 --> p612\n"
                   "    p612 --> p4312\n"
                   "    p1 --> p4313\n"
                   "    p4313 --> p4400\n");
}

static void deep_chains_are_drawn(void **state)
{
    struct scene *scene = *state;
    enum { LENGTH = 20000 };
    for (pid_t pid = 1; pid <= LENGTH; pid++)
        sample_with(&scene->sample, pid, pid - 1, "a");
    char *text = taken(scene, picture_text);
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, LENGTH + 1);
    assert_string_equal(text + strlen(text) - strlen("  └─ a\n"), "  └─ a\n");
    free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_has_a_head_columns_and_lines),
        TEST(json_has_every_field),
        TEST(json_of_nothing_is_an_array),
        TEST(bytes_that_are_no_characters_do_not_break_json),
        TEST(graphs_quote_what_means_something_to_them),
        TEST(deep_chains_are_drawn),
    };
    return cmocka_run_group_tests_name("picture/tree_picture", tests, NULL, NULL);
}
