/* Texts of a lesson: their languages, the room there is for them, and the characters they may hold. */

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/loading.h"
#include "lesson/text_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct text_room room_of_title = { LESSON_TITLE_CELLS, 1 };
const struct text_room room_of_line = { LESSON_TEXT_CELLS, 1 };
const struct text_room room_of_text = { LESSON_TEXT_CELLS, LESSON_TEXT_LINES };
const struct text_room room_of_notes = { 0, 0 };

/* "en", "zh_CN", "sr_RS@latin". */
bool loading_is_locale(const char *word)
{
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz");
    if (length < 2 || length > 3)
        return false;
    word += length;
    if (*word == '_' && isupper((unsigned char)word[1]) && isupper((unsigned char)word[2]))
        word += 3;
    return !*word ||
           (*word == '@' && word[1] && !word[1 + strspn(word + 1, "abcdefghijklmnopqrstuvwxyz0123456789")]);
}

/* The line of the file that a place in the text is in, where that can be told. */
static void find_place(const struct yaml_node *node, size_t offset, int *ret_line, int *ret_column)
{
    *ret_line = node->text_line;
    *ret_column = node->text_indent + 1;
    if (node->is_folded) {
        *ret_line = node->line;
        *ret_column = node->column;
        return;
    }
    for (size_t i = 0; i < offset && node->text[i]; i++) {
        if (node->text[i] == '\n') {
            ++*ret_line;
            *ret_column = node->text_indent + 1;
        } else if (((unsigned char)node->text[i] & 0xc0) != 0x80) {
            ++*ret_column;
        }
    }
}

static void find_placeholders(struct loading *loading, const struct yaml_node *node)
{
    size_t length;
    for (const char *at = node->text; (at = lesson_text_value(at, &length)) != NULL; at += length) {
        int line, column;
        find_place(node, (size_t)(at - node->text), &line, &column);
        loading_add_placeholder(loading, at + 1, length - 2, line, column);
    }
}

static void check_room(struct loading *loading, const struct yaml_node *node, struct text_room room,
                       const char *text)
{
    int widest, lines = text_rules_lines(text, room.cells, &widest);
    if (room.lines == 1 && widest > room.cells)
        loading_tell_at(loading, node, _("%d cells wide; there is room for %d"), widest, room.cells);
    else if (lines > room.lines)
        loading_tell_at(loading, node, _("takes %d lines of %d cells; there is room for %d"), lines,
                        room.cells, room.lines);
}

void loading_check_characters(struct loading *loading, const struct yaml_node *node, const char *locale,
                              const char *text)
{
    struct text_complaint complaint;
    while (text_rules_next(&text, locale, &complaint))
        loading_tell_at(loading, node, "%s", complaint.words);
}

/* One language of a text; "" as the locale: all of them. */
static void read_variant(struct loading *loading, const struct yaml_node *node, const char *locale,
                         struct text_room room, struct lesson_text *text)
{
    if (!loading_expect(loading, node, YAML_TEXT))
        return;
    if (!node->text[strspn(node->text, " \t\n")])
        loading_tell_at(loading, node, _("the text is empty"));
    lesson_text_set(text, locale, node->text);
    const char *tidy = text->variants[text->count - 1].text;
    for (size_t i = 0; i < text->count; i++)
        if (strcmp(text->variants[i].locale, locale) == 0)
            tidy = text->variants[i].text;
    if (room.lines)
        check_room(loading, node, room, tidy);
    loading_check_characters(loading, node, locale, tidy);
    find_placeholders(loading, node);
}

static bool has_language(const struct lesson *lesson, const char *locale)
{
    for (char **language = lesson->languages; language && *language; language++)
        if (strcmp(*language, locale) == 0)
            return true;
    return false;
}

/* The first text that has languages says which ones the lesson is in: its title, unless that is the same in
 * all. */
static void take_languages(struct loading *loading, const struct yaml_node *node)
{
    struct lesson *lesson = loading->lesson;
    if (lesson->languages)
        return;
    lesson->languages = xcalloc(node->item_count + 1, sizeof *lesson->languages);
    size_t count = 0;
    for (size_t i = 0; i < node->item_count; i++)
        if (loading_is_locale(node->items[i].key))
            lesson->languages[count++] = xstrdup(node->items[i].key);
}

bool loading_is_language(struct loading *loading, const struct yaml_node *node)
{
    if (!loading_is_locale(node->key))
        loading_tell_at(loading, node, _("'%s' is no language; expected are such as en, zh_CN"),
                        excerpt(node->key).text);
    else if (!has_language(loading->lesson, node->key))
        loading_tell_at(loading, node, _("in the language %s, which the title is not in"), node->key);
    else
        return true;
    return false;
}

static void read_variants(struct loading *loading, const struct yaml_node *node, struct text_room room,
                          struct lesson_text *text)
{
    take_languages(loading, node);
    for (size_t i = 0; i < node->item_count; i++) {
        const struct yaml_node *item = &node->items[i];
        if (loading_is_language(loading, item))
            read_variant(loading, item, item->key, room, text);
    }
    for (char **language = loading->lesson->languages; *language; language++)
        if (!yaml_get(node, *language))
            loading_tell_at(loading, node, _("the language %s is missing"), *language);
}

void loading_read_text_of(struct loading *loading, const struct yaml_node *node, struct text_room room,
                          struct lesson_text *text)
{
    if (!text->line)
        text->line = node->key ? node->key_line : node->line;
    if (loading->locale)
        read_variant(loading, node, loading->locale, room, text);
    else if (node->kind == YAML_MAPPING)
        read_variants(loading, node, room, text);
    else
        read_variant(loading, node, "", room, text);
}

void loading_read_text(struct loading *loading, const struct yaml_node *mapping, const char *key,
                       struct text_room room, struct lesson_text *text)
{
    const struct yaml_node *node = yaml_get(mapping, key);
    if (node)
        loading_read_text_of(loading, node, room, text);
}
