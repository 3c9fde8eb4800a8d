/* Reports of the lab: as text in lines of some width, and as JSON, read back with the library that programs
 * would use. */
#include "../unit.h"

#include "app/lab_reports.h"

#include <jansson.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static json_t *print_and_read(const struct lab_report *report)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    lab_report_json(report, out);
    fclose(out);
    assert_ptr_equal(strchr(text, '\n'), text + size - 1);
    json_t *object = json_loads(text, 0, NULL);
    free(text);
    assert_non_null(object);
    return object;
}

static void assert_text(const json_t *object, const char *key, const char *expected)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    assert_string_equal(text, expected);
}

static void a_call_has_all_there_is(void **state)
{
    (void)state;
    json_t *object = print_and_read(&(struct lab_report){
        .kind = LAB_REPORT_CALL,
        .id = { 4313, 1234567890123ULL },
        .actor = "b",
        .text = "waitpid(-1, &status, 0) = -1 ECHILD",
        .words = "没有「子进程」 \"\\",
        .error = 10,
        .failed = true,
    });
    assert_text(object, "kind", "call");
    assert_text(object, "actor", "b");
    assert_text(object, "text", "waitpid(-1, &status, 0) = -1 ECHILD");
    assert_text(object, "words", "没有「子进程」 \"\\");
    assert_text(object, "errno", "ECHILD");
    assert_int_equal(json_integer_value(json_object_get(object, "pid")), 4313);
    assert_true(json_integer_value(json_object_get(object, "start")) == 1234567890123LL);
    assert_true(json_is_true(json_object_get(object, "failed")));
    json_decref(object);
}

static void the_labs_own_has_no_actor(void **state)
{
    (void)state;
    json_t *object = print_and_read(&(struct lab_report){ .kind = LAB_REPORT_TEXT, .text = "one\ntwo\n" });
    assert_text(object, "kind", "text");
    assert_text(object, "text", "one\ntwo\n");
    const char *const empty[] = { "actor", "pid", "start", "words", "errno" };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        assert_true(json_is_null(json_object_get(object, empty[i])));
    json_decref(object);
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    const char *const names[] = { "call",   "blocked", "ended",  "reaped", "left",
                                  "expect", "refused", "output", "text" };
    for (int kind = LAB_REPORT_CALL; kind <= LAB_REPORT_TEXT; kind++) {
        json_t *object =
            print_and_read(&(struct lab_report){ .kind = (enum lab_report_kind)kind, .text = "" });
        assert_text(object, "kind", names[kind]);
        json_decref(object);
    }
}

static void what_is_no_utf8_becomes_question_marks(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C");
    json_t *object = print_and_read(&(struct lab_report){ .kind = LAB_REPORT_CALL, .text = "a\xe4\xff b" });
    assert_text(object, "text", "a?? b");
    json_decref(object);
    setlocale(LC_ALL, "C.UTF-8");
}

static void assert_printed(const struct lab_report *report, int width, const char *expected)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    lab_report_text(report, width, out);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void words_stand_beside_the_call_where_there_is_room(void **state)
{
    (void)state;
    const struct lab_report report = {
        .kind = LAB_REPORT_CALL, .actor = "b", .text = "getpid() = 4313", .words = "its own"
    };
    const char *wide = "b         getpid() = 4313                               its own\n";
    assert_printed(&report, 0, wide);
    assert_printed(&report, 200, wide);
    assert_printed(&report, 80, "b         getpid() = 4313                   its own\n");
    const struct lab_report alone = { .kind = LAB_REPORT_BLOCKED, .text = "pause()" };
    assert_printed(&alone, 0, "forklore  pause() ...\n");
    assert_printed(&alone, 80, "forklore  pause() ...\n");
}

static void what_does_not_fit_goes_below(void **state)
{
    (void)state;
    const struct lab_report report = {
        .kind = LAB_REPORT_ENDED,
        .actor = "mother",
        .text = "exit 4",
        .words = "Z: forklore has not asked how it ended; its zombie j2 is left to 1 systemd",
    };
    assert_printed(&report, 80,
                   "mother    ended: exit 4\n"
                   "              Z: forklore has not asked how it ended; its zombie j2 is left to 1\n"
                   "              systemd\n");
    const struct lab_report longer = {
        .kind = LAB_REPORT_CALL,
        .actor = "a-name-that-is-",
        .text = "openat2(AT_FDCWD, \"notes\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600, ...}, 24) = 3",
        .words = "这个文件在实验室自己的目录里，演示进程的全部文件都在这里；别处的打不开",
    };
    assert_printed(&longer, 80,
                   "a-name-that-is- openat2(AT_FDCWD, \"notes\", {O_RDWR|O_CREAT|O_CLOEXEC, 0600,\n"
                   "            ...}, 24) = 3\n"
                   "              这个文件在实验室自己的目录里，演示进程的全部文件都在这里；别处的打\n"
                   "              不开\n");
}

static void a_result_stays_with_its_sign(void **state)
{
    (void)state;
    const struct lab_report report = {
        .kind = LAB_REPORT_CALL,
        .actor = "b",
        .text = "recvfrom(3, \"hello there\", 512, 0, {AF_INET, 127.0.0.1:35121}, {16}) = 11",
        .words = "from a.u",
    };
    assert_printed(&report, 80,
                   "b         recvfrom(3, \"hello there\", 512, 0, {AF_INET, 127.0.0.1:35121}, {16})\n"
                   "            = 11\n"
                   "              from a.u\n");
}

static void tables_stay_and_their_remarks_are_broken(void **state)
{
    (void)state;
    const char *text = "NAME    SHARE\n   a     50.0\n\n"
                       "Autogroup is on: a nice value counts within a session.\n";
    const struct lab_report report = { .kind = LAB_REPORT_TEXT, .text = text };
    assert_printed(&report, 0, text);
    assert_printed(&report, 80, text);
    assert_printed(&report, 40,
                   "NAME    SHARE\n   a     50.0\n\n"
                   "Autogroup is on: a nice value counts\nwithin a session.\n");
    assert_printed(&(struct lab_report){ .kind = LAB_REPORT_TEXT, .text = "" }, 80, "");
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stand_beside_the_call_where_there_is_room),
        cmocka_unit_test(what_does_not_fit_goes_below),
        cmocka_unit_test(a_result_stays_with_its_sign),
        cmocka_unit_test(tables_stay_and_their_remarks_are_broken),
        cmocka_unit_test(a_call_has_all_there_is),
        cmocka_unit_test(the_labs_own_has_no_actor),
        cmocka_unit_test(every_kind_has_a_name),
        cmocka_unit_test(what_is_no_utf8_becomes_question_marks),
    };
    return cmocka_run_group_tests_name("app/lab_reports", tests, NULL, NULL);
}
