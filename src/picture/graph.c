#include "base/text.h"
#include "model/stat_code.h"
#include "picture/tree_picture.h"

#include <string.h>

enum { LABEL_SIZE = 512 };

/* "4312 a S+", as it is: the languages differ in what they escape. */
static void write_label(char *label, const struct tree_row *row)
{
    char name[256], code[STAT_CODE_SIZE];
    text_clean(name, sizeof name, row->process->comm);
    bool thread = row->kind == TREE_THREAD;
    snprintf(label, LABEL_SIZE, "%d %s%s%s %s", row->process->id.pid, thread ? "{" : "", name,
             thread ? "}" : "", stat_code(code, row->process));
}

static void put_dot_label(const char *label, FILE *to)
{
    for (; *label; label++) {
        if (*label == '"' || *label == '\\')
            fputc('\\', to);
        fputc(*label, to);
    }
}

/* Mermaid takes characters as #NUMBER; ASCII letters, digits and what follows here mean nothing to it inside
 * quotes. */
static void put_mermaid_label(const char *label, FILE *to)
{
    static const char harmless[] = " +-_./:,=@%^~!?*'";
    for (; *label; label++) {
        unsigned char c = (unsigned char)*label;
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
        if (plain || strchr(harmless, c))
            fputc(c, to);
        else
            fprintf(to, "#%d;", c);
    }
}

struct language {
    const char *head, *tail;
    const char *label_begins, *label_ends, *arrow, *line_ends;
    void (*put_label)(const char *label, FILE *to);
};

static const struct language dot = {
    .head = "digraph processes {\n    node [shape=box, fontname=\"monospace\"];\n",
    .tail = "}\n",
    .label_begins = " [label=\"",
    .label_ends = "\"]",
    .arrow = " -> ",
    .line_ends = ";\n",
    .put_label = put_dot_label,
};

static const struct language mermaid = {
    .head = "flowchart TD\n",
    .tail = "",
    .label_begins = "[\"",
    .label_ends = "\"]",
    .arrow = " --> ",
    .line_ends = "\n",
    .put_label = put_mermaid_label,
};

static void put_graph(const struct language *language, const struct tree_picture *picture, FILE *to)
{
    const struct tree *tree = picture->tree;
    char label[LABEL_SIZE];
    fputs(language->head, to);
    for (size_t i = 0; i < tree->count; i++) {
        write_label(label, &tree->rows[i]);
        fprintf(to, "    p%d%s", tree->rows[i].process->id.pid, language->label_begins);
        language->put_label(label, to);
        fprintf(to, "%s%s", language->label_ends, language->line_ends);
    }
    for (size_t i = 0; i < tree->count; i++)
        if (tree->rows[i].parent != TREE_NO_ROW)
            fprintf(to, "    p%d%sp%d%s", tree->rows[tree->rows[i].parent].process->id.pid, language->arrow,
                    tree->rows[i].process->id.pid, language->line_ends);
    fputs(language->tail, to);
}

void picture_dot(const struct tree_picture *picture, FILE *to)
{
    put_graph(&dot, picture, to);
}

void picture_mermaid(const struct tree_picture *picture, FILE *to)
{
    put_graph(&mermaid, picture, to);
}
