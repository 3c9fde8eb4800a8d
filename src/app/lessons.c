#include "app/lessons.h"

#include "app/language.h"
#include "app/lesson_screen.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the course ---- */

struct lessons *lessons_new(void)
{
    struct lessons *lessons = xcalloc(1, sizeof *lessons);
    lessons->needs = lesson_needs_new();
    lessons->progress = progress_new();
    lessons->highlighted = -1;
    return lessons;
}

const char *lesson_language(struct lessons *lessons)
{
    language_now(lessons->language, sizeof lessons->language);
    return lessons->language;
}

static void take_problem(void *data, const char *path, int line, int column, const char *text)
{
    struct lessons *lessons = data;
    lessons->problems = grow(lessons->problems, &lessons->problem_room, lessons->problem_count + 1,
                             sizeof *lessons->problems);
    lessons->problems[lessons->problem_count++] =
        line > 0 ? xasprintf("%s:%d:%d: %s", path, line, column, text) : xasprintf("%s: %s", path, text);
}

struct lesson_problems lessons_problems(struct lessons *lessons)
{
    return (struct lesson_problems){ take_problem, lessons };
}

int lessons_load(struct lessons *lessons)
{
    struct lesson_problems problems = lessons_problems(lessons);
    return lessons->course ? 0 : course_load(&lessons->course, &problems);
}

void lessons_free(struct lessons *lessons)
{
    if (!lessons)
        return;
    for (size_t i = 0; i < lessons->problem_count; i++) {
        fprintf(stderr, "%s\n", lessons->problems[i]);
        free(lessons->problems[i]);
    }
    free(lessons->problems);
    lesson_free(lessons->given.lesson);
    course_free(lessons->course);
    lesson_needs_free(lessons->needs);
    progress_free(lessons->progress);
    free(lessons);
}

/* ---- the lesson that is open ---- */

bool lesson_is_open(const struct live *live)
{
    return live->lessons && live->lessons->open;
}

bool lesson_is_shown(const struct live *live)
{
    return lesson_is_open(live) && live->lessons->shown;
}

/* What was seen of other labs is no part of the new one. */
static struct lab *fresh_lab(void *data)
{
    struct live *live = data;
    live_end_lab(live);
    id_set_clear(&live->lessons->family);
    event_log_release(&live->log);
    live_begin_lab(live, live->lessons->may_exec);
    live->lessons->touched = false;
    live_rebuild(live); /* the actors of before are off the screen at once */
    live_sample_soon(live);
    return live->lab;
}

static bool need_met(void *data, const char *need, char *ret_reason, size_t size)
{
    struct live *live = data;
    return lesson_needs_met(live->lessons->needs, need, ret_reason, size);
}

#define EXCHANGE(a, b)                                                                                       \
    do {                                                                                                     \
        __typeof__(a) kept = (a);                                                                            \
        (a) = (b);                                                                                           \
        (b) = kept;                                                                                          \
    } while (0)

static void exchange_sides(struct live *live)
{
    struct lesson_side *other = &live->lessons->other;
    const struct column *columns[32];
    memcpy(columns, live->columns, sizeof columns);
    memcpy(live->columns, other->columns, sizeof columns);
    memcpy(other->columns, columns, sizeof columns);
    EXCHANGE(live->column_shown, other->column_shown);
    EXCHANGE(live->view, other->view);
    EXCHANGE(live->sorted, other->sorted);
    EXCHANGE(live->descending, other->descending);
}

void lesson_show(struct live *live, bool shown)
{
    if (live->lessons->shown == shown)
        return;
    live->lessons->shown = shown;
    rewind_return(live);
    exchange_sides(live);
    live_sample_soon(live);
    live_rebuild(live);
}

static void begin_side(struct lesson_side *side)
{
    const char *unknown;
    *side = (struct lesson_side){ .view = { .only_lesson = true } };
    column_parse(column_default, side->columns, &side->column_shown, &unknown);
}

/* Whether the environment asks for another language than English. */
static bool wants_other_language(void)
{
    static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) != 0 && value[0] != 'C' && strcmp(value, "POSIX") != 0;
    }
    return false;
}

/* A terminal that cannot show the reader's language gets the one that every terminal can. */
static void choose_language(struct live *live)
{
    if (text_locale_is_utf8() || !wants_other_language())
        return;
    language_choose("en");
    live_say(live, "%s", _("this terminal is not UTF-8: lessons are shown in English, in ASCII"));
}

void lesson_open(struct live *live, const struct course_lesson *lesson, bool from_list, bool may_exec)
{
    struct lessons *lessons = live->lessons;
    struct play_host host = { .fresh_lab = fresh_lab, .need_met = need_met, .data = live };
    if (lessons->open)
        lesson_close(live);
    lessons->open = lessons->last = lesson;
    lessons->from_list = from_list;
    lessons->may_exec = may_exec;
    lessons->phase = PLAY_END;
    lessons->at = (size_t)-1;
    choose_language(live);
    begin_side(&lessons->other);
    int r = play_new(&lessons->play, lesson->lesson, &host);
    if (r < 0) {
        lessons->open = NULL;
        live_complain(live, _("the lesson cannot begin: %s (%s)"), error_name(r), error_words(r));
        return;
    }
    lesson_show(live, true);
    lesson_played(live);
}

void lesson_close(struct live *live)
{
    struct lessons *lessons = live->lessons;
    if (!lessons->open)
        return;
    lesson_show(live, false);
    tree_view_release(&lessons->other.view);
    play_free(lessons->play);
    lessons->play = NULL;
    lessons->open = NULL;
    id_set_clear(&lessons->family);
    live_end_lab(live);
    live_begin_lab(live, true);
    live_rebuild(live);
    live_sample_soon(live);
}

void lesson_played(struct live *live)
{
    struct lessons *lessons = live->lessons;
    play_go_on(lessons->play);
    if (play_phase(lessons->play) != lessons->phase || play_at(lessons->play) != lessons->at) {
        lessons->highlighted = -1;
        lesson_keep_progress(lessons);
        lesson_report_take(lessons->report, lessons->open->lesson, lessons->play);
    }
    lessons->phase = play_phase(lessons->play);
    lessons->at = play_at(lessons->play);
    live_redraw(live);
}

void lessons_go_on(struct live *live)
{
    if (lesson_is_open(live))
        lesson_played(live);
}

void lessons_take_report(struct live *live, const struct lab_report *report)
{
    if (!lesson_is_open(live))
        return;
    if (live->lessons->shown)
        play_report(live->lessons->play, report);
    else
        live->lessons->touched = true;
}

void lessons_start(struct live *live)
{
    if (!live->lessons)
        return;
    if (live->lessons->begin)
        lesson_open_after_consent(live, live->lessons->begin, false);
    else
        lesson_list_open(live);
}

void lessons_stop(struct live *live)
{
    struct lessons *lessons = live->lessons;
    if (!lessons)
        return;
    if (lessons->open)
        tree_view_release(&lessons->other.view);
    play_free(lessons->play);
    id_set_release(&lessons->family);
    id_set_release(&lessons->adopters);
    lessons->play = NULL;
    lessons->open = NULL;
}
