#include "lesson/handout.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/handout_writer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool ends_with(const char *path, const char *suffix)
{
    size_t length = strlen(path), tail = strlen(suffix);
    return length > tail && strcasecmp(path + length - tail, suffix) == 0;
}

enum handout_format handout_format_of(const char *path)
{
    if (ends_with(path, ".html") || ends_with(path, ".htm"))
        return HANDOUT_HTML;
    return ends_with(path, ".md") ? HANDOUT_MARKDOWN : HANDOUT_NONE;
}

static const struct handout_writer *writer_of(const struct handout *handout)
{
    return handout->format == HANDOUT_HTML ? &handout_html : &handout_markdown;
}

static void name_value(void *data, const char *term, char *ret, size_t size)
{
    (void)data;
    snprintf(ret, size, "%c%s%c", HANDOUT_VALUE_BEGIN, term, HANDOUT_VALUE_END);
}

/* To be freed. */
static char *words_of(const struct handout *handout, const struct lesson_text *text)
{
    return lesson_text_fill(lesson_text_in(text, handout->language), name_value, NULL);
}

static void print_text(const struct handout *handout, FILE *out, const char *label,
                       const struct lesson_text *text)
{
    if (lesson_text_is_empty(text))
        return;
    char *words = words_of(handout, text);
    writer_of(handout)->paragraph(out, label, words);
    free(words);
}

/* "a, b". To be freed. */
static char *joined(char *const *words)
{
    char *text = xstrdup("");
    for (; words && *words; words++) {
        char *longer = xasprintf("%s%s%s", text, *text ? ", " : "", *words);
        free(text);
        text = longer;
    }
    return text;
}

static void print_needs(const struct handout *handout, FILE *out, char *const *needs)
{
    char *text = joined(needs);
    if (*text)
        writer_of(handout)->paragraph(out, _("Needs (forklore doctor):"), text);
    free(text);
}

static void print_listing(const struct handout *handout, FILE *out, const struct lesson_listing *listing)
{
    const struct handout_writer *writer = writer_of(handout);
    writer->heading(out, 3, listing->file);
    print_needs(handout, out, listing->needs);
    char *text = lesson_listing_text(listing, handout->language);
    writer->code(out, ends_with(listing->file, ".py") ? "python" : "c", text);
    free(text);
    if (listing->input) {
        writer->paragraph(out, NULL, _("Its input:"));
        writer->code(out, "", listing->input);
    }
    if (listing->prints) {
        writer->paragraph(out, NULL,
                          listing->any_order ? _("What it prints, in any order of the lines:")
                                             : _("What it prints:"));
        writer->code(out, "", listing->prints);
    }
}

static void print_marks(const struct handout *handout, FILE *out, const struct lesson_step *step)
{
    for (size_t i = 0; i < step->mark_count; i++) {
        const struct lesson_mark *mark = &step->marks[i];
        char *text = mark->from == mark->to
                         ? xasprintf(_("%s, line %d"), mark->file, mark->from)
                         : xasprintf(_("%s, lines %d to %d"), mark->file, mark->from, mark->to);
        writer_of(handout)->paragraph(out, NULL, text);
        free(text);
    }
}

/* What is told of a choice: that it is the right one, or what makes it so. To be freed. */
static char *answer_of(const struct lesson_question *question, size_t index, int right)
{
    if (right != HANDOUT_UNKNOWN)
        return xstrdup((int)index == right ? _("the right one") : _("not right"));
    char *claim = lesson_choice_expectation(question, &question->choices[index]);
    char *text = xasprintf(_("right if the kernel shows: %s"), claim);
    free(claim);
    return text;
}

static void print_choice(const struct handout *handout, FILE *out, const struct lesson_question *question,
                         size_t index, int right)
{
    const struct lesson_choice *choice = &question->choices[index];
    char *label =
        lesson_text_is_empty(&choice->label) ? xstrdup(choice->is) : words_of(handout, &choice->label);
    char *why = handout->with_answers ? words_of(handout, &choice->why) : NULL;
    char *answer = handout->with_answers ? answer_of(question, index, right) : NULL;
    writer_of(handout)->choice(out, index + 1, label, answer, why);
    free(label);
    free(why);
    free(answer);
}

static void print_question(const struct handout *handout, FILE *out, const struct lesson_question *question,
                           int right)
{
    print_text(handout, out, _("Question:"), &question->question);
    for (size_t i = 0; i < question->choice_count; i++)
        print_choice(handout, out, question, i, right);
    writer_of(handout)->choices_end(out);
}

static void print_shell(const struct handout *handout, FILE *out, const struct lesson_step *step)
{
    const struct handout_writer *writer = writer_of(handout);
    if (!step->shell || !step->shell[0])
        return;
    writer->paragraph(out, NULL, _("To try in another terminal:"));
    char *lines = xstrdup("");
    for (char **line = step->shell; *line; line++) {
        char *filled = lesson_text_fill(*line, name_value, NULL),
             *longer = xasprintf("%s%s\n", lines, filled);
        free(filled);
        free(lines);
        lines = longer;
    }
    writer->code(out, "sh", lines);
    free(lines);
}

static void print_body(const struct handout *handout, FILE *out, const struct lesson_step *step, int right)
{
    const struct handout_writer *writer = writer_of(handout);
    print_text(handout, out, NULL, &step->say);
    print_marks(handout, out, step);
    if (step->ask)
        print_question(handout, out, step->ask, right);
    if (step->acts[strspn(step->acts, " \t\n")]) {
        writer->paragraph(out, NULL, _("What is done in the lab:"));
        writer->code(out, "", step->acts);
    }
    print_text(handout, out, NULL, &step->then);
    print_shell(handout, out, step);
    if (handout->with_answers)
        print_text(handout, out, _("For the teacher:"), &step->notes);
}

static void print_step(const struct handout *handout, FILE *out, const struct lesson_step *step,
                       size_t number, int right)
{
    char *heading = xasprintf(_("Step %zu"), number);
    writer_of(handout)->heading(out, 2, heading);
    free(heading);
    print_needs(handout, out, step->needs);
    print_body(handout, out, step, right);
    print_text(handout, out, _("Where that cannot be had:"), &step->otherwise);
    if (step->instead)
        print_body(handout, out, step->instead, HANDOUT_UNKNOWN);
}

void handout_begin(const struct handout *handout, FILE *out, const char *title)
{
    writer_of(handout)->begin(out, handout->language, title);
}

void handout_lesson(const struct handout *handout, FILE *out, const struct lesson *lesson, const int *right)
{
    const struct handout_writer *writer = writer_of(handout);
    const char *title = lesson_text_in(&lesson->title, handout->language);
    char *heading = lesson->number < 0 ? xstrdup(title) : xasprintf("%02d %s", lesson->number, title);
    writer->heading(out, 1, heading);
    free(heading);
    print_text(handout, out, NULL, &lesson->goal);
    if (lesson->listing_count)
        writer->heading(out, 2, _("Listings"));
    for (size_t i = 0; i < lesson->listing_count; i++)
        print_listing(handout, out, &lesson->listings[i]);
    for (size_t i = 0; i < lesson->step_count; i++)
        print_step(handout, out, &lesson->steps[i], i + 1, right ? right[i] : HANDOUT_UNKNOWN);
}

void handout_end(const struct handout *handout, FILE *out)
{
    writer_of(handout)->paragraph(
        out, NULL,
        _("Slanted names stand for values that are read from the kernel when the lesson is played."));
    writer_of(handout)->end(out);
}
