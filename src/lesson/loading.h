/* A lesson while it is being read: what load.c and its parts share. Problems are gathered and told at the
 * end, in the order of their lines. */
#pragma once

#include "lab/lab.h"
#include "lesson/load.h"
#include "lesson/yaml_document.h"

struct problem {
    char *path, *text;
    int line, column;
    size_t order; /* in which they were found */
};

/* A {OBJECT.FIELD} in a text, to be checked when it is known what the step's acts give names to. */
struct placeholder {
    char *term;
    int line, column;
};

struct loading {
    const char *path;   /* of the file that is being read */
    const char *locale; /* of that translation; NULL: it is the lesson itself */
    struct lesson *lesson;
    struct lab_checker *checker;
    bool acts_are_wrong; /* which names they give is not known, so nothing is said about unknown ones */
    struct problem *problems;
    size_t problem_count, problem_room;
    struct placeholder *placeholders;
    size_t placeholder_count, placeholder_room;
    void *utf8; /* of text_rules_begin() */
};

/* loading.c */

/* From here to loading_end() texts are taken for UTF-8 whatever the locale. 0 or -errno. */
int loading_begin(struct loading *loading, const char *path);
/* Tells what was gathered, in the user's locale. The lesson is the caller's. */
void loading_end(struct loading *loading, const struct lesson_problems *problems);

/* Text of the file as it may stand in a message: short and clean. */
struct excerpt {
    char text[128];
};
struct excerpt excerpt(const char *text);

void loading_tell(struct loading *loading, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Where the key stands, else the node. */
void loading_tell_at(struct loading *loading, const struct yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Tells of keys that are not among these words. */
void loading_check_keys(struct loading *loading, const struct yaml_node *mapping, const char *known);
/* False after telling when the node is not of the kind. `what` names it in the file: "steps". */
bool loading_expect(struct loading *loading, const struct yaml_node *node, enum yaml_kind kind);
/* The text of a key that is a plain text, borrowed; NULL when there is none, or it is none, which is told. */
const char *loading_text(struct loading *loading, const struct yaml_node *mapping, const char *key);
/* The number of a key from `least` to `most`; `otherwise` when there is no such key, or it is none, which is
 * told. */
int loading_number(struct loading *loading, const struct yaml_node *mapping, const char *key, int least,
                   int most, int otherwise);
/* The texts of a list, which may be missing: to be freed, ends with NULL; NULL: none. */
char **loading_words(struct loading *loading, const struct yaml_node *mapping, const char *key);
/* What a lesson needs, checked. */
char **loading_needs(struct loading *loading, const struct yaml_node *mapping);
void loading_add_placeholder(struct loading *loading, const char *term, size_t length, int line, int column);
/* Checks those that are there, and forgets them. */
void loading_check_placeholders(struct loading *loading);
/* Tells that they cannot be where they are, and forgets them. */
void loading_refuse_placeholders(struct loading *loading);

/* load_text.c */

/* What there is room for; 0: no limit. */
struct text_room {
    int cells, lines;
};
extern const struct text_room room_of_title, room_of_line, room_of_text, room_of_notes;

/* Reads the text of a key in all its languages, or in the one of the translation; nothing when there is no
 * such key. */
void loading_read_text(struct loading *loading, const struct yaml_node *mapping, const char *key,
                       struct text_room room, struct lesson_text *text);
/* The same for the node itself. */
void loading_read_text_of(struct loading *loading, const struct yaml_node *node, struct text_room room,
                          struct lesson_text *text);
bool loading_is_locale(const char *word);

/* Whether the key of this node is one of the lesson's languages. If not, that is told. */
bool loading_is_language(struct loading *loading, const struct yaml_node *node);
/* Tells of characters that have no place in a text of this language. */
void loading_check_characters(struct loading *loading, const struct yaml_node *node, const char *locale,
                              const char *text);

/* load_code.c: the key `code`. */
void loading_read_listings(struct loading *loading, const struct yaml_node *root);

/* load_comments.c */

/* The key `comments` of a listing, whose file and text are there. */
void loading_read_comments(struct loading *loading, const struct yaml_node *mapping,
                           struct lesson_listing *listing);
/* The key `comments` of a translation: those of all listings. */
struct translation_place;
void loading_translate_comments(struct loading *loading, const struct translation_place *root);

/* load_step.c */
void loading_read_step(struct loading *loading, const struct yaml_node *node, struct lesson_step *step);

/* load_acts.c */

/* Commands of the key `do`; "" when there is none. */
char *loading_read_acts(struct loading *loading, const struct yaml_node *step, int *ret_line);
/* Expectations of the key `expect`. Lines that are only a comment come back empty. */
char *loading_read_expect(struct loading *loading, const struct yaml_node *step, int *ret_line);
/* Tells when the term or the expectation, which stands in this node, is wrong. */
void loading_check_term(struct loading *loading, const struct yaml_node *node, const char *term);
void loading_check_expectation(struct loading *loading, const struct yaml_node *node, const char *source);

/* load_question.c */
struct lesson_question *loading_read_question(struct loading *loading, const struct yaml_node *node);
/* Tells, at the node, when the labels do not fit in a language; for a translation after its labels were
 * added. */
void loading_check_choices(struct loading *loading, const struct lesson_question *question,
                           const struct yaml_node *node);

/* load_translation.c */
void loading_read_translations(struct loading *loading);
