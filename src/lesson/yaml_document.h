/* A YAML file as a tree of texts, lists and mappings that know where they stand in it. Files may come from
 * anywhere, so there are limits, and what a lesson has no use for is refused: aliases (`*name`), tags
 * (`!name`), more than one document, a key that comes twice, control characters. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    YAML_FILE_MAX = 1024 * 1024, /* bytes */
    YAML_DEPTH_MAX = 16,         /* lists and mappings in each other */
    YAML_ITEMS_MAX = 1000,       /* of one list or mapping */
    YAML_NODES_MAX = 50000,      /* of a document, where it has aliases (`*name`) */
};

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAPPING };

struct yaml_node {
    enum yaml_kind kind;
    int line, column; /* from 1 */

    char *key; /* in the mapping that it stands in; NULL: it stands in a list, or is the root */
    int key_line, key_column;

    char *text;      /* YAML_TEXT */
    bool is_plain;   /* not quoted, no block: an empty one is as good as none */
    bool is_folded;  /* a block that begins with `>`: its lines are not those of the file */
    int text_line;   /* where its first line stands: below `|` and `>` it is the next one */
    int text_indent; /* how many characters of the file stand before a line of it */

    struct yaml_node *items; /* of a list, of a mapping: in their order */
    size_t item_count;
};

struct yaml_document {
    struct yaml_node root;
};

/* What is wrong with a file, and where; line 0: not at any line. In the user's language, not clean. */
struct yaml_fault {
    int line, column;
    char text[200];
};

/* 0; -EINVAL when it is no YAML or refused, another -errno when it cannot be read; *ret_fault says why. */
int yaml_document_load(struct yaml_document **ret, const char *path, struct yaml_fault *ret_fault);
/* Takes NULL. */
void yaml_document_free(struct yaml_document *document);
/* What is in the node, but not the node itself. */
void yaml_node_release(struct yaml_node *node);

/* The value of a key; NULL: the node is no mapping, or has no such key. */
const struct yaml_node *yaml_get(const struct yaml_node *node, const char *key);
