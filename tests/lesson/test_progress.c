#include "../unit.h"
#include "base/memory.h"
#include "lesson/progress.h"
#include "written.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char name[] = "state/forklore/progress.json";

static int begin(void **state)
{
    struct written *written = xcalloc(1, sizeof *written);
    written_begin(written);
    setenv("XDG_STATE_HOME", written_path(written, "state"), 1);
    *state = written;
    return 0;
}

static int end(void **state)
{
    written_end(*state);
    free(*state);
    return 0;
}

static void assert_contents(const struct written *written, const char *file, const char *expected)
{
    char text[1000] = "";
    FILE *stream = fopen(written_path(written, file), "r");
    assert_non_null(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    fclose(stream);
    assert_string_equal(text, expected);
}

static void it_is_kept(void **state)
{
    struct progress *progress = progress_new();
    assert_int_equal(progress_get(progress, "zombie").furthest, 0);
    assert_int_equal(progress_save(progress), 0); /* nothing to write, so no folder is made */
    assert_int_equal(access(written_path(*state, "state"), F_OK), -1);
    progress_reach(progress, "zombie", 3);
    progress_reach(progress, "zombie", 2);
    progress_reach(progress, "wait", 5);
    progress_end(progress, "wait", 2, 4);
    assert_int_equal(progress_save(progress), 0);
    progress_free(progress);

    struct stat status;
    assert_int_equal(stat(written_path(*state, name), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(stat(written_path(*state, "state/forklore"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    assert_contents(
        *state, name,
        "{\n \"lessons\": {\n  \"wait\": {\n   \"done\": true,\n   \"furthest\": 5,\n   \"made\": 4,\n"
        "   \"right\": 2\n  },\n  \"zombie\": {\n   \"furthest\": 3\n  }\n }\n}\n");
    progress = progress_new();
    assert_int_equal(progress_get(progress, "zombie").furthest, 3);
    assert_false(progress_get(progress, "zombie").done);
    assert_true(progress_get(progress, "wait").done);
    assert_int_equal(progress_get(progress, "wait").right, 2);
    assert_int_equal(progress_get(progress, "wait").made, 4);
    progress_free(progress);
}

/* Of another version, or of another program at the same time. */
static void what_is_not_ours_stays(void **state)
{
    static const char file[] =
        "{\"version\":2,\"lessons\":{\"old\":{\"furthest\":8},\"a\":{\"furthest\":1,\"stars\":3}}}";
    written_file(*state, name, file, strlen(file));
    struct progress *one = progress_new(), *other = progress_new();
    progress_reach(one, "a", 4);
    progress_reach(other, "a", 2);
    progress_reach(other, "b", 1);
    assert_int_equal(progress_save(one), 0);
    assert_int_equal(progress_save(other), 0);
    assert_int_equal(progress_get(other, "a").furthest, 4);
    progress_free(one);
    progress_free(other);
    assert_contents(*state, name,
                    "{\n \"lessons\": {\n  \"a\": {\n   \"furthest\": 4,\n   \"stars\": 3\n  },\n"
                    "  \"b\": {\n   \"furthest\": 1\n  },\n  \"old\": {\n   \"furthest\": 8\n  }\n },\n"
                    " \"version\": 2\n}\n");
}

static void nonsense_is_no_progress(void **state)
{
    static const char *const files[] = {
        "",
        "{",
        "[1]",
        "7",
        "{\"lessons\":[]}",
        "{\"lessons\":{\"a\":3}}",
        "{\"lessons\":{\"a\":{\"furthest\":-1,\"made\":\"x\",\"right\":4000000000,\"done\":1}}}",
        "{\"lessons\":{\"a\":{\"right\":3,\"made\":0}}}",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        written_file(*state, name, files[i], strlen(files[i]));
        struct progress *progress = progress_new();
        struct progress_of_lesson found = progress_get(progress, "a");
        assert_int_equal(found.furthest, 0);
        assert_int_equal(found.made, 0);
        assert_int_equal(found.right, 0);
        assert_false(found.done);
        progress_reach(progress, "a", 2);
        assert_int_equal(progress_save(progress), 0);
        progress_free(progress);
        progress = progress_new();
        assert_int_equal(progress_get(progress, "a").furthest, 2);
        progress_free(progress);
    }
    assert_contents(*state, "state/forklore/progress.json.damaged", "7");
}

static void where_it_cannot_be_kept(void **state)
{
    written_file(*state, "state", "a file", 6);
    struct progress *progress = progress_new();
    progress_reach(progress, "a", 2);
    assert_int_equal(progress_save(progress), -ENOTDIR);
    assert_int_equal(progress_get(progress, "a").furthest, 2);
    progress_free(progress);
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    progress = progress_new();
    progress_reach(progress, "a", 2);
    assert_int_equal(progress_save(progress), -ENOENT);
    progress_free(progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_ours_stays, begin, end),
        cmocka_unit_test_setup_teardown(nonsense_is_no_progress, begin, end),
        cmocka_unit_test_setup_teardown(where_it_cannot_be_kept, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
