/* Lessons on the live screen: the course, the lesson that is open, and what its keys do to it. A lesson has
 * the lab to itself, and shows the tree of its own processes only; in free play the live tree is as it always
 * is, with the lesson's processes in it. */
#pragma once

#include "app/lesson_needs.h"
#include "app/lesson_report.h"
#include "app/live.h"
#include "lesson/course.h"
#include "lesson/play.h"
#include "lesson/progress.h"

/* What the other view of the tree is set to: the lesson's while the live tree is shown, and the other way. */
struct lesson_side {
    struct tree_view view;
    const struct column *columns[32];
    size_t column_shown;
    const struct column *sorted;
    bool descending;
};

struct lessons {
    struct course *course;             /* NULL: not looked for yet, or there is none */
    struct course_lesson given;        /* a lesson that was given by its file */
    const struct course_lesson *begin; /* what to open first; NULL: the list */
    const struct course_lesson *last;  /* what was open last; NULL: nothing was */
    const struct course_lesson *asked; /* whose programs the reader is asked about */
    bool asked_from_list;
    struct lesson_report *report; /* NULL: none */
    bool consent;    /* lessons that are not of the installed course may start programs unasked */
    bool only;       /* the program was started for lessons: leaving them ends it */
    char **problems; /* what is wrong with their files */
    size_t problem_count, problem_room;

    /* the lesson that is open; open == NULL: none */
    const struct course_lesson *open;
    struct play *play;
    bool shown; /* else free play */
    bool from_list;
    bool may_exec;
    bool touched;          /* by free play: its processes are no longer those of the step */
    bool python;           /* listings are shown in Python, where there is one */
    int highlighted;       /* of the choices; -1: none yet */
    enum play_phase phase; /* as it was drawn last */
    size_t at;
    char language[32];      /* see lesson_language() */
    struct id_set family;   /* its actors, and what they started */
    struct id_set adopters; /* who has adopted one of them, and is none itself */
    struct lesson_side other;
    struct lesson_needs *needs;
    struct progress *progress;
    bool unread; /* nobody reads it: progress is not kept */
};

/* lessons.c */
struct lessons *lessons_new(void);
/* Looks for the course. 0 or -errno. */
int lessons_load(struct lessons *lessons);
void lessons_free(struct lessons *lessons);
/* The reader's language, for texts of lessons. Borrowed until it is asked for again. */
const char *lesson_language(struct lessons *lessons);
/* Who takes note of what is wrong with lessons' files. */
struct lesson_problems lessons_problems(struct lessons *lessons);
/* Opens what the program was started for. */
void lessons_start(struct live *live);
/* The screen is about to close. */
void lessons_stop(struct live *live);
void lessons_go_on(struct live *live);
void lessons_take_report(struct live *live, const struct lab_report *report);
bool lesson_is_open(const struct live *live);
bool lesson_is_shown(const struct live *live);
/* Ends the lab with all its actors and opens the lesson in a new one. */
void lesson_open(struct live *live, const struct course_lesson *lesson, bool from_list, bool may_exec);
/* The lesson ends, and its processes; the live tree gets a new lab. */
void lesson_close(struct live *live);
/* Free play, or back to the lesson. */
void lesson_show(struct live *live, bool shown);
/* From free play back to the lesson (keys_lesson.c). */
void lesson_return(struct live *live);
/* Something was done with live->lessons->play. */
void lesson_played(struct live *live);

/* lesson_progress.c */
/* "done", "step 3"; "": not begun. Returns text. */
const char *lesson_progress_words(const struct lessons *lessons, const struct course_lesson *lesson,
                                  char *text, size_t size);
bool lesson_is_done(const struct lessons *lessons, const struct course_lesson *lesson);
/* Keeps how far the open lesson has got. */
void lesson_keep_progress(struct lessons *lessons);

/* lesson_tree.c: the processes that a lesson shows: Forklore, its actors with what they started, and who has
 * adopted one of them. */
void lesson_find_family(struct live *live);
/* Shows those alone, with or without a lesson; or all again. */
void lesson_show_family_alone(struct live *live, bool alone);
bool lesson_has(void *data, const struct process *process);

/* lesson_draw.c */
struct layout lesson_layout(const struct live *live);
void lesson_draw(struct live *live);
/* The listing that is shown in this step; NULL: the lesson has none. */
const struct lesson_listing *lesson_listing_shown(const struct lessons *lessons);
/* Whether the step's text has no room on this screen. */
bool lesson_text_is_cut(struct live *live);

/* lesson_list.c: the list of the course, over the screen. */
void lesson_list_open(struct live *live);
/* Opens it; a lesson that is not of the installed course and starts programs, when the reader has said yes.
 */
void lesson_open_after_consent(struct live *live, const struct course_lesson *lesson, bool from_list);
/* The lesson that follows in the course; NULL: none. */
const struct course_lesson *lesson_after(const struct lessons *lessons, const struct course_lesson *lesson);
