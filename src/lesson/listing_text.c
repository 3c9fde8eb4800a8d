/* A listing with its comments in the reader's language. */

#include "base/memory.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/listing_comments.h"

#include <stdlib.h>
#include <string.h>

struct lesson_comment *lesson_listing_comment(const struct lesson_listing *listing, const char *words,
                                              size_t length)
{
    for (size_t i = 0; i < listing->comment_count; i++)
        if (strncmp(listing->comments[i].words, words, length) == 0 && !listing->comments[i].words[length])
            return &listing->comments[i];
    return NULL;
}

struct writing {
    char *text;
    size_t length, room;
};

static void write_bytes(struct writing *writing, const char *bytes, size_t length)
{
    writing->text = grow(writing->text, &writing->room, writing->length + length + 1, 1);
    memcpy(writing->text + writing->length, bytes, length);
    writing->length += length;
    writing->text[writing->length] = '\0';
}

static int width_of(const char *text, size_t length)
{
    char *alone = xstrndup(text, length);
    int width = text_width(alone);
    free(alone);
    return width;
}

/* Takes blanks away between the code that the last line ends with and a comment that takes `cells`, down to
 * one, while the line would be too wide. */
static void make_room(struct writing *writing, int cells)
{
    const char *line = writing->text + writing->length;
    while (line > writing->text && line[-1] != '\n')
        line--;
    if (!line[strspn(line, " ")])
        return; /* the comment has the line to itself */
    int wide = text_width(line) + cells;
    for (char *end = writing->text + writing->length; wide > LESSON_LISTING_CELLS; wide--) {
        if (end - line < 2 || end[-1] != ' ' || end[-2] != ' ')
            break;
        *--end = '\0';
        writing->length--;
    }
}

char *lesson_listing_text(const struct lesson_listing *listing, const char *locale)
{
    struct listing_scan scan = listing_scan(listing->file, listing->text);
    struct listing_comment found;
    struct writing writing = { 0 };
    const char *text = listing->text;
    size_t done = 0;
    while (listing_scan_next(&scan, &found)) {
        const struct lesson_comment *comment = lesson_listing_comment(listing, text + found.at, found.length);
        if (!comment)
            continue;
        const char *words = lesson_text_in(&comment->text, locale), *behind = text + found.at + found.length;
        write_bytes(&writing, text + done, found.mark - done);
        make_room(&writing, width_of(text + found.mark, found.at - found.mark) + text_width(words) +
                                width_of(behind, strcspn(behind, "\n")));
        write_bytes(&writing, text + found.mark, found.at - found.mark);
        write_bytes(&writing, words, strlen(words));
        done = found.at + found.length;
    }
    write_bytes(&writing, text + done, strlen(text + done));
    return writing.text;
}
