/* What `&NAME` has marked in a YAML file, so that `*NAME` can stand for it further down. */
#pragma once

#include "lesson/yaml_document.h"

struct yaml_anchors {
    struct yaml_anchor {
        char *name;
        struct yaml_node node; /* a copy */
    } * anchors;
    size_t count, room;
    size_t nodes; /* of the document so far, copies included: few lines of aliases can stand for millions */
};

/* Remembers a copy of the node that has been built; the last one of a name counts. False: too many nodes. */
bool yaml_anchors_add(struct yaml_anchors *anchors, const char *name, const struct yaml_node *node);
/* Whether there is one, completely built. */
bool yaml_anchors_has(const struct yaml_anchors *anchors, const char *name);
/* Fills *ret, whose key stays, with a copy of what the name stands for. `depth` is that of the place. False:
 * too many nodes, or too deep; *ret is still to be released. */
bool yaml_anchors_copy(struct yaml_anchors *anchors, const char *name, int depth, struct yaml_node *ret);
void yaml_anchors_release(struct yaml_anchors *anchors);
