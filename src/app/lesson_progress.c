/* How far the reader has come: kept after each step, so that a program that is killed loses nothing. */
#include "app/lessons.h"
#include "app/progress_words.h"

const char *lesson_progress_words(const struct lessons *lessons, const struct course_lesson *lesson,
                                  char *text, size_t size)
{
    return progress_words(lessons->progress, lesson->lesson, text, size);
}

bool lesson_is_done(const struct lessons *lessons, const struct course_lesson *lesson)
{
    return progress_get(lessons->progress, lesson->name).done;
}

void lesson_keep_progress(struct lessons *lessons)
{
    if (!lessons->unread)
        progress_keep(lessons->progress, lessons->open->lesson, lessons->play);
}
