/* Memory. Running out of it ends the program here and nowhere else, so nobody checks for NULL. */
#pragma once

#include <stddef.h>

/* As malloc, calloc, realloc, strdup, strndup, but they never return NULL: out of memory is one line on stderr and
 * abort(). The caller frees with free(). */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xreallocarray(void *old, size_t count, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *text, size_t length) __attribute__((malloc, returns_nonnull));
/* As asprintf, returning the new text. */
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2), malloc, returns_nonnull));

/* The one way an array grows: makes room for `needed` elements of `size` bytes, at least doubling. Returns the
 * array, moved perhaps; *capacity is the new room. The new part is not initialised. */
void *grow(void *array, size_t *capacity, size_t needed, size_t size) __attribute__((returns_nonnull));

/* An arena: texts that live and die together, such as the names in one sample. Zero-initialised is empty. */
struct arena {
    struct arena_block *blocks;
};

/* Copies `length` bytes of `text` into the arena and ends them with a NUL. Valid until the arena is reset or
 * released. */
const char *arena_copy(struct arena *arena, const char *text, size_t length) __attribute__((returns_nonnull));
/* Makes room in an empty arena for exactly so many bytes, NULs included: for one that will not grow. */
void arena_reserve(struct arena *arena, size_t size);
/* Forgets all texts and keeps the memory for new ones. */
void arena_reset(struct arena *arena);
/* Forgets all texts and gives the memory back; the arena is empty and usable again. */
void arena_release(struct arena *arena);
