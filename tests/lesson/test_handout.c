#include "../unit.h"
#include "base/memory.h"
#include "lesson/handout.h"
#include "lesson/skeleton.h"
#include "lesson/template.h"
#include "valid.h"
#include "written.h"

#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What HTML and Markdown take for markup, wherever a lesson may hold it. */
static const char nasty[] = "name: nasty\n"
                            "title: '<b>&amp; T'\n"
                            "goal: '1. *G* # \"x\"'\n"
                            "code:\n"
                            "  - file: n.c\n"
                            "    text: |\n"
                            "      /* </code> & ``` */\n"
                            "    prints: |\n"
                            "      <i>\n"
                            "steps:\n"
                            "  - say: \"- <script>alert('x')</script>\\n{b.pid} `_*_`\"\n"
                            "    ask:\n"
                            "      question: '# a < b?'\n"
                            "      choices:\n"
                            "        '<': {if: 'b.pid = 1', why: '& so'}\n"
                            "        '>': {if: 'b.pid != 1', why: '</li>'}\n"
                            "    do: |\n"
                            "      # </pre>\n"
                            "      spawn b\n"
                            "    shell: ['ps -p {b.pid} > x']\n"
                            "    needs: [cpus>=2]\n"
                            "    notes: '<!-- -->'\n";

static char *print(const char *bytes, const char *name, enum handout_format format, const char *language,
                   bool with_answers, const int *right)
{
    struct written written;
    struct lesson *lesson = NULL;
    char *text;
    size_t size;
    written_begin(&written);
    written_file(&written, name, bytes, strlen(bytes));
    lesson_load(&lesson, written_path(&written, name), &written.problems);
    assert_string_equal(written.told, "");
    FILE *out = open_memstream(&text, &size);
    struct handout handout = { .format = format, .language = language, .with_answers = with_answers };
    handout_begin(&handout, out, lesson_text_in(&lesson->title, language));
    handout_lesson(&handout, out, lesson, right);
    handout_end(&handout, out);
    fclose(out);
    lesson_free(lesson);
    written_end(&written);
    return text;
}

static bool is_void(const char *name)
{
    return strcmp(name, "meta") == 0 || strcmp(name, "br") == 0 || strcmp(name, "!DOCTYPE") == 0;
}

/* Every element is ended where it has to be, and no < or & stands for itself. */
static void assert_is_whole(const char *html)
{
    char open[32][16];
    size_t depth = 0;
    for (const char *at = html; *at; at++) {
        if (*at == '&')
            assert_true(strspn(at + 1, "abcdefghijklmnopqrstuvwxyz#0123456789") > 1 && strchr(at, ';'));
        if (*at != '<')
            continue;
        bool ends = at[1] == '/';
        char name[16];
        size_t length = strcspn(at + 1 + ends, " >");
        assert_in_range(length, 1, sizeof name - 1);
        snprintf(name, sizeof name, "%.*s", (int)length, at + 1 + ends);
        if (ends) {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        } else if (!is_void(name)) {
            assert_true(depth < 32);
            strcpy(open[depth++], name);
        }
        at = strchr(at, '>');
        assert_non_null(at);
    }
    assert_int_equal(depth, 0);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no '%s' in:\n%s", part, text);
}

static void html_is_whole_and_escaped(void **state)
{
    (void)state;
    char *html = print(nasty, "nasty.yaml", HANDOUT_HTML, "zh_CN", true, (int[]){ 1 });
    assert_is_whole(html);
    assert_int_equal(
        strncmp(html, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">", 65), 0);
    assert_has(html, "<title>&lt;b&gt;&amp;amp; T</title>");
    assert_has(html, "<p>- &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;<br>\n<var>b.pid</var> `_*_`</p>");
    assert_has(html, "<span>/* &lt;/code&gt; &amp; ``` */</span>");
    assert_has(html, "<li>&lt; <span class=\"answer\">[not right]</span><br>\n&amp; so</li>");
    assert_has(html, "<li>&gt; <span class=\"answer\">[the right one]</span><br>\n&lt;/li&gt;</li>");
    assert_has(html, "<pre><code># &lt;/pre&gt;\nspawn b\n</code></pre>");
    assert_has(html, "ps -p <var>b.pid</var> &gt; x");
    assert_has(html, "<strong>For the teacher:</strong> &lt;!-- --&gt;");
    free(html);
}

static void answers_only_if_wanted(void **state)
{
    (void)state;
    char *html = print(nasty, "nasty.yaml", HANDOUT_HTML, "en", false, NULL);
    assert_is_whole(html);
    assert_null(strstr(html, "class=\"answer\""));
    assert_null(strstr(html, "so</li>"));
    assert_null(strstr(html, "teacher"));
    assert_has(html, "<li>&lt;</li>\n<li>&gt;</li>\n");
    free(html);
    html = print(nasty, "nasty.yaml", HANDOUT_HTML, "en", true, NULL);
    assert_has(html, "[right if the kernel shows: b.pid != 1]");
    free(html);
}

static void markdown_is_escaped(void **state)
{
    (void)state;
    char *text = print(nasty, "nasty.yaml", HANDOUT_MARKDOWN, "en", true, (int[]){ 1 });
    assert_has(text, "# \\<b\\>\\&amp; T\n\n1\\. \\*G\\* \\# \"x\"\n\n");
    assert_has(text, "````c\n/* </code> & ``` */\n````\n");
    assert_has(text, "\\- \\<script\\>alert('x')\\</script\\>\\\n*b.pid* \\`\\_\\*\\_\\`\n\n");
    assert_has(text, "**Question:** \\# a \\< b?\n\n1. \\< **\\[not right\\]**\\\n   \\& so\n2. \\>");
    free(text);
}

static void every_language_is_there(void **state)
{
    (void)state;
    char *english = print(valid, "valid.yaml", HANDOUT_HTML, "en_GB", false, NULL);
    char *chinese = print(valid, "valid.yaml", HANDOUT_HTML, "zh_CN", false, NULL);
    assert_is_whole(english);
    assert_is_whole(chinese);
    assert_has(english, "<h1>17 A zombie</h1>");
    assert_has(english, "<p>a forks b, <var>b.pid</var>.</p>");
    assert_null(strstr(english, "进程"));
    assert_has(chinese, "<h1>17 僵尸进程</h1>");
    assert_null(strstr(chinese, "zombie</h1>"));
    free(english);
    free(chinese);
}

static void the_name_says_the_format(void **state)
{
    (void)state;
    assert_int_equal(handout_format_of("a.html"), HANDOUT_HTML);
    assert_int_equal(handout_format_of("/x/a.HTM"), HANDOUT_HTML);
    assert_int_equal(handout_format_of("a.md"), HANDOUT_MARKDOWN);
    assert_int_equal(handout_format_of(".md"), HANDOUT_NONE);
    assert_int_equal(handout_format_of("md"), HANDOUT_NONE);
    assert_int_equal(handout_format_of("a.pdf"), HANDOUT_NONE);
}

static void a_template_is_a_lesson(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson = NULL;
    written_begin(&written);
    assert_int_equal(template_write(written_path(&written, "my-first_1.yaml")), 0);
    int r = lesson_load(&lesson, written_path(&written, "my-first_1.yaml"), &written.problems);
    assert_string_equal(written.told, "");
    assert_int_equal(r, 0);
    assert_string_equal(lesson->name, "my-first_1");
    assert_non_null(lesson->steps[1].ask);
    lesson_free(lesson);
    assert_int_equal(template_write(written_path(&written, "my-first_1.yaml")), -EEXIST);
    assert_int_equal(template_write(written_path(&written, "a lesson.yaml")), -EINVAL);
    assert_int_equal(template_write(written_path(&written, "lesson.yml")), -EINVAL);
    assert_int_equal(template_write(written_path(&written, "course.yaml")), -EINVAL);
    assert_int_equal(template_write(written_path(&written, "none/lesson.yaml")), -ENOENT);
    written_end(&written);
}

static struct lesson *load_skeleton(const char *const *commands, size_t count)
{
    struct written written;
    struct lesson *lesson = NULL;
    char *text = skeleton_text("done", commands, count);
    written_begin(&written);
    written_file(&written, "done.yaml", text, strlen(text));
    lesson_load(&lesson, written_path(&written, "done.yaml"), &written.problems);
    assert_string_equal(written.told, "");
    written_end(&written);
    free(text);
    return lesson;
}

static void what_was_done_is_a_lesson(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "expect lab.actors = 0",           "spawn a",  "a: fork b", "expect b exists",
        "expect b.ppid = a.pid within 2s", "b: exit 7"
    };
    struct lesson *lesson = load_skeleton(commands, 6);
    assert_int_equal(lesson->step_count, 3);
    assert_string_equal(lesson->steps[0].acts, "expect lab.actors = 0\nspawn a\n");
    assert_string_equal(lesson->steps[0].expect, "");
    assert_string_equal(lesson->steps[1].acts, "a: fork b\n");
    assert_string_equal(lesson->steps[1].expect, "b exists\nb.ppid = a.pid within 2s\n");
    assert_string_equal(lesson->steps[2].acts, "b: exit 7\n");
    assert_string_equal(lesson->languages[1], "zh_CN");
    lesson_free(lesson);
}

static void many_commands_share_the_steps(void **state)
{
    (void)state;
    const char *commands[20];
    for (size_t i = 0; i < 20; i++)
        commands[i] = "spawn";
    struct lesson *lesson = load_skeleton(commands, 20);
    assert_int_equal(lesson->step_count, 7);
    assert_string_equal(lesson->steps[0].acts, "spawn\nspawn\nspawn\n");
    assert_string_equal(lesson->steps[6].acts, "spawn\nspawn\n");
    lesson_free(lesson);
    lesson = load_skeleton(commands, 0);
    assert_int_equal(lesson->step_count, 1);
    assert_string_equal(lesson->steps[0].acts, "");
    lesson_free(lesson);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_is_whole_and_escaped), cmocka_unit_test(answers_only_if_wanted),
        cmocka_unit_test(markdown_is_escaped),       cmocka_unit_test(every_language_is_there),
        cmocka_unit_test(the_name_says_the_format),  cmocka_unit_test(a_template_is_a_lesson),
        cmocka_unit_test(what_was_done_is_a_lesson), cmocka_unit_test(many_commands_share_the_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
