/* Reports of the lab as JSON, read back with the library that programs would use. */
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

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_has_all_there_is),
        cmocka_unit_test(the_labs_own_has_no_actor),
        cmocka_unit_test(every_kind_has_a_name),
        cmocka_unit_test(what_is_no_utf8_becomes_question_marks),
    };
    return cmocka_run_group_tests_name("app/lab_reports", tests, NULL, NULL);
}
