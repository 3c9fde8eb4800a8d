#include "lesson/yaml_document.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "lesson/yaml_anchors.h"
#include "lesson/yaml_words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

struct builder {
    yaml_parser_t parser;
    const char *source;
    size_t size;
    struct yaml_fault *fault;
    struct yaml_anchors anchors;
};

static int __attribute__((format(printf, 4, 5)))
refuse(struct builder *builder, size_t line, size_t column, const char *format, ...)
{
    va_list arguments;
    builder->fault->line = (int)line;
    builder->fault->column = (int)column;
    va_start(arguments, format);
    vsnprintf(builder->fault->text, sizeof builder->fault->text, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

static int refuse_at(struct builder *builder, const yaml_event_t *event, const char *text)
{
    return refuse(builder, event->start_mark.line + 1, event->start_mark.column + 1, "%s", text);
}

/* The reader knows only the offset of what is no character. */
static int refuse_byte(struct builder *builder)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < builder->parser.problem_offset && i < builder->size; i++) {
        unsigned char byte = (unsigned char)builder->source[i];
        if (byte == '\n') {
            line++;
            column = 1;
        } else if ((byte & 0xc0) != 0x80) {
            column++;
        }
    }
    return refuse(builder, line, column, "%s", _("no UTF-8, or a control character"));
}

static int refuse_syntax(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    if (parser->error == YAML_READER_ERROR)
        return refuse_byte(builder);
    return refuse(builder, parser->problem_mark.line + 1, parser->problem_mark.column + 1, _("YAML: %s"),
                  yaml_words(parser->problem));
}

static int next_event(struct builder *builder, yaml_event_t *ret)
{
    if (yaml_parser_parse(&builder->parser, ret))
        return 0;
    return refuse_syntax(builder);
}

/* C0 but for line ends and tabs, DEL, and C1, which is two bytes in UTF-8. */
static bool has_controls(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f)
            return true;
        if (byte == 0xc2 && (unsigned char)text[i + 1] < 0xa0) /* it ends with a NUL */
            return true;
    }
    return false;
}

/* Where a line of the file begins; its end when it has not so many. */
static const char *line_of(const struct builder *builder, size_t line)
{
    const char *at = builder->source, *end = builder->source + builder->size;
    for (; line > 0 && at < end; line--) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    return at;
}

static int blanks(const char *text, const char *end)
{
    int count = 0;
    while (text + count < end && text[count] == ' ')
        count++;
    return count;
}

/* How far a block is indented: what its first line with something in it has lost. */
static int block_indent(const struct builder *builder, const yaml_event_t *event, const char *text)
{
    size_t line = event->start_mark.line + 1;
    for (; *text == '\n'; text++)
        line++;
    const char *end = builder->source + builder->size;
    int indent = blanks(line_of(builder, line), end) - blanks(text, text + strlen(text));
    return indent > 0 ? indent : 0;
}

static int build_text(struct builder *builder, const yaml_event_t *event, struct yaml_node *node)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;
    if (has_controls(text, length))
        return refuse_at(builder, event, _("a control character in a text"));
    bool is_block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    node->kind = YAML_TEXT;
    node->text = xstrndup(text, length);
    node->is_plain = style == YAML_PLAIN_SCALAR_STYLE;
    node->is_folded = style == YAML_FOLDED_SCALAR_STYLE;
    node->text_line = node->line + is_block;
    bool is_quoted = !is_block && !node->is_plain;
    node->text_indent = is_block ? block_indent(builder, event, node->text) : node->column - 1 + is_quoted;
    return 0;
}

static int build(struct builder *builder, const yaml_event_t *event, int depth, struct yaml_node *node);

static struct yaml_node *new_item(struct builder *builder, const yaml_event_t *event, struct yaml_node *node,
                                  size_t *room)
{
    if (node->item_count == YAML_ITEMS_MAX) {
        refuse_at(builder, event, _("too many entries in one list or mapping"));
        return NULL;
    }
    node->items = grow(node->items, room, node->item_count + 1, sizeof *node->items);
    struct yaml_node *item = &node->items[node->item_count];
    *item = (struct yaml_node){ .kind = YAML_TEXT };
    return item;
}

static int build_key(struct builder *builder, const yaml_event_t *event, const struct yaml_node *node,
                     struct yaml_node *item)
{
    if (event->type != YAML_SCALAR_EVENT)
        return refuse_at(builder, event, _("a key is a plain word"));
    struct yaml_node key = { .line = (int)event->start_mark.line + 1,
                             .column = (int)event->start_mark.column + 1 };
    int error = build_text(builder, event, &key);
    if (error)
        return error;
    const struct yaml_node *other = yaml_get(node, key.text);
    if (other) {
        refuse(builder, (size_t)key.line, (size_t)key.column, _("the key %.40s comes twice: see line %d"),
               key.text, other->key_line);
        free(key.text);
        return -EINVAL;
    }
    item->key = key.text;
    item->key_line = key.line;
    item->key_column = key.column;
    return 0;
}

/* Builds the item that the event begins; in a mapping that is its key, and its value follows. */
static int build_item(struct builder *builder, yaml_event_t *event, int depth, struct yaml_node *node,
                      struct yaml_node *item)
{
    if (node->kind == YAML_MAPPING) {
        int error = build_key(builder, event, node, item);
        if (error)
            return error;
        node->item_count++; /* it is to be released from now on */
        yaml_event_delete(event);
        error = next_event(builder, event);
        return error ? error : build(builder, event, depth, item);
    }
    node->item_count++;
    return build(builder, event, depth, item);
}

static int build_items(struct builder *builder, yaml_event_type_t end, int depth, struct yaml_node *node)
{
    size_t room = 0;
    for (;;) {
        yaml_event_t event;
        int error = next_event(builder, &event);
        if (error)
            return error;
        if (event.type == end) {
            yaml_event_delete(&event);
            return 0;
        }
        struct yaml_node *item = new_item(builder, &event, node, &room);
        error = item ? build_item(builder, &event, depth, node, item) : -EINVAL;
        yaml_event_delete(&event);
        if (error)
            return error;
    }
}

static bool is_tagged(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT: return event->data.sequence_start.tag != NULL;
    default: return event->data.mapping_start.tag != NULL;
    }
}

static int build_alias(struct builder *builder, const yaml_event_t *event, int depth, struct yaml_node *node)
{
    const char *name = (const char *)event->data.alias.anchor;
    if (!yaml_anchors_has(&builder->anchors, name))
        return refuse_at(builder, event, _("nothing before this is marked so: *NAME wants an &NAME"));
    if (!yaml_anchors_copy(&builder->anchors, name, depth, node))
        return refuse_at(builder, event, _("too much, or too deep, with all that the aliases stand for"));
    return 0;
}

static int build_content(struct builder *builder, const yaml_event_t *event, int depth,
                         struct yaml_node *node)
{
    if (is_tagged(event))
        return refuse_at(builder, event, _("a tag (!NAME) cannot be used here"));
    if (event->type == YAML_SCALAR_EVENT)
        return build_text(builder, event, node);
    if (depth == YAML_DEPTH_MAX)
        return refuse_at(builder, event, _("too many lists and mappings in each other"));
    bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
    node->kind = is_list ? YAML_LIST : YAML_MAPPING;
    return build_items(builder, is_list ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT, depth + 1, node);
}

static const char *anchor_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return (const char *)event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT: return (const char *)event->data.sequence_start.anchor;
    default: return (const char *)event->data.mapping_start.anchor;
    }
}

/* Builds the node that the event begins. */
static int build(struct builder *builder, const yaml_event_t *event, int depth, struct yaml_node *node)
{
    if (event->type == YAML_ALIAS_EVENT)
        return build_alias(builder, event, depth, node);
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    builder->anchors.nodes++;
    int error = build_content(builder, event, depth, node);
    const char *anchor = anchor_of(event);
    if (!error && anchor && !yaml_anchors_add(&builder->anchors, anchor, node))
        error = refuse_at(builder, event, _("too much, or too deep, with all that the aliases stand for"));
    return error;
}

/* Takes the events of a whole file, which holds one document. */
static int build_document(struct builder *builder, struct yaml_node *root)
{
    bool is_built = false;
    for (;;) {
        yaml_event_t event;
        int error = next_event(builder, &event);
        if (error)
            return error;
        yaml_event_type_t type = event.type;
        bool is_content = type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
                          type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT;
        if (is_built && (is_content || type == YAML_DOCUMENT_START_EVENT))
            error = refuse_at(builder, &event, _("a second document begins here"));
        else if (is_content)
            error = build(builder, &event, 0, root);
        is_built = is_built || is_content;
        yaml_event_delete(&event);
        if (error)
            return error;
        if (type == YAML_STREAM_END_EVENT)
            return is_built ? 0 : refuse(builder, 1, 1, "%s", _("the file is empty"));
    }
}

/* Reads a file of YAML_FILE_MAX bytes at most, which must be a plain one: a FIFO would never end. */
static int read_file(const char *path, char **ret, size_t *ret_size)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return -errno;
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode)) {
        close(fd);
        return -EINVAL;
    }
    char *text = xmalloc(YAML_FILE_MAX + 1);
    size_t size = 0;
    ssize_t taken;
    while ((taken = read(fd, text + size, YAML_FILE_MAX + 1 - size)) > 0)
        size += (size_t)taken;
    int error = taken < 0 ? -errno : size > YAML_FILE_MAX ? -EFBIG : 0;
    close(fd);
    if (error)
        free(text);
    else
        *ret = text;
    *ret_size = size;
    return error;
}

int yaml_document_load(struct yaml_document **ret, const char *path, struct yaml_fault *ret_fault)
{
    char *source = NULL;
    struct builder builder = { .fault = ret_fault };
    *ret_fault = (struct yaml_fault){ 0 };
    int error = read_file(path, &source, &builder.size);
    if (error) {
        snprintf(ret_fault->text, sizeof ret_fault->text, "%s",
                 error == -EINVAL ? _("not a plain file") : error_words(-error));
        return error;
    }
    builder.source = source;
    struct yaml_document *document = xcalloc(1, sizeof *document);
    if (!yaml_parser_initialize(&builder.parser))
        abort(); /* out of memory, as base/memory.h ends */
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)source, builder.size);
    error = build_document(&builder, &document->root);
    yaml_parser_delete(&builder.parser);
    yaml_anchors_release(&builder.anchors);
    free(source);
    if (error)
        yaml_document_free(document);
    else
        *ret = document;
    return error;
}

void yaml_node_release(struct yaml_node *node)
{
    for (size_t i = 0; i < node->item_count; i++)
        yaml_node_release(&node->items[i]);
    free(node->items);
    free(node->text);
    free(node->key);
}

void yaml_document_free(struct yaml_document *document)
{
    if (document)
        yaml_node_release(&document->root);
    free(document);
}

const struct yaml_node *yaml_get(const struct yaml_node *node, const char *key)
{
    for (size_t i = 0; node->kind == YAML_MAPPING && i < node->item_count; i++)
        if (strcmp(node->items[i].key, key) == 0)
            return &node->items[i];
    return NULL;
}
