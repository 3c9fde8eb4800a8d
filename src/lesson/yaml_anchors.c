#include "lesson/yaml_anchors.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_OF_A_NODE = 64 }; /* bytes; a longer text counts as several nodes */

/* Copies all but the key. */
static bool copy(struct yaml_anchors *anchors, const struct yaml_node *node, int depth, struct yaml_node *ret)
{
    struct yaml_node made = *node;
    made.key = ret->key;
    made.key_line = ret->key_line;
    made.key_column = ret->key_column;
    made.text = node->text ? xstrdup(node->text) : NULL;
    made.items = NULL;
    made.item_count = 0;
    *ret = made;
    anchors->nodes += 1 + (node->text ? strlen(node->text) / TEXT_OF_A_NODE : 0);
    if (anchors->nodes > YAML_NODES_MAX)
        return false;
    if (node->kind == YAML_TEXT)
        return true;
    if (depth == YAML_DEPTH_MAX)
        return false;
    ret->items = xcalloc(node->item_count + 1, sizeof *ret->items);
    for (size_t i = 0; i < node->item_count; i++) {
        struct yaml_node *item = &ret->items[ret->item_count++];
        const struct yaml_node *from = &node->items[i];
        item->key = from->key ? xstrdup(from->key) : NULL;
        item->key_line = from->key_line;
        item->key_column = from->key_column;
        if (!copy(anchors, from, depth + 1, item))
            return false;
    }
    return true;
}

static const struct yaml_anchor *find(const struct yaml_anchors *anchors, const char *name)
{
    for (size_t i = anchors->count; i > 0; i--)
        if (strcmp(anchors->anchors[i - 1].name, name) == 0)
            return &anchors->anchors[i - 1];
    return NULL;
}

bool yaml_anchors_add(struct yaml_anchors *anchors, const char *name, const struct yaml_node *node)
{
    anchors->anchors = grow(anchors->anchors, &anchors->room, anchors->count + 1, sizeof *anchors->anchors);
    struct yaml_anchor *anchor = &anchors->anchors[anchors->count++];
    *anchor = (struct yaml_anchor){ .name = xstrdup(name) };
    return copy(anchors, node, 0, &anchor->node);
}

bool yaml_anchors_has(const struct yaml_anchors *anchors, const char *name)
{
    return find(anchors, name) != NULL;
}

bool yaml_anchors_copy(struct yaml_anchors *anchors, const char *name, int depth, struct yaml_node *ret)
{
    return copy(anchors, &find(anchors, name)->node, depth, ret);
}

void yaml_anchors_release(struct yaml_anchors *anchors)
{
    for (size_t i = 0; i < anchors->count; i++) {
        free(anchors->anchors[i].name);
        yaml_node_release(&anchors->anchors[i].node);
    }
    free(anchors->anchors);
    *anchors = (struct yaml_anchors){ 0 };
}
