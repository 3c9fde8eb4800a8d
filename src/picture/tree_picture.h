/* A tree as a picture for other programs and for paper: text, JSON, DOT, Mermaid. Each function writes all rows of a tree to
 * a stream; whether it took them, the stream knows: ferror(3). What a process calls itself is clean in all of them:
 * text_clean(). */
#pragma once

#include "model/columns.h"
#include "model/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct tree_picture {
    const struct tree *tree;
    const struct column_context *context;
    /* of text alone: */
    const struct column *const *columns;
    size_t column_count;
    bool ascii;     /* draw the lines with ASCII characters */
    bool arguments; /* the command line in place of the name, where it was read */
    int width;      /* cut rows after so many cells; 0: never */
};

/* A head, then a line for each row: the columns, the tree lines and the name, a thread's in braces as pstree has it. */
void picture_text(const struct tree_picture *picture, FILE *to);
/* An array with an object for each row, one a line, parents before children. Members: pid, ppid, stat (as ps), ni (null
 * where ps prints "-"), pri (as ps's pri), pgid, sid, tpgid (-1: no terminal), threads, user, tty ("?": none), comm, args
 * (null where there is none: a zombie, a thread of the kernel; or when it was not read), start (seconds since 1970, with
 * fraction), rss (KiB). A thread's row has `tgid` too, the pid of its process. UTF-8 in a UTF-8 locale, ASCII in others. */
void picture_json(const struct tree_picture *picture, FILE *to);
/* A directed graph for Graphviz's dot(1). */
void picture_dot(const struct tree_picture *picture, FILE *to);
/* A flowchart for Mermaid, which many wikis draw by themselves. */
void picture_mermaid(const struct tree_picture *picture, FILE *to);
