/* Screens as pictures: hand-made cells, and every byte that each writer makes of them. */
#include "../unit.h"

#include "base/memory.h"
#include "picture/screen_picture.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEIGHT = 4, WIDTH = 10, RED = 1, GREEN = 46, GREY = 244 };

static struct snapshot_cell *cell_at(struct snapshot *snapshot, int line, int column)
{
    return &snapshot->cells[line * snapshot->width + column];
}

/* Puts characters of one byte, which look like `like`, side by side. */
static void put(struct snapshot *snapshot, int line, int column, const char *text, struct snapshot_cell like)
{
    for (; *text; text++, column++) {
        like.width = 1;
        like.text[0] = *text;
        like.text[1] = '\0';
        *cell_at(snapshot, line, column) = like;
    }
}

static void put_wide(struct snapshot *snapshot, int line, int column, const char *character,
                     struct snapshot_cell like)
{
    like.width = 2;
    snprintf(like.text, sizeof like.text, "%s", character);
    *cell_at(snapshot, line, column) = like;
    like.width = 0;
    like.text[0] = '\0';
    *cell_at(snapshot, line, column + 1) = like;
}

static const struct snapshot_cell plain = { .colour = -1, .background = -1 };

static void make(struct snapshot *snapshot)
{
    struct snapshot_cell bold_red = { .colour = RED, .background = -1, .bold = true },
                         dim = { .colour = -1, .background = -1, .dim = true },
                         reverse = { .colour = GREEN, .background = -1, .reverse = true },
                         underlined = { .colour = -1, .background = GREY, .underline = true };
    *snapshot = (struct snapshot){ .height = HEIGHT, .width = WIDTH };
    snapshot->cells = xcalloc(HEIGHT * WIDTH, sizeof *snapshot->cells);
    for (int line = 0; line < HEIGHT; line++)
        put(snapshot, line, 0, "          ", plain);
    put(snapshot, 0, 0, "<a> & \"b\"", plain);
    put(snapshot, 0, 1, "a", bold_red);
    put_wide(snapshot, 1, 0, "僵", plain);
    put_wide(snapshot, 1, 2, "尸", dim);
    put(snapshot, 1, 5, "e", plain);
    strcat(cell_at(snapshot, 1, 5)->text, "\u0301");
    put(snapshot, 2, 0, " Z   k    ", reverse);
    put(snapshot, 3, 2, "\001", underlined);
    put(snapshot, 3, 3, " ", underlined);
}

typedef void picture_writer(const struct screen_picture *picture, FILE *to);

static char *written(picture_writer *write, const struct snapshot *snapshot)
{
    char *text;
    size_t length;
    FILE *to = open_memstream(&text, &length);
    struct screen_picture picture = { snapshot, "A <tree>", "What it \"shows\".", "zh-CN" };
    write(&picture, to);
    assert_int_equal(ferror(to), 0);
    fclose(to);
    return text;
}

static void assert_written(picture_writer *write, bool light, const char *wanted)
{
    struct snapshot snapshot;
    make(&snapshot);
    snapshot.light = light;
    char *text = written(write, &snapshot), *again = written(write, &snapshot);
    assert_string_equal(text, wanted);
    assert_string_equal(again, wanted);
    free(text);
    free(again);
    free(snapshot.cells);
}

static int set_up(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    return 0;
}

static void text_is_the_characters(void **state)
{
    (void)state;
    assert_written(screen_picture_text, false,
                   "<a> & \"b\"\n"
                   "僵尸 é\n"
                   " Z   k\n"
                   "  ?\n");
}

static void ansi_has_the_looks_too(void **state)
{
    (void)state;
    assert_written(screen_picture_ansi, false,
                   "<\033[0;1;38;5;1ma\033[0m> & \"b\"\n"
                   "僵\033[0;2m尸\033[0m é\n"
                   "\033[0;7;38;5;46m Z   k    \033[0m\n"
                   "  \033[0;4;48;5;244m? \033[0m\n");
}

static void svg_has_words_in_exact_places(void **state)
{
    (void)state;
    assert_written(
        screen_picture_svg, false,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"108.3\" height=\"89.2\" viewBox=\"0 0"
        " 108.3 89.2\" role=\"img\" aria-labelledby=\"title description\" xml:lang=\"zh-CN\">\n"
        "<title id=\"title\">A &lt;tree&gt;</title>\n"
        "<desc id=\"description\">What it &quot;shows&quot;.</desc>\n"
        "<style>text{font:14px 'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans"
        " Mono',Menlo,Consolas,monospace;white-space:pre;fill:#d0d0d0}.s0{fill:#d0d0d0}.s1{fill:#cd0000;font-"
        "weight:bold}.s2{fill:#949494}.s3{fill:#1c1c1c}.s4{fill:#d0d0d0;text-decoration:underline}</style>"
        "\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#1c1c1c\"/>\n"
        "<text xml:space=\"preserve\" y=\"24.99\"><tspan class=\"s0\" x=\"12\">&lt;</tspan>"
        "<tspan class=\"s1\" x=\"20.43\">a</tspan><tspan class=\"s0\" x=\"28.86\">&gt; </tspan>"
        "<tspan class=\"s0\" x=\"45.72\">&amp; </tspan>"
        "<tspan class=\"s0\" x=\"62.58\">&quot;b&quot;</tspan></text>\n"
        "<text xml:space=\"preserve\" y=\"41.29\"><tspan class=\"s0\" x=\"12\">僵</tspan>"
        "<tspan class=\"s2\" x=\"28.86\">尸</tspan><tspan class=\"s0\" x=\"45.72\"> </tspan>"
        "<tspan class=\"s0\" x=\"54.15\">é</tspan></text>\n"
        "<rect x=\"12\" y=\"44.6\" width=\"84.3\" height=\"16.3\" fill=\"#00ff00\"/>\n"
        "<text xml:space=\"preserve\" y=\"57.59\"><tspan class=\"s3\" x=\"12\"> </tspan>"
        "<tspan class=\"s3\" x=\"20.43\">Z   </tspan><tspan class=\"s3\" x=\"54.15\">k    "
        "</tspan></text>\n"
        "<rect x=\"28.86\" y=\"60.9\" width=\"16.86\" height=\"16.3\" fill=\"#808080\"/>\n"
        "<text xml:space=\"preserve\" y=\"73.89\"><tspan class=\"s0\" x=\"12\">  </tspan>"
        "<tspan class=\"s4\" x=\"28.86\">? </tspan></text>\n"
        "</svg>\n");
}

static void html_stands_alone(void **state)
{
    (void)state;
    assert_written(screen_picture_html, true,
                   "<!DOCTYPE html>\n"
                   "<html lang=\"zh-CN\">\n"
                   "<head>\n"
                   "<meta charset=\"utf-8\">\n"
                   "<title>A &lt;tree&gt;</title>\n"
                   "<meta name=\"description\" content=\"What it &quot;shows&quot;.\">\n"
                   "<style>\n"
                   "body{margin:0;background:#ffffff}\n"
                   "pre{margin:0;padding:1em;width:max-content;font:14px/1.164 'DejaVu Sans Mono','Noto"
                   " Sans Mono CJK SC','Noto Sans Mono',Menlo,Consolas,monospace;color:#1c1c1c}\n"
                   "i{font-style:normal;display:inline-block;width:2ch;overflow:hidden;vertical-align:bottom;"
                   "text-align:center}"
                   "\n"
                   ".s0{color:#1c1c1c}\n"
                   ".s1{color:#cd0000;font-weight:bold}\n"
                   ".s2{color:#676767}\n"
                   ".s3{color:#ffffff;background:#00ff00}\n"
                   ".s4{color:#1c1c1c;background:#808080;text-decoration:underline}\n"
                   "</style>\n"
                   "</head>\n"
                   "<body>\n"
                   "<pre role=\"img\" aria-label=\"A &lt;tree&gt;\"><span class=\"s0\">&lt;</span>"
                   "<span class=\"s1\">a</span><span class=\"s0\">&gt; &amp; &quot;b&quot;</span>\n"
                   "<span class=\"s0\"><i>僵</i></span><span class=\"s2\"><i>尸</i></span>"
                   "<span class=\"s0\"> é</span>\n"
                   "<span class=\"s3\"> Z   k    </span>\n"
                   "<span class=\"s0\">  </span><span class=\"s4\">? </span>\n"
                   "</pre>\n"
                   "</body>\n"
                   "</html>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_the_characters),
        cmocka_unit_test(ansi_has_the_looks_too),
        cmocka_unit_test(svg_has_words_in_exact_places),
        cmocka_unit_test(html_stands_alone),
    };
    return cmocka_run_group_tests_name("picture/screen", tests, set_up, NULL);
}
