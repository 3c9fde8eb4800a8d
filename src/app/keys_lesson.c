#include "app/language.h"
#include "app/lessons.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static struct play *play_of(const struct live *live)
{
    return live->lessons->play;
}

/* ---- what the key bar offers ---- */

bool key_lesson_asks(const struct live *live)
{
    enum play_phase phase = play_phase(play_of(live));
    return phase == PLAY_PREDICT || phase == PLAY_REVIEW;
}

static bool is_under_way(const struct live *live)
{
    enum play_phase phase = play_phase(play_of(live));
    return phase == PLAY_WATCH || phase == PLAY_CATCH_UP;
}

bool key_lesson_goes_on(const struct live *live)
{
    const struct lessons *lessons = live->lessons;
    if (play_phase(lessons->play) == PLAY_END)
        return lesson_after(lessons, lessons->open);
    return !is_under_way(live) && (!key_lesson_asks(live) || lessons->highlighted >= 0);
}

bool key_lesson_has_begun(const struct live *live)
{
    enum play_phase phase = play_phase(play_of(live));
    return phase == PLAY_WATCH || phase == PLAY_RESULT;
}

bool key_lesson_is_still(const struct live *live)
{
    return !is_under_way(live);
}

static bool has_shell(const struct live *live)
{
    char **shell = play_step(play_of(live))->shell;
    return shell && *shell;
}

/* While a question is open, the keys that answer it need the room. */
bool key_lesson_offers_shell(const struct live *live)
{
    return has_shell(live) && !key_lesson_asks(live);
}

bool key_no_actor(const struct live *live)
{
    return live->lab && lab_actor_count(live->lab) == 0;
}

/* ---- going on and back ---- */

static void predict(struct live *live, int choice)
{
    play_predict(play_of(live), choice);
    lesson_played(live);
}

/* A step that free play has changed the processes of is not what the next one goes on from. */
static void go_on(struct live *live)
{
    struct lessons *lessons = live->lessons;
    size_t next = play_at(lessons->play) + 1;
    if (lessons->touched && play_phase(lessons->play) == PLAY_RESULT &&
        next < lessons->open->lesson->step_count)
        play_go_to(lessons->play, next);
    else
        play_next(lessons->play);
    lesson_played(live);
}

static void open_next(struct live *live)
{
    struct lessons *lessons = live->lessons;
    const struct course_lesson *next = lesson_after(lessons, lessons->open);
    if (next)
        lesson_open_after_consent(live, next, lessons->from_list);
    else
        live_say(live, "%s", _("this was the last lesson; q ends it"));
}

/* A hand-held presenter has no digits: its PgDn shows the answer. */
void key_lesson_next(struct live *live, const struct keystroke *key)
{
    struct lessons *lessons = live->lessons;
    if (play_phase(lessons->play) == PLAY_END)
        open_next(live);
    else if (!key_lesson_asks(live))
        go_on(live);
    else if (key->code == KEYSTROKE_RIGHT)
        key_lesson_down(live, key);
    else if (lessons->highlighted >= 0)
        predict(live, lessons->highlighted);
    else if (key->code == KEYSTROKE_PAGE_DOWN)
        predict(live, PLAY_NO_PREDICTION);
    else
        live_say(live, "%s", _("predict first: 1-4, or Up, Down and Enter; 0 shows the answer"));
}

void key_lesson_back(struct live *live, const struct keystroke *key)
{
    if (key->code == KEYSTROKE_LEFT && key_lesson_asks(live)) {
        key_lesson_up(live, key);
        return;
    }
    play_back(play_of(live));
    lesson_played(live);
}

void key_lesson_again(struct live *live, const struct keystroke *key)
{
    (void)key;
    play_again(play_of(live));
    lesson_played(live);
}

/* ---- predicting ---- */

static int choice_count(const struct live *live)
{
    const struct lesson_question *ask = play_step(play_of(live))->ask;
    return key_lesson_asks(live) && ask ? (int)ask->choice_count : 0;
}

/* A digit that comes before the question brings it: nobody predicts what he has not read. */
static bool bring_question(struct live *live)
{
    bool hidden = play_phase(play_of(live)) == PLAY_READ && play_step(play_of(live))->ask;
    if (hidden)
        go_on(live);
    return hidden;
}

void key_lesson_predict(struct live *live, const struct keystroke *key)
{
    int choice = key->code - '1', count = choice_count(live);
    if (bring_question(live))
        return;
    if (choice < count)
        predict(live, choice);
    else if (count > 0)
        live_say(live, _("the choices are 1 to %d"), count);
}

void key_lesson_show(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!bring_question(live) && key_lesson_asks(live))
        predict(live, PLAY_NO_PREDICTION);
}

void key_lesson_up(struct live *live, const struct keystroke *key)
{
    (void)key;
    int *at = &live->lessons->highlighted, count = choice_count(live);
    *at = !count ? -1 : *at > 0 ? *at - 1 : *at < 0 ? count - 1 : 0;
}

void key_lesson_down(struct live *live, const struct keystroke *key)
{
    (void)key;
    int *at = &live->lessons->highlighted, count = choice_count(live);
    *at = !count ? -1 : *at + 1 < count ? *at + 1 : count - 1;
}

/* ---- what is shown ---- */

void key_lesson_code(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct lessons *lessons = live->lessons;
    const struct lesson_listing *before = lesson_listing_shown(lessons);
    lessons->python = !lessons->python;
    if (!before)
        live_say(live, "%s", _("this lesson has no listing"));
    else if (lesson_listing_shown(lessons) == before)
        live_say(live, _("there is only %s"), before->file);
}

/* With a terminal that cannot show it, a language is none. */
void key_language(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!text_locale_is_utf8()) {
        live_say(live, "%s", _("this terminal is not UTF-8: there is only English"));
        return;
    }
    char now[32];
    language_now(now, sizeof now);
    char *language = language_after(now);
    language_choose(language);
    free(language);
    live_rebuild(live);
}

void key_lesson_free(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (is_under_way(live))
        live_say(live, "%s", _("the step is being carried out: wait until it is over"));
    else
        lesson_show(live, false);
}

static void add_lines(struct pager *pager, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *line = xasprintf("%.*s", (int)length, text);
        pager_add(pager, line, false);
        free(line);
        text += length + (text[length] == '\n');
    }
}

static void add_heading(struct pager *pager, const char *heading)
{
    if (pager->text_count)
        pager_add(pager, "", false);
    pager_add(pager, heading, true);
}

static void add_step(struct live *live, struct pager *pager)
{
    const struct play *play = play_of(live);
    const struct lesson_question *ask = play_step(play)->ask;
    char *text = play_text(play, lesson_language(live->lessons));
    pager_add_wrapped(pager, text);
    free(text);
    if (!ask || play_phase(play) == PLAY_READ)
        return;
    text = play_fill(play, &ask->question, lesson_language(live->lessons));
    pager_add(pager, "", false);
    pager_add_wrapped(pager, text);
    free(text);
    for (size_t i = 0; i < ask->choice_count; i++) {
        const struct lesson_choice *choice = &ask->choices[i];
        char head[8] = { (char)('1' + i), ' ' };
        text = lesson_text_is_empty(&choice->label)
                   ? xstrdup(choice->is)
                   : play_fill(play, &choice->label, lesson_language(live->lessons));
        pager_add_hanging(pager, head, text);
        free(text);
    }
}

/* What went wrong, and every call: the screen has room for a few of them. */
static void add_calls(struct pager *pager, const struct play *play)
{
    const char *text;
    int line;
    for (size_t i = 0; (text = play_failure(play, i, &line)); i++) {
        if (i == 0)
            add_heading(pager, _("Not as expected"));
        pager_add_wrapped(pager, text);
    }
    for (size_t i = 0; (text = play_call(play, i)); i++) {
        if (i == 0)
            add_heading(pager, _("Calls of this step"));
        pager_add_wrapped(pager, text);
    }
}

static void add_listing(struct pager *pager, const struct lesson_listing *listing, const char *language)
{
    char *text = lesson_listing_text(listing, language);
    add_heading(pager, listing->file);
    add_lines(pager, text);
    free(text);
    if (!listing->prints)
        return;
    add_heading(pager, listing->any_order ? _("What it prints, in any order; {n} stands for a number")
                                          : _("What it prints; {n} stands for a number"));
    add_lines(pager, listing->prints);
}

void key_lesson_whole(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct lesson_listing *listing = lesson_listing_shown(live->lessons);
    bool cut = lesson_text_is_cut(live);
    struct pager *pager = live_show(live, _("The whole step (any other key closes)"));
    if (cut || !listing)
        add_step(live, pager);
    if (listing)
        add_listing(pager, listing, lesson_language(live->lessons));
    add_calls(pager, play_of(live));
}

/* Values of the kernel stand in commands as in texts. */
void key_lesson_shell(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct play *play = play_of(live);
    char **shell = play_step(play)->shell;
    if (!has_shell(live)) {
        live_say(live, "%s", _("this step has no commands to try"));
        return;
    }
    struct pager *pager = live_show(live, _("To try in another terminal (any other key closes)"));
    for (; *shell; shell++) {
        struct lesson_variant variant = { .locale = "", .text = *shell };
        char *text = play_fill(play, &(struct lesson_text){ .variants = &variant, .count = 1 }, "");
        pager_add_hanging(pager, "$ ", text);
        free(text);
    }
}

void key_lesson_notes(struct live *live, const struct keystroke *key)
{
    (void)key;
    const struct play *play = play_of(live);
    const struct lesson_text *notes = &play_step(play)->notes;
    if (lesson_text_is_empty(notes)) {
        live_say(live, "%s", _("this step has no notes for the teacher"));
        return;
    }
    char *text = play_fill(play, notes, lesson_language(live->lessons));
    struct pager *pager = live_show(live, _("For the teacher (any other key closes)"));
    pager_add_wrapped(pager, text);
    free(text);
}

/* ---- in and out ---- */

void key_lesson_end(struct live *live, const struct keystroke *key)
{
    (void)key;
    bool from_list = live->lessons->from_list;
    if (!from_list && live->lessons->only) {
        live_quit(live);
        return;
    }
    lesson_close(live);
    if (from_list)
        lesson_list_open(live);
}

/* What free play has done is not what the step begins with: before its acts they are played again. */
void lesson_return(struct live *live)
{
    struct lessons *lessons = live->lessons;
    enum play_phase phase = play_phase(lessons->play);
    lesson_show(live, true);
    if (!lessons->touched)
        return;
    if (phase == PLAY_READ || phase == PLAY_PREDICT)
        key_lesson_again(live, NULL);
    else
        live_say(live, "%s", _("free play has changed the processes: J starts the step again"));
}

/* J in the live tree. In free play it leads back to the lesson, as it does there. */
void key_lessons(struct live *live, const struct keystroke *key)
{
    if (lesson_is_open(live)) {
        lesson_show(live, true);
        key_lesson_again(live, key);
        return;
    }
    if (!live->lessons)
        live->lessons = lessons_new();
    lesson_list_open(live);
}
