#include "screen/event_log.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/paragraph.h"
#include "screen/pen.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_COLUMN = 28, WORDS_COLUMN = 60, WHO_CELLS = 16, WORDS_LINES = 3 };

void event_log_release(struct event_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        struct event_log_line *line = &log->lines[(log->first + i) % EVENT_LOG_LINES];
        free(line->text);
        free(line->words);
    }
    log->count = log->first = 0;
}

void event_log_name(struct event_log_line *line, const char *name, pid_t pid)
{
    char number[16], clean[64];
    int digits = snprintf(number, sizeof number, "%d", pid);
    text_clean(clean, sizeof clean, name);
    clean[text_fit(clean, WHO_CELLS - 1 - digits, NULL)] = '\0';
    snprintf(line->who, sizeof line->who, "%s %s", clean, number);
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

/* A line's words stand behind its text, or below it when they would not fit. */
static bool words_go_below(const struct event_log_line *line, int width)
{
    return line->words && TEXT_COLUMN + text_width(line->text) + 2 + text_width(line->words) > width;
}

static void draw_words(struct pen *pen, const struct event_log_line *line, const char *words)
{
    pen_text(pen, line->style == STYLE_ERROR ? STYLE_ERROR : STYLE_DIM, words);
}

static void draw_line(const struct event_log *log, const struct event_log_line *line,
                      const struct terminal *terminal, int at, struct area area)
{
    char time[16];
    int64_t unix_time = log->boot ? log->boot + line->time : clock_to_unix(line->time);
    struct pen pen = pen_at(terminal, at, area.column, area.width);
    pen_format(&pen, STYLE_DIM, " %s  ", clock_format_unix(time, sizeof time, unix_time));
    pen_text(&pen, STYLE_ACTOR, line->who);
    pen_blank_to(&pen, TEXT_COLUMN);
    pen_text(&pen, line->style, line->text);
    if (line->words && !words_go_below(line, area.width)) {
        pen_blank_to(&pen, pen.column + 2);
        if (WORDS_COLUMN + text_width(line->words) <= area.width)
            pen_blank_to(&pen, WORDS_COLUMN);
        draw_words(&pen, line, line->words);
    }
    pen_finish(&pen);
}

/* How many lines the words take below the text, from TEXT_COLUMN on; from further left where they then have
 * one. */
static int lines_below(const struct event_log_line *line, int width, int *ret_column)
{
    int lines = 0, column = width - text_width(line->words);
    *ret_column = column < TEXT_COLUMN ? column : TEXT_COLUMN;
    if (column > 0)
        return 1;
    *ret_column = width > 2 * TEXT_COLUMN ? TEXT_COLUMN : 1;
    size_t length;
    for (const char *at = line->words; *at && lines < WORDS_LINES; lines++)
        at += paragraph_next(at, width - *ret_column, &length);
    return lines;
}

static void draw_words_below(const struct event_log_line *line, const struct terminal *terminal, int column,
                             int at, int lines, struct area area)
{
    const char *words = line->words;
    char part[1024];
    for (int i = 0; i < lines; i++) {
        size_t length, whole = paragraph_next(words, area.width - column, &length);
        snprintf(part, sizeof part, "%.*s", (int)length, words);
        words += whole;
        if (at + i <= area.line)
            continue;
        struct pen pen = pen_at(terminal, at + i, area.column, area.width);
        pen_blank_to(&pen, column);
        draw_words(&pen, line, part);
        pen_finish(&pen);
    }
}

/* From the newest line at the bottom upwards. Returns the first screen line that was drawn on. */
static int draw_upwards(const struct event_log *log, const struct terminal *terminal, struct area area)
{
    int at = area.line + area.height;
    for (size_t back = 1; back <= log->count && at > area.line + 1; back++) {
        const struct event_log_line *line = &log->lines[(log->first + log->count - back) % EVENT_LOG_LINES];
        if (words_go_below(line, area.width)) {
            int column, lines = lines_below(line, area.width, &column);
            at -= lines;
            draw_words_below(line, terminal, column, at, lines, area);
        }
        if (at > area.line + 1)
            draw_line(log, line, terminal, --at, area);
    }
    return at > area.line ? at : area.line + 1;
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
    event_log_draw_lines(log, terminal, area);
}

void event_log_draw_lines(const struct event_log *log, const struct terminal *terminal, struct area area)
{
    int first = draw_upwards(log, terminal, area);
    for (int at = area.line + 1; at < first; at++) {
        struct pen pen = pen_at(terminal, at, area.column, area.width);
        pen_finish(&pen);
    }
}
