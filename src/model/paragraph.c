#include "model/paragraph.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static bool begins_with_any(const char *text, const char *const *marks)
{
    for (; *marks; marks++)
        if (strncmp(text, *marks, strlen(*marks)) == 0)
            return true;
    return false;
}

/* Whether a line may end between two characters that stand next to each other without a blank. */
static bool may_break_between(const char *left, int left_width, const char *right, int right_width)
{
    static const char *const closing[] = { "，", "。", "、", "；", "：", "？", "！", "）", "」", NULL };
    static const char *const opening[] = { "（", "「", NULL };
    if (left_width < 2 && right_width < 2)
        return false;
    return right_width > 0 && !begins_with_any(right, closing) && !begins_with_any(left, opening);
}

/* The last place within the first `fit` bytes where a line may end; 0: none. */
static size_t last_break(const char *text, size_t fit)
{
    size_t found = 0, at = 0, length = strlen(text), before = 0;
    int width, width_before = 0;
    while (at <= fit && at < length) {
        size_t taken = text_step(text + at, length - at, &width);
        if (at && (text[at] == ' ' || may_break_between(text + before, width_before, text + at, width)))
            found = at;
        before = at;
        width_before = width;
        at += taken;
    }
    return found;
}

size_t paragraph_next(const char *text, int width, size_t *ret_length)
{
    int unused;
    size_t line = strcspn(text, "\n"), fit = text_fit(text, width, NULL), end = line;
    if (fit < line) {
        end = last_break(text, fit);
        if (!end)
            end = fit ? fit : text_step(text, line, &unused);
    }
    size_t next = end;
    while (text[next] == ' ')
        next++;
    if (text[next] == '\n')
        next++;
    while (end && text[end - 1] == ' ')
        end--;
    *ret_length = end;
    return next;
}
