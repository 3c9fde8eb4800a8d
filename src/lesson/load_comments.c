/* The comments of a listing in the lesson's languages. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/listing_comments.h"
#include "lesson/loading.h"
#include "lesson/translation.h"

#include <stdlib.h>
#include <string.h>

/* The language that the listing itself is in: English, unless the lesson has none. */
static const char *own_language(const struct lesson *lesson)
{
    char **languages = lesson->languages;
    for (char **language = languages; language && *language; language++)
        if (strcmp(*language, "en") == 0)
            return "en";
    return languages && *languages ? *languages : "en";
}

/* The comments as the listing has them, each once. */
static void find_comments(const struct lesson *lesson, struct lesson_listing *listing)
{
    struct listing_scan scan = listing_scan(listing->file, listing->text);
    struct listing_comment found;
    size_t room = 0;
    while (listing_scan_next(&scan, &found)) {
        const char *words = listing->text + found.at;
        if (lesson_listing_comment(listing, words, found.length))
            continue;
        listing->comments =
            grow(listing->comments, &room, listing->comment_count + 1, sizeof *listing->comments);
        struct lesson_comment *comment = &listing->comments[listing->comment_count++];
        *comment = (struct lesson_comment){ .words = xstrndup(words, found.length) };
        comment->text.line = found.line;
        lesson_text_set_exactly(&comment->text, own_language(lesson), comment->words);
    }
}

/* In one language; "" as the locale: in all of them. */
static void read_words(struct loading *loading, const struct yaml_node *node, const char *locale,
                       struct lesson_comment *comment)
{
    if (!loading_expect(loading, node, YAML_TEXT))
        return;
    if (!node->text[strspn(node->text, " \n")])
        loading_tell_at(loading, node, _("the text is empty"));
    else if (strchr(node->text, '\n') || strstr(node->text, "*/"))
        loading_tell_at(loading, node, _("a line end or */ in a comment"));
    if (!*locale)
        lesson_text_release(&comment->text);
    lesson_text_set_exactly(&comment->text, locale, node->text);
    loading_check_characters(loading, node, locale, node->text);
}

static void read_comment(struct loading *loading, const struct yaml_node *node,
                         struct lesson_comment *comment)
{
    if (node->kind == YAML_TEXT) {
        read_words(loading, node, loading->locale ? loading->locale : "", comment);
        return;
    }
    if (!loading_expect(loading, node, YAML_MAPPING))
        return;
    for (size_t i = 0; i < node->item_count; i++) {
        const struct yaml_node *item = &node->items[i];
        if (!loading_is_language(loading, item))
            continue;
        if (strcmp(item->key, own_language(loading->lesson)) == 0)
            loading_tell_at(loading, item, _("in the language %s it stands in the listing"), item->key);
        else
            read_words(loading, item, item->key, comment);
    }
}

static void check_languages(struct loading *loading, const struct lesson_listing *listing,
                            const struct yaml_node *text)
{
    for (size_t i = 0; i < listing->comment_count; i++) {
        const struct lesson_comment *comment = &listing->comments[i];
        for (char **language = loading->lesson->languages; language && *language; language++)
            if (!lesson_text_has(&comment->text, *language))
                loading_tell(loading, text->text_line + comment->text.line - 1, text->text_indent + 1,
                             _("the comment '%s' has no text in the language %s"),
                             excerpt(comment->words).text, *language);
    }
}

static int width_of_line(const char *text)
{
    char *line = xstrndup(text, strcspn(text, "\n"));
    int cells = text_width(line);
    free(line);
    return cells;
}

/* Lines that the comments make too wide: told where the listing has them, or, of a translation, at its node.
 */
static void check_room(struct loading *loading, const struct lesson_listing *listing, const char *language,
                       const struct yaml_node *text, const struct yaml_node *translation)
{
    char *whole = lesson_listing_text(listing, language);
    const char *at = whole, *own = listing->text; /* which has as many lines */
    for (int number = 0; *at; number++) {
        int cells = width_of_line(at);
        if (cells <= LESSON_LISTING_CELLS || width_of_line(own) > LESSON_LISTING_CELLS)
            ; /* it fits, or is too wide anyway, which is told */
        else if (translation)
            loading_tell_at(loading, translation,
                            _("line %d of %s would be %d cells wide; there is room for %d"), number + 1,
                            listing->file, cells, LESSON_LISTING_CELLS);
        else
            loading_tell(loading, text->text_line + number, text->text_indent + 1,
                         _("%d cells wide in the language %s; there is room for %d"), cells, language,
                         LESSON_LISTING_CELLS);
        at += strcspn(at, "\n") + !!at[strcspn(at, "\n")];
        own += strcspn(own, "\n") + !!own[strcspn(own, "\n")];
    }
    free(whole);
}

void loading_read_comments(struct loading *loading, const struct yaml_node *mapping,
                           struct lesson_listing *listing)
{
    const struct yaml_node *comments = yaml_get(mapping, "comments"), *text = yaml_get(mapping, "text");
    find_comments(loading->lesson, listing);
    if (comments && !loading_expect(loading, comments, YAML_MAPPING))
        return;
    for (size_t i = 0; comments && i < comments->item_count; i++) {
        const struct yaml_node *item = &comments->items[i];
        struct lesson_comment *comment = lesson_listing_comment(listing, item->key, strlen(item->key));
        if (comment)
            read_comment(loading, item, comment);
        else
            loading_tell_at(loading, item, _("the listing has no comment '%s'"), excerpt(item->key).text);
    }
    check_languages(loading, listing, text);
    const char *own = own_language(loading->lesson);
    for (char **language = loading->lesson->languages; language && *language; language++)
        if (strcmp(*language, own) != 0)
            check_room(loading, listing, *language, text, NULL);
}

static struct lesson_comment *find_in_lesson(const struct lesson *lesson, const char *words)
{
    for (size_t i = 0; i < lesson->listing_count; i++) {
        struct lesson_comment *comment = lesson_listing_comment(&lesson->listings[i], words, strlen(words));
        if (comment)
            return comment;
    }
    return NULL;
}

void loading_translate_comments(struct loading *loading, const struct translation_place *root)
{
    struct lesson *lesson = loading->lesson;
    struct translation_place place = translation_place_of(loading, root, "comments");
    for (size_t i = 0; place.mapping && i < place.mapping->item_count; i++)
        if (!find_in_lesson(lesson, place.mapping->items[i].key))
            loading_tell_at(loading, &place.mapping->items[i], _("the lesson has no comment '%s'"),
                            excerpt(place.mapping->items[i].key).text);
    for (size_t i = 0; i < lesson->listing_count; i++) {
        struct lesson_listing *listing = &lesson->listings[i];
        for (size_t c = 0; c < listing->comment_count; c++) {
            struct lesson_comment *comment = &listing->comments[c];
            const struct yaml_node *node = place.mapping ? yaml_get(place.mapping, comment->words) : NULL;
            if (node)
                read_comment(loading, node, comment);
            else if (!lesson_text_has(&comment->text, ""))
                loading_tell_at(loading, place.near, _("the comment '%s' of %s is missing"),
                                excerpt(comment->words).text, listing->file);
        }
        check_room(loading, listing, loading->locale, NULL, place.near);
    }
}
