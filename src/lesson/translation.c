#include "lesson/translation.h"

#include "base/i18n.h"
#include "base/memory.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* A text that is the same in all languages needs no translation. */
static bool needs_translation(const struct lesson_text *text)
{
    return text->count > 0 && text->variants[0].locale[0];
}

struct translation_place translation_place_of(struct loading *loading, const struct translation_place *place,
                                              const char *key)
{
    const struct yaml_node *node = place->mapping ? yaml_get(place->mapping, key) : NULL;
    bool is_there = node && loading_expect(loading, node, YAML_MAPPING);
    return (struct translation_place){ .mapping = is_there ? node : NULL, .near = node ? node : place->near };
}

void translation_check_keys(struct loading *loading, const struct translation_place *place, const char *known)
{
    if (place->mapping)
        loading_check_keys(loading, place->mapping, known);
}

void translation_overlay(struct loading *loading, const struct translation_place *place, const char *key,
                         struct text_room room, struct lesson_text *text)
{
    const struct yaml_node *node = place->mapping ? yaml_get(place->mapping, key) : NULL;
    if (node && text->count > 0)
        loading_read_text_of(loading, node, room, text);
    else if (node)
        loading_tell_at(loading, node, _("the lesson has no '%s' here"), key);
    else if (needs_translation(text))
        loading_tell_at(loading, place->near, _("'%s' is missing: see line %d of the lesson"), key,
                        text->line);
}

static void read_translation(struct loading *loading, const char *path, const char *locale,
                             void (*overlay)(void *, struct loading *, const struct translation_place *),
                             void *data)
{
    struct yaml_document *document;
    struct yaml_fault fault;
    const char *before = loading->path;
    loading->path = path;
    loading->locale = locale;
    if (yaml_document_load(&document, path, &fault) < 0) {
        loading_tell(loading, fault.line, fault.column, "%s", fault.text);
    } else {
        struct translation_place root = { .mapping = &document->root, .near = &document->root };
        if (loading_expect(loading, root.mapping, YAML_MAPPING))
            overlay(data, loading, &root);
        yaml_document_free(document);
    }
    loading_check_placeholders(loading);
    loading->path = before;
    loading->locale = NULL;
}

/* The locale in NAME.LOCALE.yaml, to be freed; NULL: the file is no translation of NAME. */
static char *locale_of(const char *file, const char *name)
{
    size_t length = strlen(file), prefix = strlen(name);
    if (length <= prefix + 6 || strncmp(file, name, prefix) != 0 || file[prefix] != '.' ||
        strcmp(file + length - 5, ".yaml") != 0)
        return NULL;
    char *locale = xstrndup(file + prefix + 1, length - prefix - 6);
    if (loading_is_locale(locale))
        return locale;
    free(locale);
    return NULL;
}

void translation_read_all(struct loading *loading, const char *name,
                          void (*overlay)(void *, struct loading *, const struct translation_place *),
                          void *data)
{
    const char *slash = strrchr(loading->path, '/');
    char *folder = slash ? xstrndup(loading->path, (size_t)(slash - loading->path) + 1) : xstrdup("./");
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char *locale = locale_of(entries[i]->d_name, name);
        if (locale) {
            char *path = xasprintf("%s%s", slash ? folder : "", entries[i]->d_name);
            read_translation(loading, path, locale, overlay, data);
            free(path);
        }
        free(locale);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(folder);
}
