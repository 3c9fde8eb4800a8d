/* The question of a step. */

#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/loading.h"
#include "lesson/text_rules.h"

#include <stdlib.h>
#include <string.h>

/* "1 R   2 S": the choice itself is never broken. */
static int lines_of_choices(const struct lesson_question *question, const char *locale)
{
    int lines = 1, used = 0;
    for (size_t i = 0; i < question->choice_count; i++) {
        const struct lesson_choice *choice = &question->choices[i];
        const char *label =
            lesson_text_is_empty(&choice->label) ? choice->is : lesson_text_in(&choice->label, locale);
        int width = LESSON_CHOICE_KEY_CELLS + text_rules_width(label);
        if (width > LESSON_TEXT_CELLS)
            return LESSON_CHOICE_LINES + 1;
        if (used && used + LESSON_CHOICE_GAP_CELLS + width > LESSON_TEXT_CELLS) {
            lines++;
            used = 0;
        }
        used += (used ? LESSON_CHOICE_GAP_CELLS : 0) + width;
    }
    return lines;
}

static void check_choices_in(struct loading *loading, const struct lesson_question *question,
                             const struct yaml_node *node, const char *locale)
{
    if (lines_of_choices(question, locale) > LESSON_CHOICE_LINES)
        loading_tell_at(loading, node, _("the choices do not fit into %d lines of %d cells (%s)"),
                        LESSON_CHOICE_LINES, LESSON_TEXT_CELLS, locale);
}

void loading_check_choices(struct loading *loading, const struct lesson_question *question,
                           const struct yaml_node *node)
{
    static char *any[] = { (char *)"en", NULL };
    char **language = loading->lesson->languages ? loading->lesson->languages : any;
    if (loading->locale)
        check_choices_in(loading, question, node, loading->locale);
    else
        for (; *language; language++)
            check_choices_in(loading, question, node, *language);
}

/* What makes the choice the right one. */
static void read_claim(struct loading *loading, const struct yaml_node *node,
                       const struct lesson_question *question, struct lesson_choice *choice)
{
    const struct yaml_node *when = yaml_get(node, "if");
    const char *text = loading_text(loading, node, "if");
    if (text)
        choice->when = xstrdup(text);
    if (!when && !question->answer)
        loading_tell_at(loading, node, _("without an 'answer' each choice has an 'if'"));
    if (!text && (when || !question->answer))
        return;
    char *claim = lesson_choice_expectation(question, choice);
    loading_check_expectation(loading, when ? when : node, claim);
    free(claim);
}

static void read_choice(struct loading *loading, const struct yaml_node *node,
                        const struct lesson_question *question, struct lesson_choice *choice)
{
    *choice = (struct lesson_choice){ .line = node->key_line, .is = xstrdup(node->key) };
    if (!loading_expect(loading, node, YAML_MAPPING))
        return;
    loading_check_keys(loading, node, "why say if");
    read_claim(loading, node, question, choice);
    loading_read_text(loading, node, "say", room_of_line, &choice->label);
    loading_read_text(loading, node, "why", room_of_text, &choice->why);
    if (!yaml_get(node, "why"))
        loading_tell_at(loading, node, _("'%s' is missing"), "why");
}

static void read_choices(struct loading *loading, const struct yaml_node *node,
                         struct lesson_question *question)
{
    if (!loading_expect(loading, node, YAML_MAPPING))
        return;
    if (node->item_count < LESSON_CHOICES_MIN || node->item_count > LESSON_CHOICES_MAX)
        loading_tell_at(loading, node, _("there are %zu choices; expected are %d to %d"), node->item_count,
                        LESSON_CHOICES_MIN, LESSON_CHOICES_MAX);
    question->choices = xcalloc(node->item_count + 1, sizeof *question->choices);
    for (size_t i = 0; i < node->item_count; i++)
        read_choice(loading, &node->items[i], question, &question->choices[question->choice_count++]);
    loading_check_choices(loading, question, node);
}

struct lesson_question *loading_read_question(struct loading *loading, const struct yaml_node *node)
{
    if (!loading_expect(loading, node, YAML_MAPPING))
        return NULL;
    loading_check_keys(loading, node, "question answer choices");
    struct lesson_question *question = xcalloc(1, sizeof *question);
    question->line = node->key_line;
    loading_read_text(loading, node, "question", room_of_line, &question->question);
    const char *answer = loading_text(loading, node, "answer");
    if (answer) {
        question->answer = xstrdup(answer);
        loading_check_term(loading, yaml_get(node, "answer"), answer);
    }
    for (const char *const *key = (const char *const[]){ "question", "choices", NULL }; *key; key++)
        if (!yaml_get(node, *key))
            loading_tell_at(loading, node, _("'%s' is missing"), *key);
    if (yaml_get(node, "choices"))
        read_choices(loading, yaml_get(node, "choices"), question);
    return question;
}
