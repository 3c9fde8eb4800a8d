/* How the past is spoken of: which moment is meant, the banner, the bar. */
#include "app/rewind.h"

#include "app/live.h"
#include "app/replay.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* "2m", "90s", "1h" as nanoseconds; -1: it is none. */
static int64_t parse_back(const char *text, size_t length)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    int64_t unit = *end == 's' ? 1 : *end == 'm' ? 60 : *end == 'h' ? 3600 : 0;
    if (end == text || text[0] < '0' || text[0] > '9' || !unit || (size_t)(end - text) + 1 != length ||
        number > 100000)
        return -1;
    return (int64_t)number * unit * NS_PER_SECOND;
}

/* "14:03:10" or "14:03" as the last such time of the day at or before `newest`, on the scale of clock_now();
 * -1: none. */
static int64_t parse_time_of_day(const char *text, int64_t boot, int64_t newest)
{
    unsigned hour, minute, second = 0;
    int used = 0;
    int found = sscanf(text, "%2u:%2u%n:%2u%n", &hour, &minute, &used, &second, &used);
    if (found < 2 || text[used] || hour > 23 || minute > 59 || second > 60)
        return -1;
    time_t end = (time_t)((boot + newest) / NS_PER_SECOND);
    struct tm local;
    localtime_r(&end, &local);
    local.tm_hour = (int)hour;
    local.tm_min = (int)minute;
    local.tm_sec = (int)second;
    time_t wanted = mktime(&local);
    if (wanted > end)
        wanted -= 24 * 3600;
    return (int64_t)wanted * NS_PER_SECOND - boot + (NS_PER_SECOND - 1); /* its last instant */
}

bool rewind_to(struct live *live, const char *when, char *why, size_t size)
{
    const struct history *history = live->rewind.history;
    size_t count = history_count(history), length = strcspn(when, " ");
    snprintf(why, size, "%s", _("nothing has been seen yet"));
    if (!count)
        return false;
    if (strcmp(when, "now") == 0) {
        if (live->replay)
            replay_follow(live);
        rewind_return(live);
        return true;
    }
    int64_t newest = history_moment(history, count - 1)->time, oldest = history_moment(history, 0)->time;
    int64_t back = strcmp(when + length, " ago") == 0 ? parse_back(when, length) : -1;
    int64_t time = back >= 0 ? newest - back : parse_time_of_day(when, rewind_boot(live), newest);
    if (time < 0 && back < 0) {
        snprintf(why, size, "%s", _("a moment is written 2m ago, 90s ago, 14:03:10 or now"));
        return false;
    }
    if (time < oldest) {
        char begin[16];
        snprintf(why, size, _("what is kept begins at %s"),
                 clock_format_unix(begin, sizeof begin, rewind_boot(live) + oldest));
        return false;
    }
    replay_stand_still(live);
    rewind_show(live, history_find(history, time));
    return true;
}

const char *rewind_banner(const struct live *live, char *text, size_t size)
{
    const struct rewind *rewind = &live->rewind;
    size_t count = history_count(rewind->history);
    char time[16], span[32], mark[16];
    text[0] = '\0';
    if (!rewind->past || !count)
        return text;
    clock_format_unix(time, sizeof time, rewind_boot(live) + rewind->time);
    int64_t newest = history_moment(rewind->history, count - 1)->time;
    clock_format_span(span, sizeof span, newest - rewind->time);
    if (replay_header(live))
        snprintf(text, size, _("REPLAY %s  %zu/%zu"), time, history_find(rewind->history, rewind->time) + 1,
                 count);
    else
        snprintf(text, size, _("PAUSED %s, %s ago"), time, span);
    if (rewind->compared) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, _("  SINCE %s"),
                 clock_format_unix(mark, sizeof mark, rewind_boot(live) + rewind->mark));
    }
    return text;
}

/* Cells that hold an event; `cells` is zeroed and has room for `width`. Returns the cell of the moment shown.
 */
static int lay_out_bar(const struct live *live, bool *cells, int width)
{
    const struct history *history = live->rewind.history;
    size_t count = history_count(history);
    int64_t first = history_moment(history, 0)->time, span = history_moment(history, count - 1)->time - first;
    for (size_t i = 0; i < count; i++) {
        const struct moment *moment = history_moment(history, i);
        int cell = span ? (int)((double)(moment->time - first) / (double)span * (width - 1)) : 0;
        if (!cells[cell])
            cells[cell] = rewind_has_event(live, moment);
    }
    return span ? (int)((double)(live->rewind.time - first) / (double)span * (width - 1)) : 0;
}

enum { BAR_MAX = 1024, TIME_CELLS = 10 };

void rewind_draw_bar(const struct live *live, struct area area)
{
    const struct history *history = live->rewind.history;
    size_t count = history_count(history);
    int width = area.width - 2 * TIME_CELLS;
    bool cells[BAR_MAX] = { false }, ascii = terminal_ascii(live->terminal);
    char time[16];
    struct pen pen = pen_at(live->terminal, area.line, area.column, area.width);
    if (!count || width < 8 || width > BAR_MAX) {
        pen_rule(&pen);
        return;
    }
    int shown = lay_out_bar(live, cells, width);
    int64_t boot = rewind_boot(live);
    pen_format(&pen, STYLE_DIM, " %s ",
               clock_format_unix(time, sizeof time, boot + history_moment(history, 0)->time));
    for (int i = 0; i < width; i++) {
        if (i == shown)
            pen_text(&pen, STYLE_KEY, ascii ? "^" : "▲");
        else if (cells[i])
            pen_text(&pen, STYLE_CHANGED, ascii ? "|" : "┼");
        else
            pen_text(&pen, STYLE_RULE, ascii ? "-" : "─");
    }
    pen_format(&pen, STYLE_DIM, " %s ",
               clock_format_unix(time, sizeof time, boot + history_moment(history, count - 1)->time));
    pen_finish(&pen);
}
