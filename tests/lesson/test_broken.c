/* Each lesson here is the valid one with one thing changed; what is told of it is exactly this. */

#include "../unit.h"
#include "base/memory.h"
#include "valid.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIFTY      "iiiiiiiii iiiiiiiii iiiiiiiii iiiiiiiii iiiiiiiii "
#define FIVE_LINES FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY
#define MARKED     "    mark: {zombie.py: 1-2}\n"
#define GOAL       "goal: {en: What is left of a process, zh_CN: 进程留下了什么}"

static const struct {
    const char *from, *to, *told;
} cases[] = {
    /* YAML */
    { "number: 17\n", "number 17\n",
      "valid.yaml:3:1: YAML: a colon is missing behind a key, or a quote or bracket is open\n" },
    { "  - say: {en: Skipped.", "   - say: {en: Skipped.",
      "valid.yaml:46:4: YAML: a - was expected here: is the indentation right?\n" },
    { "title: {en: A zombie,", "title: {en: A zombie: dead,",
      "valid.yaml:3:21: YAML: a , or } was expected here\n" },
    { "goal: {", "\tgoal: {",
      "valid.yaml:4:1: YAML: no text begins with this character unless it is quoted\n" },
    { "number: 17", "number: &n 17", "" },
    { "number: 17", "number: *n",
      "valid.yaml:2:9: nothing before this is marked so: *NAME wants an &NAME\n" },
    { "steps:\n", "steps: &s\n", "" },
    { "then: R", "then: !!str R", "valid.yaml:26:11: a tag (!NAME) cannot be used here\n" },
    { "number: 17", "name: again", "valid.yaml:2:1: the key name comes twice: see line 1\n" },
    { "number: 17", "? [a]\n: 17", "valid.yaml:2:3: a key is a plain word\n" },
    { "then: R", "then: \"a\\eb\"", "valid.yaml:26:11: a control character in a text\n" },
    { "then: R", "then: \"a\\0b\"", "valid.yaml:26:11: a control character in a text\n" },
    { "then: R", "then: \"a\\u009bb\"", "valid.yaml:26:11: a control character in a text\n" },
    { "then: R", "then: 'a\x1b[31mb'", "valid.yaml:26:13: no UTF-8, or a control character\n" },
    { "then: R", "then: 'a\xffz'", "valid.yaml:26:13: no UTF-8, or a control character\n" },
    { "then: R", "then: [[[[[[[[[[[[[[[[R]]]]]]]]]]]]]]]]",
      "valid.yaml:26:24: too many lists and mappings in each other\n" },
    { "steps:\n", "---\nsteps:\n", "valid.yaml:17:1: a second document begins here\n" },

    /* keys and kinds */
    { "number: 17", "nummer: 17",
      "valid.yaml:2:1: unknown key 'nummer'; expected one of: name number title goal code steps\n" },
    { "    shell: [", "    shel: [",
      "valid.yaml:28:5: unknown key 'shel'; expected one of: say ask do expect then mark shell needs "
      "otherwise notes\n" },
    { "    prints: |", "    print: |",
      "valid.yaml:10:5: unknown key 'print'; expected one of: file text comments prints order input status needs\n" },
    { "      answer: ", "      anser: ",
      "valid.yaml:33:7: unknown key 'anser'; expected one of: question answer choices\n"
      "valid.yaml:35:9: without an 'answer' each choice has an 'if'\n"
      "valid.yaml:36:9: without an 'answer' each choice has an 'if'\n" },
    { "R: {why:", "R: {because:",
      "valid.yaml:35:9: 'why' is missing\n"
      "valid.yaml:35:13: unknown key 'because'; expected one of: why say if\n" },
    { "      reason:", "      because:",
      "valid.yaml:42:7: unknown key 'because'; expected one of: reason say ask do expect then mark shell "
      "notes\n" },
    { GOAL "\n", "", "valid.yaml:1:1: 'goal' is missing\n" },
    { "  - say: {en: Skipped., zh_CN: 跳过。}\n    needs", "  - needs",
      "valid.yaml:46:5: 'say' is missing\n" },
    { "name: valid", "name: other", "valid.yaml:1:1: 'name' is to be that of the file: valid\n" },
    { "number: 17", "number: many", "valid.yaml:2:1: 'number' is to be a number from 0 to 999\n" },
    { "number: 17", "number: -1", "valid.yaml:2:1: 'number' is to be a number from 0 to 999\n" },
    { "status: 3", "status: 256", "valid.yaml:15:5: 'status' is to be a number from 0 to 255\n" },
    { "order: any", "order: none", "valid.yaml:12:5: 'order' is to be: any\n" },
    { "shell: ['ps -o stat -p {b.pid}']", "shell: ps", "valid.yaml:28:5: 'shell' is to be a list\n" },
    { "mark: {zombie.py: 1-2}", "mark: 3",
      "valid.yaml:27:5: 'mark' is to be a mapping (keys with values)\n" },
    { "    then: R\n", "    then: [R]\n", "valid.yaml:26:5: 'then' is to be a text\n" },

    /* languages */
    { "zh_CN: 现在 b 结束。", "zh-CN: 现在 b 结束。",
      "valid.yaml:30:5: the language zh_CN is missing\n"
      "valid.yaml:30:28: 'zh-CN' is no language; expected are such as en, zh_CN\n" },
    { "{en: It does not run., zh_CN: 它不再运行。}", "{zh_CN: 它不再运行。}",
      "valid.yaml:35:13: the language en is missing\n" },
    { "{en: for the teacher,", "{en: for the teacher, de: X,",
      "valid.yaml:29:34: in the language de, which the title is not in\n" },
    { "    then: R\n", "    then:\n", "valid.yaml:26:5: the text is empty\n" },

    /* room */
    { "en: A zombie", "en: 1234567890 1234567890 123456789",
      "valid.yaml:3:9: 31 cells wide; there is room for 30\n" },
    { "僵尸进程", "僵尸进程僵尸进程僵尸进程僵尸进程",
      "valid.yaml:3:23: 32 cells wide; there is room for 30\n" },
    { "What is left of a process", FIFTY FIFTY, "valid.yaml:4:8: 99 cells wide; there is room for 78\n" },
    { "Now b ends.", FIVE_LINES FIFTY "x",
      "valid.yaml:30:11: takes 6 lines of 78 cells; there is room for 5\n" },
    { "Now b ends.", FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "x", "" },
    { "then: R", "then: \"1\\n2\\n3\\n4\\n5\\n6\"",
      "valid.yaml:26:5: takes 6 lines of 78 cells; there is room for 5\n" },
    { "en: Which STAT?",
      "en: '1234567890123456789012345 {b.stat} {a.stat} {b.pid} {a.pid} {b.ppid} 12345678901?'", "" },
    { "en: Which STAT?",
      "en: '1234567890123456789012345 {b.stat} {a.stat} {b.pid} {a.pid} {b.ppid} 123456789012?'",
      "valid.yaml:32:18: 79 cells wide; there is room for 78\n" },
    { "{en: gone, zh_CN: 已消失}", "{en: " FIFTY "1234567890123456789012345, zh_CN: 已消失}", "" },
    { "{en: gone, zh_CN: 已消失}", "{en: " FIFTY "12345678901234567890123456, zh_CN: 已消失}", "" },
    { "      print(os.getpid())",
      "      print(os.getpid())  # 99999999999999999999999999999999999999999999999999999",
      "valid.yaml:9:7: 75 cells wide; there is room for 74\n" },
    { "      import os\n", "      import os\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
      "valid.yaml:7:5: a listing of 26 lines; there is room for 25\n" },

    /* characters */
    { "en: Now b ends.", "en: Now b ends…",
      "valid.yaml:30:11: '…': English is ASCII, as terminals without UTF-8 are given it\n" },
    { "zh_CN: 现在 b 结束。", "zh_CN: 现在 b 结束…",
      "valid.yaml:30:28: '…' is one cell wide on some terminals and two on others: write another "
      "character\n" },
    { "then: R", "then: a → b",
      "valid.yaml:26:5: '→' is one cell wide on some terminals and two on others: write another "
      "character\n" },
    { "现在 b 结束。", "现在b 结束。",
      "valid.yaml:30:28: '在b': a blank belongs between Chinese and Latin\n" },
    { "现在 b 结束。", "现在 2个", "valid.yaml:30:28: '2个': a blank belongs between Chinese and Latin\n" },
    { "进程号 {b.pid}", "进程号{b.pid}",
      "valid.yaml:18:38: '号{': a blank belongs between Chinese and Latin\n" },
    { "现在 b 结束。", "'现在, b 结束。'", "valid.yaml:30:28: '在,': beside a Chinese character write ，\n" },
    { "现在 b 结束。", "'现在 b (结束)。'",
      "valid.yaml:30:28: '(结': beside a Chinese character write （\n"
      "valid.yaml:30:28: '束)': beside a Chinese character write ）\n" },
    { "en: Now b ends.", "en: Now\xe2\x80\xae b ends.",
      "valid.yaml:30:11: the character U+202E has no place on a terminal\n" },
    { "      import os\n", "      import\tos\n", "valid.yaml:8:7: a tab in a listing: write blanks\n" },
    { "      import os\n", "      import os # \xe2\x80\xae\n",
      "valid.yaml:8:7: a character that has no place on a terminal\n"
      "valid.yaml:8:7: the comment '?...' has no text in the language zh_CN\n" },

    /* listings and marks */
    { "file: zombie.py", "file: ../zombie.py",
      "valid.yaml:6:5: '../zombie.py': a plain file name that ends with .c or .py is expected\n"
      "valid.yaml:27:12: there is no listing 'zombie.py'\n" },
    { MARKED, "    mark: {zombie.c: 1}\n", "valid.yaml:27:12: there is no listing 'zombie.c'\n" },
    { MARKED, "    mark: {zombie.py: 3}\n", "valid.yaml:27:12: the listing has only 2 lines\n" },
    { MARKED, "    mark: {zombie.py: 2-1}\n",
      "valid.yaml:27:12: a line of the listing is expected, or several: 3, 3-5\n" },
    { MARKED, "    mark: {zombie.py: 0}\n",
      "valid.yaml:27:12: a line of the listing is expected, or several: 3, 3-5\n" },

    /* commands, expectations, terms */
    { "      a: fork b\n", "      a: frok b\n", "valid.yaml:21:10: there is no command 'frok'\n" },
    { "      spawn a\n      a: fork b\n", "      spwan a\n      a: frok b\n",
      "valid.yaml:20:7: there is no command 'spwan'\n"
      "valid.yaml:21:10: there is no command 'frok'\n" },
    { "    do: |\n      spawn a\n", "    do: >\n      spawn a\n",
      "valid.yaml:19:5: 'do' is to begin with |, which keeps its lines\n" },
    { "b.ppid = a.pid within 2s", "b.ppid == a.pid",
      "valid.yaml:25:14: after expect come TERM OP TERM (OP: = != < <= > >= ~), OBJECT exists "
      "or OBJECT gone, with blanks between\n" },
    { "answer: b.stat[0]", "answer: b", "valid.yaml:33:7: OBJECT.FIELD is wanted, such as a.stat\n" },
    { "if: b gone", "if: b vanished",
      "valid.yaml:37:16: after expect come TERM OP TERM (OP: = != < <= > >= ~), OBJECT exists or OBJECT "
      "gone, "
      "with blanks between\n" },

    /* questions, needs, otherwise */
    { "    do: |\n      b: exit 7\n", "    do: |\n      b: exit 7\n    then: {en: X, zh_CN: 某}\n",
      "valid.yaml:40:5: a step with 'ask' has no 'then': the 'why' of a choice comes there\n" },
    { "    needs: [root, cpus>=2]", "    needs: [roots, 'root>=2', 'cpus=>2']",
      "valid.yaml:16:13: 'roots' is no line of forklore doctor\n"
      "valid.yaml:16:20: 'root>=2': this line of forklore doctor has no number to compare\n"
      "valid.yaml:16:31: 'cpus=>2': behind the name come one of >= <= > < = and a number\n" },
    { "        Z: {why: {en: It is a zombie., zh_CN: 它是僵尸进程。}}\n"
      "        gone: {if: b gone, say: {en: gone, zh_CN: 已消失}, why: {en: It is there., zh_CN: "
      "它还在。}}\n",
      "", "valid.yaml:34:7: there are 1 choices; expected are 2 to 4\n" },
    { "say: {en: gone,", "say: {en: '" FIFTY FIFTY "',",
      "valid.yaml:34:7: the choices do not fit into 2 lines of 78 cells (en)\n"
      "valid.yaml:37:34: 99 cells wide; there is room for 78\n" },
    { "{why: {en: It is a zombie., zh_CN: 它是僵尸进程。}}", "{say: '" FIFTY "12345678901234567890', why: R}",
      "" },
    { "{why: {en: It is a zombie., zh_CN: 它是僵尸进程。}}",
      "{say: '" FIFTY "123456789012345678901', why: R}",
      "valid.yaml:34:7: the choices do not fit into 2 lines of 78 cells (en)\n"
      "valid.yaml:34:7: the choices do not fit into 2 lines of 78 cells (zh_CN)\n" },
    { "    needs: [cpus>=1]\n", "", "valid.yaml:40:5: 'otherwise' without 'needs'\n" },
    { "title: {en: A zombie", "title: {en: '{b.pid}'",
      "valid.yaml:3:14: {b.pid}: no values here: nothing has been done yet\n" },
};

static char *change(const char *from, const char *to)
{
    const char *at = strstr(valid, from);
    assert_non_null(at);
    return xasprintf("%.*s%s%s", (int)(at - valid), valid, to, at + strlen(from));
}

static void each_is_told_where_it_stands(void **state)
{
    (void)state;
    struct written written;
    size_t failed = 0;
    written_begin(&written);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lesson *lesson = NULL;
        char *text = change(cases[i].from, cases[i].to);
        written_forget(&written);
        written_file(&written, "valid.yaml", text, strlen(text));
        int r = lesson_load(&lesson, written_path(&written, "valid.yaml"), &written.problems);
        if (!cases[i].told || strcmp(written.told, cases[i].told) != 0) {
            print_message("with '%s' for '%s' it tells:\n%s", cases[i].to, cases[i].from, written.told);
            failed++;
        }
        assert_int_equal(r, *written.told ? -EINVAL : 0);
        lesson_free(lesson);
        free(text);
    }
    written_end(&written);
    assert_int_equal(failed, 0);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_told_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
