#include "app/lesson_plain.h"

#include "app/environment.h"
#include "app/lab_reports.h"
#include "app/language.h"
#include "app/lesson_consent.h"
#include "app/lesson_needs.h"
#include "app/lesson_player.h"
#include "app/lesson_report.h"
#include "app/line_input.h"
#include "app/output.h"
#include "app/plain_text.h"
#include "app/progress_words.h"
#include "app/signal_watch.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_BY_SIGNAL = 128 };

struct plain {
    struct lesson_player player;
    struct features features;
    struct lesson_report *report;
    struct progress *progress;
    struct line_input input;
    struct plain_text text;
    bool prompted; /* the line that is printed on has a prompt */
    int status;    /* that it ends with; -1: it goes on */
};

/* Of what happens, what is not told elsewhere: expectations and refusals are among the failures of the step.
 */
static void print_report(void *data, const struct lab_report *report)
{
    struct plain *plain = data;
    bool elsewhere = report->kind == LAB_REPORT_EXPECT || report->kind == LAB_REPORT_REFUSED;
    if (elsewhere || play_phase(plain->player.play) == PLAY_CATCH_UP)
        return;
    if (plain->prompted)
        printf("\n");
    plain->prompted = false;
    lab_report_text(report, plain->text.width, stdout);
}

static void wait_for_lab(struct plain *plain, bool (*over)(const struct plain *plain))
{
    while (plain->status < 0 && !over(plain)) {
        int signal = 0;
        if (lesson_player_wait(&plain->player, -1, 0, &signal) == PLAYER_SIGNALLED)
            plain->status = EXIT_BY_SIGNAL + signal;
        lesson_report_take(plain->report, plain->player.lesson, plain->player.play);
        if (!output_flush())
            plain->status = 0;
    }
}

static bool step_is_over(const struct plain *plain)
{
    enum play_phase phase = play_phase(plain->player.play);
    return phase != PLAY_WATCH && phase != PLAY_CATCH_UP;
}

static bool lab_is_idle(const struct plain *plain)
{
    return lab_idle(plain->player.lab);
}

static void print_tree(struct plain *plain)
{
    struct lab_error error;
    if (lab_submit(plain->player.lab, "tree", &error) == 0)
        wait_for_lab(plain, lab_is_idle);
}

/* Acts and expectations, as they happen, and then the tree. */
static void watch(struct plain *plain)
{
    bool acts = play_phase(plain->player.play) == PLAY_WATCH;
    wait_for_lab(plain, step_is_over);
    if (acts && plain->status < 0)
        print_tree(plain);
}

/* Shows what is to be read now. */
static void show(struct plain *plain)
{
    const struct play *play = plain->player.play;
    switch (play_phase(play)) {
    case PLAY_READ:
        plain_text_heading(&plain->text, play);
        plain_text_body(&plain->text, play);
        plain_text_hints(&plain->text, play);
        break;
    case PLAY_SKIPPED:
        plain_text_heading(&plain->text, play);
        plain_text_body(&plain->text, play);
        break;
    case PLAY_REVIEW:
        plain_text_heading(&plain->text, play);
        plain_text_question(&plain->text, play);
        break;
    case PLAY_PREDICT: plain_text_question(&plain->text, play); break;
    case PLAY_RESULT:
    case PLAY_REVIEWED:
        plain_text_result(&plain->text, play);
        plain_text_body(&plain->text, play);
        plain_text_hints(&plain->text, play);
        break;
    default: break;
    }
}

/* With a terminal that cannot show it, a language is none. */
static void choose_language(struct plain *plain)
{
    if (!text_locale_is_utf8()) {
        puts(_("this terminal is not UTF-8: there is only English"));
        return;
    }
    char **languages = plain->player.lesson->languages;
    size_t count = 0, now = 0;
    for (; languages[count]; count++)
        if (strncmp(plain->text.language, languages[count], strlen(languages[count])) == 0)
            now = count;
    if (!count)
        return;
    const char *next = languages[(now + 1) % count];
    snprintf(plain->text.language, sizeof plain->text.language, "%s", next);
    language_choose(next);
}

static bool waits_for_prediction(const struct play *play)
{
    return play_phase(play) == PLAY_PREDICT || play_phase(play) == PLAY_REVIEW;
}

/* "0" to "4". False: it is none, or there is no such choice. */
static bool predict(struct plain *plain, const char *line)
{
    struct play *play = plain->player.play;
    if (!waits_for_prediction(play) || line[0] < '0' || line[0] > '9' || line[1])
        return false;
    int choice = line[0] - '1';
    if (choice >= (int)play_step(play)->ask->choice_count)
        return false;
    play_predict(play, choice < 0 ? PLAY_NO_PREDICTION : choice);
    return true;
}

/* What was typed. False: it is nothing that is understood here. */
static bool obey(struct plain *plain, const char *line)
{
    struct play *play = plain->player.play;
    if (predict(plain, line))
        return true;
    if (!*line && !waits_for_prediction(play))
        play_next(play);
    else if (strcmp(line, "b") == 0)
        play_back(play);
    else if (strcmp(line, "r") == 0)
        play_again(play);
    else if (strcmp(line, "l") == 0)
        choose_language(plain);
    else if (strcmp(line, "v") == 0)
        plain_text_listings(&plain->text, play, plain->player.lesson);
    else if (strcmp(line, "q") == 0)
        plain->status = 0;
    else
        return false;
    return true;
}

/* The lab goes on meanwhile, and what its actors do is told. False: there is nothing more to come. */
static bool read_line(struct plain *plain, char *line, size_t size)
{
    while (plain->status < 0 && !line_input_take(&plain->input, line, size)) {
        int signal = 0;
        if (plain->input.ended)
            return false;
        enum player_event event = lesson_player_wait(&plain->player, plain->input.fd, 0, &signal);
        if (event == PLAYER_SIGNALLED)
            plain->status = EXIT_BY_SIGNAL + signal;
        if (event == PLAYER_INPUT)
            line_input_read(&plain->input);
        output_flush();
    }
    return plain->status < 0;
}

static void talk(struct plain *plain)
{
    char line[64];
    plain_text_keys(&plain->text);
    show(plain);
    progress_keep(plain->progress, plain->player.lesson, plain->player.play);
    while (plain->status < 0 && play_phase(plain->player.play) != PLAY_END) {
        plain_text_prompt(plain->player.play);
        plain->prompted = true;
        output_flush();
        if (!read_line(plain, line, sizeof line))
            break;
        if (plain->prompted && !isatty(plain->input.fd))
            printf("\n"); /* which a terminal echoes */
        plain->prompted = false;
        line[strcspn(line, " \t\r")] = '\0';
        if (!obey(plain, line)) {
            plain_text_keys(&plain->text);
            continue;
        }
        watch(plain);
        progress_keep(plain->progress, plain->player.lesson, plain->player.play);
        if (plain->status < 0 && strcmp(line, "v") != 0)
            show(plain);
    }
    if (play_phase(plain->player.play) == PLAY_END)
        plain_text_end(plain->player.play);
}

static int play_it(struct plain *plain)
{
    int r = lesson_player_begin(&plain->player);
    if (r < 0) {
        fprintf(stderr, _("forklore lesson: the lab cannot start: %s: %s\n"), error_name(r), error_words(r));
        return EXIT_USAGE;
    }
    talk(plain);
    lesson_player_end(&plain->player);
    return plain->status < 0 ? 0 : plain->status;
}

int lesson_plain(const struct chosen_lesson *lesson, const struct lesson_plain_options *options)
{
    struct plain *plain = xcalloc(1, sizeof *plain);
    plain->status = -1;
    plain->input.fd = STDIN_FILENO;
    plain_text_begin(&plain->text, lesson->lesson);
    plain->player.lesson = lesson->lesson;
    plain->player.features = &plain->features;
    plain->player.sandbox = options->sandbox;
    plain->player.told = print_report;
    plain->player.data = plain;
    int status = environment_features(&plain->features);
    if (status == 0)
        status = lesson_consent(lesson, false, options->allow_exec, &plain->player.may_exec);
    if (status == 0)
        status = lesson_report_begin(&plain->report, options->report);
    if (status == 0) {
        plain->player.needs = lesson_needs_new();
        plain->progress = progress_new();
        plain->player.signals = signal_watch();
        status = lesson_report_end(plain->report, options->report, play_it(plain));
        progress_free(plain->progress);
        lesson_needs_free(plain->player.needs);
        close(plain->player.signals);
    }
    int output = output_end();
    free(plain);
    return status ? status : output;
}
