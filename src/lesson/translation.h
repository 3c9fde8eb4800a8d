/* Translations: a file NAME.LOCALE.yaml beside NAME.yaml has the same structure, with a plain text in the
 * place of each text, and adds a language to all of them. What is missing there is told. */
#pragma once

#include "lesson/loading.h"

/* A mapping of the translation; where it is missing, what is nearest to it stands for its place. */
struct translation_place {
    const struct yaml_node *mapping; /* NULL: there is none */
    const struct yaml_node *near;
};

/* Calls overlay() for the root of each translation of loading->path, a mapping; `name` is that path's name
 * without .yaml. */
void translation_read_all(struct loading *loading, const char *name,
                          void (*overlay)(void *data, struct loading *loading,
                                          const struct translation_place *root),
                          void *data);
/* The mapping of `key` in the place. */
struct translation_place translation_place_of(struct loading *loading, const struct translation_place *place,
                                              const char *key);
void translation_check_keys(struct loading *loading, const struct translation_place *place,
                            const char *known);
/* The text of `key`, which belongs into `text`. */
void translation_overlay(struct loading *loading, const struct translation_place *place, const char *key,
                         struct text_room room, struct lesson_text *text);
