#include "../unit.h"
#include "base/memory.h"
#include "valid.h"
#include "written.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char german[] = "title: Ein Zombie\n"
                             "goal: Was von einem Prozess bleibt\n"
                             "steps:\n"
                             "  - say: a macht b, {b.pid}.\n"
                             "    notes: für Lehrende\n"
                             "  - say: Nun endet b.\n"
                             "    ask:\n"
                             "      question: Welcher STAT?\n"
                             "      choices:\n"
                             "        R: {why: Er läuft nicht.}\n"
                             "        Z: {why: Er ist ein Zombie.}\n"
                             "        gone: {say: weg, why: Er ist da.}\n"
                             "    otherwise:\n"
                             "      reason: Es gibt nur eine CPU.\n"
                             "      then: So ist es.\n"
                             "  - say: Ausgelassen.\n"
                             "    otherwise: Nur root kann das.\n";

static int load(struct written *written, struct lesson **ret, const char *from, const char *to)
{
    const char *at = strstr(german, from);
    assert_non_null(at);
    char *text = xasprintf("%.*s%s%s", (int)(at - german), german, to, at + strlen(from));
    written_forget(written);
    written_file(written, "valid.yaml", valid, strlen(valid));
    written_file(written, "valid.de.yaml", text, strlen(text));
    free(text);
    return lesson_load(ret, written_path(written, "valid.yaml"), &written->problems);
}

static void it_is_one_more_language(void **state)
{
    (void)state;
    struct written written;
    struct lesson *lesson = NULL;
    written_begin(&written);
    int r = load(&written, &lesson, "title", "title");
    assert_string_equal(written.told, "");
    assert_int_equal(r, 0);
    assert_string_equal(lesson->languages[2], "de");
    assert_null(lesson->languages[3]);
    assert_string_equal(lesson_text_in(&lesson->title, "de_DE.UTF-8"), "Ein Zombie");
    assert_string_equal(lesson_text_in(&lesson->title, "en"), "A zombie");
    const struct lesson_step *step = &lesson->steps[1];
    assert_string_equal(lesson_text_in(&step->ask->choices[2].label, "de"), "weg");
    assert_string_equal(lesson_text_in(&step->ask->choices[0].why, "de"), "Er läuft nicht.");
    assert_string_equal(lesson_text_in(&step->otherwise, "de"), "Es gibt nur eine CPU.");
    assert_string_equal(lesson_text_in(&step->instead->then, "de"), "So ist es.");
    assert_string_equal(lesson_text_in(&lesson->steps[0].then, "de"), "R");
    assert_string_equal(lesson_text_in(&lesson->steps[2].otherwise, "de"), "Nur root kann das.");
    lesson_free(lesson);
    written_end(&written);
}

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *told;
    } cases[] = {
        { "goal: Was von einem Prozess bleibt\n", "",
          "valid.de.yaml:1:1: 'goal' is missing: see line 4 of the lesson\n" },
        { "say: weg, ", "", "valid.de.yaml:12:9: 'say' is missing: see line 37 of the lesson\n" },
        { "    notes: für Lehrende\n", "",
          "valid.de.yaml:4:5: 'notes' is missing: see line 29 of the lesson\n" },
        { "        gone: {say: weg, why: Er ist da.}\n", "",
          "valid.de.yaml:9:7: 'say' is missing: see line 37 of the lesson\n"
          "valid.de.yaml:9:7: 'why' is missing: see line 37 of the lesson\n" },
        { "gone: {", "away: {",
          "valid.de.yaml:9:7: 'say' is missing: see line 37 of the lesson\n"
          "valid.de.yaml:9:7: 'why' is missing: see line 37 of the lesson\n"
          "valid.de.yaml:12:9: the lesson has no choice 'away' here\n" },
        { "    notes: für", "    then: Q\n    notes: für", "" },
        { "    otherwise: Nur", "    then: Q\n    otherwise: Nur",
          "valid.de.yaml:17:5: the lesson has no 'then' here\n" },
        { "title: ", "name: valid\ntitle: ",
          "valid.de.yaml:1:1: unknown key 'name'; expected one of: title goal comments steps\n" },
        { "    notes: für", "    do: x\n    notes: für",
          "valid.de.yaml:5:5: unknown key 'do'; expected one of: say then notes ask otherwise\n" },
        { "  - say: Ausgelassen.\n    otherwise: Nur root kann das.\n", "",
          "valid.de.yaml:3:1: there are 2 steps; the lesson has 3\n" },
        { "Ein Zombie", "Ein Zombie ist auch nur ein Prozess",
          "valid.de.yaml:1:1: 35 cells wide; there is room for 30\n" },
        { "{b.pid}", "{b.pidd}", NULL },
        { "Ein Zombie", "{en: x}", "valid.de.yaml:1:1: 'title' is to be a text\n" },
        { "title: Ein", "title Ein",
          "valid.de.yaml:2:5: YAML: no : may stand here: quote a text that holds one, and check the "
          "indentation\n" },
    };
    struct written written;
    size_t failed = 0;
    written_begin(&written);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lesson *lesson = NULL;
        int r = load(&written, &lesson, cases[i].from, cases[i].to);
        bool same = cases[i].told ? strcmp(written.told, cases[i].told) == 0
                                  : strncmp(written.told,
                                            "valid.de.yaml:4:21: {b.pidd}: an actor has no field", 51) == 0;
        if (!same || r != (*written.told ? -EINVAL : 0)) {
            print_message("with '%s' for '%s' it tells:\n%s", cases[i].to, cases[i].from, written.told);
            failed++;
        }
        lesson_free(lesson);
    }
    written_end(&written);
    assert_int_equal(failed, 0);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_one_more_language),
        cmocka_unit_test(what_is_wrong_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
