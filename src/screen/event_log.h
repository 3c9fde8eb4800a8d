/* The event log below the tree: the last lines of what happened. */
#pragma once

#include "screen/layout.h"
#include "screen/terminal.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { EVENT_LOG_LINES = 500 };

struct event_log_line {
    int64_t time;
    char who[80]; /* "b 4313"; "" when it is nobody's */
    char *text;   /* the call or the event */
    char *words;  /* what it means; NULL: nothing to add */
    enum style style;
};

/* Zero-initialised is empty. The oldest line makes room for the newest. */
struct event_log {
    struct event_log_line lines[EVENT_LOG_LINES];
    size_t first, count;
    int64_t boot; /* of the machine that the times are of, ns since 1970; 0: this one */
};

/* Sets `who` to the name and the pid, the name cut so that both fit their place in the line. */
void event_log_name(struct event_log_line *line, const char *name, pid_t pid);
void event_log_release(struct event_log *log);
/* Appends a line; `text` and `words` are copied. */
void event_log_add(struct event_log *log, const struct event_log_line *line);
/* Draws a rule with `title`, then the newest lines, the last one lowest. */
void event_log_draw(const struct event_log *log, const struct terminal *terminal, struct area area,
                    const char *title);
/* The lines alone, below the area's first. */
void event_log_draw_lines(const struct event_log *log, const struct terminal *terminal, struct area area);
