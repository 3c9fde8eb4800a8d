#include "app/lessons.h"

#include "app/language.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct course_lesson *lesson_after(const struct lessons *lessons, const struct course_lesson *lesson)
{
    const struct course *course = lessons->course;
    for (size_t i = 0; course && i < course->lesson_count; i++)
        if (&course->lessons[i] == lesson)
            while (++i < course->lesson_count)
                if (course->lessons[i].lesson)
                    return &course->lessons[i];
    return NULL;
}

static bool has_living(const struct live *live)
{
    for (size_t i = 0; live->lab && i < lab_actor_count(live->lab); i++)
        if (lab_actor(live->lab, i)->state < ACTOR_ENDED)
            return true;
    return false;
}

/* ---- consent ---- */

enum { CONSENT_NO, CONSENT_YES };

/* The programs that its steps would start, "sh, cat"; "": none. To be freed. */
static char *lesson_programs(const struct lesson *lesson)
{
    char *script = xstrdup(""), *programs = NULL;
    struct lab_error error;
    for (size_t i = 0; i < lesson->step_count; i++)
        for (const struct lesson_step *step = &lesson->steps[i]; step; step = step->instead) {
            char *longer = xasprintf("%s%s\n", script, step->acts);
            free(script);
            script = longer;
        }
    if (lab_script_programs(script, &programs, &error) < 0)
        programs = xstrdup("");
    free(script);
    return programs;
}

static void refused(struct live *live)
{
    struct lessons *lessons = live->lessons;
    if (lessons->asked_from_list)
        lesson_list_open(live);
    else if (lessons->only)
        live_quit(live);
}

static void consent_given(struct live *live, long value)
{
    if (value == CONSENT_YES)
        lesson_open(live, live->lessons->asked, live->lessons->asked_from_list, true);
    else
        refused(live);
}

void lesson_open_after_consent(struct live *live, const struct course_lesson *lesson, bool from_list)
{
    struct lessons *lessons = live->lessons;
    bool trusted = lesson->of_course || lessons->consent;
    char *programs = trusted ? xstrdup("") : lesson_programs(lesson->lesson);
    if (!*programs) {
        lesson_open(live, lesson, from_list, trusted);
    } else {
        char *title = xasprintf(_("%s starts other programs: %s. Run them?"), lesson->name, programs);
        struct menu *menu = live_choose(live, title);
        menu_add(menu, CONSENT_NO, _("no"), NULL, NULL);
        menu_add(menu, CONSENT_YES, _("yes: this lesson may start them"), NULL, NULL);
        lessons->asked = lesson;
        lessons->asked_from_list = from_list;
        live->overlay.chosen = consent_given;
        live->overlay.cancelled = refused;
        free(title);
    }
    free(programs);
}

/* ---- the list ---- */

/* The lesson that was open last, else the first that is not done. */
static void place_cursor(const struct live *live, struct menu *menu)
{
    const struct lessons *lessons = live->lessons;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < menu->count; i++) {
            if (menu->items[i].heading)
                continue;
            const struct course_lesson *entry = &lessons->course->lessons[menu->items[i].value];
            if (pass == 0 ? entry == lessons->last : entry->lesson && !lesson_is_done(lessons, entry)) {
                menu->cursor = i;
                return;
            }
        }
}

static void lesson_chosen(struct live *live, long value)
{
    lesson_open_after_consent(live, &live->lessons->course->lessons[value], true);
}

/* Whoever came for lessons leaves with them. */
static void list_cancelled(struct live *live)
{
    if (live->lessons->only)
        live_quit(live);
}

/* "17 A zombie": all titles stand in one column. */
static void add_lesson(struct live *live, struct menu *menu, size_t index)
{
    const struct course_lesson *entry = &live->lessons->course->lessons[index];
    const struct lesson *lesson = entry->lesson;
    const char *language = lesson_language(live->lessons);
    char number[16] = "  ", progress[48] = "";
    if (lesson && lesson->number >= 0)
        snprintf(number, sizeof number, "%02d", lesson->number);
    if (lesson)
        lesson_progress_words(live->lessons, entry, progress, sizeof progress);
    char *text = xasprintf("%s %s", number, lesson ? lesson_text_in(&lesson->title, language) : entry->name);
    menu_add(menu, (long)index, text, progress,
             lesson ? NULL : _("its file has errors: forklore lesson --check"));
    if (lesson)
        menu_note(menu, lesson_text_in(&lesson->goal, language));
    free(text);
}

static void add_part(struct live *live, struct menu *menu, int part)
{
    const struct course *course = live->lessons->course;
    bool headed = false;
    for (size_t i = 0; i < course->lesson_count; i++) {
        if (course->lessons[i].part != part)
            continue;
        if (!headed)
            menu_add_heading(
                menu, part < 0 ? _("More lessons")
                               : lesson_text_in(&course->parts[part].title, lesson_language(live->lessons)));
        headed = true;
        add_lesson(live, menu, i);
    }
}

void lesson_list_open(struct live *live)
{
    struct lessons *lessons = live->lessons;
    if (lessons_load(lessons) < 0) {
        live_complain(live, "%s", _("no lessons were found"));
        return;
    }
    struct menu *menu =
        live_choose(live, has_living(live) ? _("Lessons (opening one ends all actors)") : _("Lessons"));
    for (int part = 0; part < (int)lessons->course->part_count; part++)
        add_part(live, menu, part);
    add_part(live, menu, -1);
    place_cursor(live, menu);
    live->overlay.alone = true;
    live->overlay.chosen = lesson_chosen;
    live->overlay.cancelled = list_cancelled;
}
