/* The comments of listings: which ones there are, and what a reader is shown in their place. */
#include "../unit.h"
#include "base/memory.h"
#include "lesson/listing_comments.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* "LINE:WORDS;" for each comment. */
static char *found_in(const char *file, const char *text)
{
    struct listing_scan scan = listing_scan(file, text);
    struct listing_comment comment;
    char *all = xstrdup("");
    while (listing_scan_next(&scan, &comment)) {
        char *more = xasprintf("%s%d:%.*s;", all, comment.line, (int)comment.length, text + comment.at);
        free(all);
        all = more;
    }
    return all;
}

static void are_found_where_the_language_has_them(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *found;
    } cases[] = {
        { "a.c", "int a;  /* one */\nint b; // two  \n", "1:one;2:two;" },
        { "a.c", "a(\"/* no */ // no\"); /* yes */\n", "1:yes;" },
        { "a.c", "a(\"\\\"/* no */\", '\"', '/*', '\\''); /* yes */ b(); /* too */\n", "1:yes;1:too;" },
        { "a.c", "a(\"open\n/* yes */ # no\n", "2:yes;" },
        { "a.c", "/* \"it's */ b(\"// no\");\n// 'tis\n", "1:\"it's;2:'tis;" },
        { "a.c", "/* first\n * second\n\n   third */ int a;\n", "1:first;2:second;4:third;" },
        { "a.c", "/*  +---+\n    | a |\n    +---+  */\n", "2:| a |;" },
        { "a.c", "a(1); /* 1 */ b(); /**/ c(); /***/ d(); // --\n", "" },
        { "a.c", "/* never closed", "1:never closed;" },
        { "a.c", "#include <sys/wait.h>\nint a = b / *c;\n", "" },
        { "a.py", "x = 1  # one\n#two\n", "1:one;2:two;" },
        { "a.py", "x = '# no' + \"# no\" # yes\n", "1:yes;" },
        { "a.py", "x = 'it\\'s # no' # it's\ny = 7 // 2\n", "1:it's;" },
        { "a.py", "'''# no\n'no' \\''' # no\n'''  # yes\n\"\"\"\n# no \"\"\"\n", "3:yes;" },
        { "a.py", "x = ''  # yes\n", "1:yes;" },
        { "a.py", "x = r'\\'  # no'\n", "" },
        { "a.py", "f'{x}# no'  # 1\n# /* yes */\n", "2:/* yes */;" },
        { "a.py", "#!/usr/bin/env python3\n# yes\n", "2:yes;" },
        { "a.py", "x = 'open\ny = 1  # yes\n", "2:yes;" },
        { "a.py", "x = 1  # 注释\n", "1:注释;" },
        { "a.py", "x = 'open\\", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *found = found_in(cases[i].file, cases[i].text);
        assert_string_equal(found, cases[i].found);
        free(found);
    }
}

#define BEGIN                                                                                                \
    "name: it\n"                                                                                             \
    "title: {en: T, zh_CN: 题}\n"                                                                           \
    "goal: {en: G, zh_CN: 标}\n"                                                                            \
    "code:\n"
#define END "steps: [{say: R}]\n"

/* 0 or -errno; what was told is in `written`. */
static int load(struct written *written, struct lesson **ret, const char *text)
{
    *ret = NULL;
    written_forget(written);
    written_file(written, "it.yaml", text, strlen(text));
    return lesson_load(ret, written_path(written, "it.yaml"), &written->problems);
}

static void assert_shown(const struct lesson *lesson, const char *locale, const char *wanted)
{
    char *text = lesson_listing_text(&lesson->listings[0], locale);
    assert_string_equal(text, wanted);
    free(text);
}

static void are_shown_in_the_language_of_the_reader(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson;
    written_begin(&written);
    int r = load(&written, &lesson,
                 BEGIN "  - file: a.c\n"
                       "    text: |\n"
                       "      a(\"the end\");  /* the end */\n"
                       "      b();           /* ECHILD */\n"
                       "      /* the end\n"
                       "         of it */\n"
                       "      c(\"1234567890123456789012345678901234567890\");         /* a: no more */\n"
                       "    comments:\n"
                       "      the end: {zh_CN: 结束}\n"
                       "      ECHILD: ECHILD\n"
                       "      of it: {zh_CN: '|   到此为止   |'}\n"
                       "      'a: no more': {zh_CN: a：没有更多的了}\n" END);
    assert_string_equal(written.told, "");
    assert_int_equal(r, 0);
    assert_shown(lesson, "zh_CN.UTF-8",
                 "a(\"the end\");  /* 结束 */\n"
                 "b();           /* ECHILD */\n"
                 "/* 结束\n"
                 "   |   到此为止   | */\n"
                 "c(\"1234567890123456789012345678901234567890\");       /* a：没有更多的了 */\n");
    assert_shown(lesson, "en_GB.UTF-8", lesson->listings[0].text);
    assert_shown(lesson, "C", lesson->listings[0].text);
    assert_shown(lesson, "de_DE.UTF-8", lesson->listings[0].text);
    lesson_free(lesson);
    written_end(&written);
}

/* A lesson that has no English has its listings in the first of its languages. */
static void need_no_translation_into_their_own_language(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson;
    written_begin(&written);
    int r = load(&written, &lesson,
                 "name: it\ntitle: {zh_CN: 题}\ngoal: {zh_CN: 标}\ncode:\n"
                 "  - {file: a.py, text: \"a()  # 结束\\n\"}\n" END);
    assert_string_equal(written.told, "");
    assert_int_equal(r, 0);
    assert_shown(lesson, "zh_CN", "a()  # 结束\n");
    lesson_free(lesson);
    written_end(&written);
}

#define LISTING BEGIN "  - file: a.py\n    text: |\n      a()\n      b()  # the end\n"

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *told;
    } cases[] = {
        { LISTING END, "it.yaml:8:7: the comment 'the end' has no text in the language zh_CN\n" },
        { LISTING "    comments: {the end: {}}\n" END,
          "it.yaml:8:7: the comment 'the end' has no text in the language zh_CN\n" },
        { LISTING "    comments: {the end: {zh_CN: 结束}, an end: {zh_CN: 结束}}\n" END,
          "it.yaml:9:38: the listing has no comment 'an end'\n" },
        { LISTING "    comments: {the end: {zh_CN: 结束, de: Ende}}\n" END,
          "it.yaml:9:37: in the language de, which the title is not in\n" },
        { LISTING "    comments: {the end: {zh_CN: 结束, en: the end}}\n" END,
          "it.yaml:9:37: in the language en it stands in the listing\n" },
        { LISTING "    comments: {the end: {zh_CN: 在b结束}}\n" END,
          "it.yaml:9:26: '在b': a blank belongs between Chinese and Latin\n"
          "it.yaml:9:26: 'b结': a blank belongs between Chinese and Latin\n" },
        { LISTING "    comments: {the end: {zh_CN: \"结\\n束\"}}\n" END,
          "it.yaml:9:26: a line end or */ in a comment\n" },
        { LISTING "    comments: {the end: {zh_CN: ' '}}\n" END, "it.yaml:9:26: the text is empty\n" },
        { LISTING "    comments: {the end: [R]}\n" END,
          "it.yaml:8:7: the comment 'the end' has no text in the language zh_CN\n"
          "it.yaml:9:16: 'the end' is to be a mapping (keys with values)\n" },
        { LISTING "    comments: [the end]\n" END,
          "it.yaml:9:5: 'comments' is to be a mapping (keys with values)\n" },
        { LISTING "    comments: {the end: {zh_CN: "
                  "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四}}\n" END,
          "" },
        { LISTING "    comments: {the end: {zh_CN: "
                  "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五}}\n" END,
          "it.yaml:8:7: 76 cells wide in the language zh_CN; there is room for 74\n" },
    };
    struct written written;
    size_t failed = 0;
    written_begin(&written);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lesson *lesson;
        int r = load(&written, &lesson, cases[i].text);
        const char *told = written.told ? written.told : "";
        if (strcmp(told, cases[i].told) != 0) {
            print_message("with\n%sit tells:\n%s", cases[i].text, told);
            failed++;
        }
        assert_int_equal(r, *told ? -EINVAL : 0);
        lesson_free(lesson);
    }
    written_end(&written);
    assert_int_equal(failed, 0);
}

static int load_german(struct written *written, struct lesson **ret, const char *comments)
{
    char *german = xasprintf("title: T\ngoal: G\n%ssteps: [{}]\n", comments);
    *ret = NULL;
    written_forget(written);
    written_file(written, "it.de.yaml", german, strlen(german));
    free(german);
    return lesson_load(ret, written_path(written, "it.yaml"), &written->problems);
}

static void are_translated_for_all_listings_at_once(void **state)
{
    (void)state;
    static const char text[] =
        BEGIN "  - file: a.c\n    text: |\n      a(); /* the end */\n    comments: {the end: {zh_CN: 结束}}\n"
              "  - file: a.py\n    text: |\n      a() # the end\n      b() # ECHILD\n"
              "    comments: {the end: {zh_CN: 结束}, ECHILD: ECHILD}\n" END;
    struct written written;
    struct lesson *lesson;
    written_begin(&written);
    written_file(&written, "it.yaml", text, strlen(text));
    assert_int_equal(load_german(&written, &lesson, "comments: {the end: das Ende}\n"), 0);
    assert_shown(lesson, "de_DE.UTF-8", "a(); /* das Ende */\n");
    assert_shown(lesson, "zh_CN.UTF-8", "a(); /* 结束 */\n");
    assert_shown(lesson, "fr_FR.UTF-8", "a(); /* the end */\n");
    lesson_free(lesson);

    assert_int_equal(load_german(&written, &lesson, ""), -EINVAL);
    assert_string_equal(written.told, "it.de.yaml:1:1: the comment 'the end' of a.c is missing\n"
                                      "it.de.yaml:1:1: the comment 'the end' of a.py is missing\n");
    assert_int_equal(load_german(&written, &lesson, "comments: {the end: das Ende, an end: ein Ende}\n"),
                     -EINVAL);
    assert_string_equal(written.told, "it.de.yaml:3:31: the lesson has no comment 'an end'\n");
    assert_int_equal(
        load_german(
            &written, &lesson,
            "comments:\n  the end: 12345678901234567890123456789012345678901234567890123456789012345678\n"),
        -EINVAL);
    assert_string_equal(written.told,
                        "it.de.yaml:3:1: line 1 of a.c would be 79 cells wide; there is room for 74\n");
    written_end(&written);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_found_where_the_language_has_them),
        cmocka_unit_test(are_shown_in_the_language_of_the_reader),
        cmocka_unit_test(need_no_translation_into_their_own_language),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(are_translated_for_all_listings_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
