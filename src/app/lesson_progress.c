/* How far the reader has come: kept after each step, so that a program that is killed loses nothing. */
#include "app/lessons.h"
#include "base/i18n.h"

#include <stdio.h>

const char *lesson_progress_words(const struct lessons *lessons, const struct course_lesson *lesson,
                                  char *text, size_t size)
{
    struct progress_of_lesson known = progress_get(lessons->progress, lesson->name);
    text[0] = '\0';
    if (known.done && known.made)
        snprintf(text, size, _("done, %u of %u predicted"), known.right, known.made);
    else if (known.done)
        snprintf(text, size, "%s", _("done"));
    else if (known.furthest)
        snprintf(text, size, _("at step %u of %zu"), known.furthest, lesson->lesson->step_count);
    return text;
}

bool lesson_is_done(const struct lessons *lessons, const struct course_lesson *lesson)
{
    return progress_get(lessons->progress, lesson->name).done;
}

/* A directory that cannot be written to is no reason to stop the lesson. */
void lesson_keep_progress(struct lessons *lessons)
{
    const char *name = lessons->open->name;
    size_t right, made;
    switch (play_phase(lessons->play)) {
    case PLAY_READ:
    case PLAY_SKIPPED: progress_reach(lessons->progress, name, (unsigned)play_at(lessons->play) + 1); break;
    case PLAY_END:
        play_score(lessons->play, &right, &made);
        progress_end(lessons->progress, name, (unsigned)right, (unsigned)made);
        break;
    default: return;
    }
    progress_save(lessons->progress);
}
