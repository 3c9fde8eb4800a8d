#include "app/lessons.h"

#include "app/language.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "screen/lesson_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS_MOST = 64, FAILURES_MOST = 16, MARKS_MOST = 16 };

/* What the view borrows. */
struct shown {
    struct lesson_view view;
    char *text, *question, *remark, *listing, *choices[LESSON_CHOICES_MAX];
    char language[16];
    const char *calls[CALLS_MOST], *failures[FAILURES_MOST];
    struct lesson_view_mark marks[MARKS_MOST];
};

static struct lesson_layout place(const struct live *live)
{
    return lesson_layout_compute(terminal_height(live->terminal), terminal_width(live->terminal));
}

struct layout lesson_layout(const struct live *live)
{
    struct lesson_layout places = place(live);
    return (struct layout){
        .header = places.title, .heads = places.heads, .tree = places.tree, .keys = places.keys
    };
}

/* ---- the listing ---- */

static bool is_python(const struct lesson_listing *listing)
{
    const char *suffix = strrchr(listing->file, '.');
    return suffix && strcmp(suffix, ".py") == 0;
}

static bool is_marked(const struct lesson_step *step, const struct lesson_listing *listing)
{
    for (size_t i = 0; i < step->mark_count; i++)
        if (strcmp(step->marks[i].file, listing->file) == 0)
            return true;
    return false;
}

/* Of the language that is wanted and about this step, if there is one. If not, what the step is about is
 * worth more: it may be about something of one language alone. */
const struct lesson_listing *lesson_listing_shown(const struct lessons *lessons)
{
    const struct lesson *lesson = lessons->open->lesson;
    const struct lesson_step *step = play_step(lessons->play);
    const struct lesson_listing *best = NULL;
    int best_worth = -1;
    for (size_t i = 0; i < lesson->listing_count; i++) {
        const struct lesson_listing *listing = &lesson->listings[i];
        int worth = 2 * is_marked(step, listing) + (is_python(listing) == lessons->python);
        if (worth > best_worth)
            best = listing;
        best_worth = worth > best_worth ? worth : best_worth;
    }
    return best;
}

static void show_listing(struct lessons *lessons, struct shown *shown)
{
    const struct lesson_listing *listing = lesson_listing_shown(lessons);
    const struct lesson_step *step = play_step(lessons->play);
    shown->view.code_language = "";
    if (!listing)
        return;
    shown->view.code_language = is_python(listing) ? "Python" : "C";
    shown->listing = lesson_listing_text(listing, lesson_language(lessons));
    shown->view.listing = shown->listing;
    shown->view.listing_name = listing->file;
    shown->view.marks = shown->marks;
    for (size_t i = 0; i < step->mark_count && shown->view.mark_count < MARKS_MOST; i++)
        if (strcmp(step->marks[i].file, listing->file) == 0)
            shown->marks[shown->view.mark_count++] =
                (struct lesson_view_mark){ step->marks[i].from, step->marks[i].to };
}

/* ---- what is said ---- */

static const char *phase_word(enum play_phase phase)
{
    static const char *const words[] = {
        [PLAY_READ] = N_("read"),        [PLAY_PREDICT] = N_("predict"), [PLAY_WATCH] = N_("watch"),
        [PLAY_RESULT] = N_("result"),    [PLAY_SKIPPED] = N_("skipped"), [PLAY_CATCH_UP] = N_("wait"),
        [PLAY_REVIEW] = N_("once more"), [PLAY_REVIEWED] = N_("result"), [PLAY_END] = N_("end"),
    };
    return _(words[phase]);
}

static enum lesson_stage stage_of(enum play_phase phase)
{
    switch (phase) {
    case PLAY_PREDICT:
    case PLAY_REVIEW: return LESSON_ASKING;
    case PLAY_RESULT:
    case PLAY_REVIEWED: return LESSON_ANSWERED;
    default: return LESSON_READING;
    }
}

static char *farewell(struct lessons *lessons)
{
    size_t right, made;
    const struct course_lesson *next = lesson_after(lessons, lessons->open);
    play_score(lessons->play, &right, &made);
    char *score = made ? xasprintf(_("Predictions: %zu, of which right at first: %zu."), made, right)
                       : xstrdup(_("No predictions were made."));
    char *text;
    if (next && next->lesson->number >= 0)
        text =
            xasprintf(_("This is the end of the lesson. %s\nEnter opens the next one: %02d %s."), score,
                      next->lesson->number, lesson_text_in(&next->lesson->title, lesson_language(lessons)));
    else if (next)
        text = xasprintf(_("This is the end of the lesson. %s\nEnter opens the next one: %s."), score,
                         lesson_text_in(&next->lesson->title, lesson_language(lessons)));
    else
        text = xasprintf(_("This is the end of the lesson. %s"), score);
    free(score);
    return text;
}

static void show_text(struct lessons *lessons, struct shown *shown)
{
    const struct play *play = lessons->play;
    const char *reason = play_reason(play, lesson_language(lessons));
    shown->text =
        play_phase(play) == PLAY_END ? farewell(lessons) : play_text(play, lesson_language(lessons));
    if (play_is_instead(play))
        shown->remark = *reason ? xasprintf(_("the same calls, made by actors: %s"), reason)
                                : xstrdup(_("the same calls, made by actors"));
    shown->view.text = shown->text;
    shown->view.remark = shown->remark ? shown->remark : "";
}

static void show_question(struct lessons *lessons, struct shown *shown)
{
    const struct play *play = lessons->play;
    const struct lesson_question *ask = play_step(play)->ask;
    struct lesson_view *view = &shown->view;
    view->answer = "";
    view->right = view->predicted = -1;
    if (!ask || view->stage == LESSON_READING)
        return;
    shown->question = play_fill(play, &ask->question, lesson_language(lessons));
    view->question = shown->question;
    view->choice_count = ask->choice_count;
    for (size_t i = 0; i < ask->choice_count; i++) {
        const struct lesson_choice *choice = &ask->choices[i];
        shown->choices[i] = lesson_text_is_empty(&choice->label)
                                ? xstrdup(choice->is)
                                : play_fill(play, &choice->label, lesson_language(lessons));
        view->choices[i] = shown->choices[i];
    }
    view->highlighted = lessons->highlighted;
    view->predicted = play_prediction(play);
    view->right = play_right(play);
    view->answer = play_answer(play);
    view->comes_again = play_phase(play) == PLAY_RESULT;
}

static void show_calls(const struct play *play, struct shown *shown)
{
    struct lesson_view *view = &shown->view;
    size_t count = 0;
    while (play_call(play, count))
        count++;
    for (size_t i = count > CALLS_MOST ? count - CALLS_MOST : 0; i < count; i++)
        shown->calls[view->call_count++] = play_call(play, i);
    const char *failure;
    while (view->failure_count < FAILURES_MOST && (failure = play_failure(play, view->failure_count, NULL)))
        shown->failures[view->failure_count++] = failure;
    view->calls = shown->calls;
    view->failures = shown->failures;
}

static void fill(const struct live *live, struct shown *shown)
{
    struct lessons *lessons = live->lessons;
    const struct lesson *lesson = lessons->open->lesson;
    enum play_phase phase = play_phase(lessons->play);
    const char *language = lesson_language(lessons);
    *shown = (struct shown){ 0 };
    snprintf(shown->language, sizeof shown->language, "%.*s", (int)strcspn(language, "_.@:"), language);
    shown->view = (struct lesson_view){
        .number = lesson->number,
        .title = lesson_text_in(&lesson->title, language),
        .step = phase == PLAY_END ? 0 : play_at(lessons->play) + 1,
        .steps = lesson->step_count,
        .phase = phase_word(phase),
        .language = shown->language,
        .stage = stage_of(phase),
    };
    show_listing(lessons, shown);
    show_text(lessons, shown);
    show_question(lessons, shown);
    show_calls(lessons->play, shown);
}

static void release(struct shown *shown)
{
    free(shown->text);
    free(shown->question);
    free(shown->remark);
    free(shown->listing);
    for (size_t i = 0; i < LESSON_CHOICES_MAX; i++)
        free(shown->choices[i]);
}

bool lesson_text_is_cut(struct live *live)
{
    struct shown shown;
    struct lesson_layout places = place(live);
    fill(live, &shown);
    bool cut = lesson_view_is_cut(&shown.view, &places) || !places.code.height;
    release(&shown);
    return cut;
}

void lesson_draw(struct live *live)
{
    struct shown shown;
    struct lesson_layout places = place(live);
    struct layout layout = lesson_layout(live);
    fill(live, &shown);
    if (places.tree.height)
        live_draw_tree(live, places.heads, places.tree);
    lesson_view_draw(&shown.view, live->terminal, &places);
    live_draw_message_or_keys(live, places.keys);
    live_draw_overlay(live, &layout);
    terminal_flush(live->terminal);
    release(&shown);
}
