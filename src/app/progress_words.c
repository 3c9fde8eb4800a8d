#include "app/progress_words.h"

#include "base/i18n.h"

#include <stdio.h>

const char *progress_words(const struct progress *progress, const struct lesson *lesson, char *text,
                           size_t size)
{
    struct progress_of_lesson known = progress_get(progress, lesson->name);
    text[0] = '\0';
    if (known.done && known.made)
        snprintf(text, size, _("done, %u of %u predicted"), known.right, known.made);
    else if (known.done)
        snprintf(text, size, "%s", _("done"));
    else if (known.furthest)
        snprintf(text, size, _("at step %u of %zu"), known.furthest, lesson->step_count);
    return text;
}

void progress_keep(struct progress *progress, const struct lesson *lesson, const struct play *play)
{
    size_t right, made;
    switch (play_phase(play)) {
    case PLAY_READ:
    case PLAY_SKIPPED: progress_reach(progress, lesson->name, (unsigned)play_at(play) + 1); break;
    case PLAY_END:
        play_score(play, &right, &made);
        progress_end(progress, lesson->name, (unsigned)right, (unsigned)made);
        break;
    default: return;
    }
    progress_save(progress);
}
