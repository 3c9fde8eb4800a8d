#include "screen/event_log.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdlib.h>

enum { TEXT_COLUMN = 26, WORDS_COLUMN = 58 };

void event_log_release(struct event_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        struct event_log_line *line = &log->lines[(log->first + i) % EVENT_LOG_LINES];
        free(line->text);
        free(line->words);
    }
    log->count = log->first = 0;
}

void event_log_add(struct event_log *log, const struct event_log_line *line)
{
    size_t at = (log->first + log->count) % EVENT_LOG_LINES;
    struct event_log_line *slot = &log->lines[at];
    if (log->count == EVENT_LOG_LINES) {
        free(slot->text);
        free(slot->words);
        log->first = (log->first + 1) % EVENT_LOG_LINES;
    } else {
        log->count++;
    }
    *slot = *line;
    slot->text = xstrdup(line->text);
    slot->words = line->words ? xstrdup(line->words) : NULL;
}

static void draw_line(const struct event_log_line *line, const struct terminal *terminal, int at,
                      struct area area)
{
    char time[16];
    struct pen pen = pen_at(terminal, at, area.column, area.width);
    pen_format(&pen, STYLE_DIM, " %s  ", clock_format_time(time, sizeof time, line->time));
    pen_text(&pen, STYLE_ACTOR, line->who);
    pen_blank_to(&pen, TEXT_COLUMN);
    pen_text(&pen, line->style, line->text);
    if (line->words) {
        pen_blank_to(&pen, pen.column + 2);
        if (area.width > WORDS_COLUMN + 40)
            pen_blank_to(&pen, WORDS_COLUMN);
        pen_text(&pen, line->style == STYLE_ERROR ? STYLE_ERROR : STYLE_DIM, line->words);
    }
    pen_finish(&pen);
}

void event_log_draw(const struct event_log *log, const struct terminal *terminal, struct area area,
                    const char *title)
{
    if (area.height < 1)
        return;
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    pen_format(&pen, STYLE_RULE, "%s", terminal_ascii(terminal) ? " - " : " ─ ");
    pen_text(&pen, STYLE_DIM, title);
    pen_text(&pen, STYLE_RULE, " ");
    pen_rule(&pen);
    size_t room = (size_t)area.height - 1;
    size_t count = log->count < room ? log->count : room;
    for (size_t i = 0; i < room; i++) {
        int at = area.line + 1 + (int)i;
        if (i < count) {
            size_t index = (log->first + log->count - count + i) % EVENT_LOG_LINES;
            draw_line(&log->lines[index], terminal, at, area);
        } else {
            pen = pen_at(terminal, at, area.column, area.width);
            pen_finish(&pen);
        }
    }
}
