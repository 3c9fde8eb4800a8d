#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory)
{
    if (!memory) {
        fputs("forklore: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *xmalloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *old, size_t count, size_t size)
{
    return checked(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *xstrdup(const char *text)
{
    return checked(strdup(text));
}

char *xstrndup(const char *text, size_t length)
{
    return checked(strndup(text, length));
}

char *xasprintf(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return checked(length < 0 ? NULL : text);
}

void *grow(void *array, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity && array)
        return array;
    size_t wanted = *capacity * 2 < 16 ? 16 : *capacity * 2;
    if (wanted < needed)
        wanted = needed;
    array = xreallocarray(array, wanted, size);
    *capacity = wanted;
    return array;
}

enum { ARENA_BLOCK = 64 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    char bytes[];
};

static struct arena_block *block_new(size_t size, struct arena_block *next)
{
    struct arena_block *block = xmalloc(sizeof *block + size);
    *block = (struct arena_block){ .next = next, .size = size };
    return block;
}

const char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < length + 1) {
        block = block_new(length + 1 > ARENA_BLOCK ? length + 1 : ARENA_BLOCK, block);
        arena->blocks = block;
    }
    char *copy = block->bytes + block->used;
    memcpy(copy, text, length);
    copy[length] = '\0';
    block->used += length + 1;
    return copy;
}

void arena_reserve(struct arena *arena, size_t size)
{
    if (size)
        arena->blocks = block_new(size, arena->blocks);
}

/* One block that held everything is kept; of several, none: the next round gets one large enough. */
void arena_reset(struct arena *arena)
{
    size_t total = 0;
    for (struct arena_block *block = arena->blocks; block; block = block->next)
        total += block->size;
    if (arena->blocks && !arena->blocks->next) {
        arena->blocks->used = 0;
        return;
    }
    arena_release(arena);
    if (total)
        arena->blocks = block_new(total, NULL);
}

void arena_release(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
