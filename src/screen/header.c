#include "screen/header.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdio.h>
#include <string.h>

/* The states in the order they are shown, each with the style of its letter. Idle kernel threads wait like
 * sleepers but are counted as the letter ps prints. */
static const struct {
    char letter;
    enum style style;
    bool always; /* shown when there is none, too */
} states[] = {
    { 'R', STYLE_RUNNING, true }, { 'S', STYLE_PLAIN, true },    { 'D', STYLE_UNINTERRUPTIBLE, true },
    { 'T', STYLE_STOPPED, true }, { 't', STYLE_STOPPED, false }, { 'Z', STYLE_ZOMBIE, true },
    { 'I', STYLE_DIM, false },
};

static void count_states(const struct sample *sample, size_t counts[128])
{
    memset(counts, 0, 128 * sizeof *counts);
    for (size_t i = 0; i < sample->count; i++)
        if (!process_is_thread(&sample->processes[i]))
            counts[sample->processes[i].state & 127]++;
}

static void format_uptime(char *text, size_t size, int64_t boot_ns)
{
    long long minutes = boot_ns / NS_PER_SECOND / 60;
    long long days = minutes / (24 * 60);
    if (days)
        snprintf(text, size, _("up %lld d %02lld:%02lld"), days, minutes / 60 % 24, minutes % 60);
    else
        snprintf(text, size, _("up %02lld:%02lld"), minutes / 60, minutes % 60);
}

/* Draws them, or with no pen only tells how many cells they take. */
static int draw_counts(struct pen *pen, const struct sample *sample)
{
    size_t counts[128];
    int cells = 0;
    count_states(sample, counts);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        size_t count = counts[(int)states[i].letter];
        if (!count && !states[i].always)
            continue;
        enum style style = count ? states[i].style : STYLE_DIM;
        /* a zombie is what a newcomer looks for: marked by more than its colour */
        const char *mark = states[i].letter == 'Z' && count ? "!" : "";
        cells += snprintf(NULL, 0, "%s%c %zu%s", cells ? "  " : "", states[i].letter, count, mark);
        if (!pen)
            continue;
        pen_format(pen, style, "%c %zu%s", states[i].letter, count, mark);
        pen_text(pen, STYLE_HEADER, "  ");
    }
    return cells;
}

/* Uptime and load, as far as they leave the other parts their room. */
static void draw_machine(struct pen *pen, const struct header *header, int room)
{
    const char *dot = terminal_ascii(pen->terminal) ? "-" : "·";
    char uptime[48], parts[2][64];
    format_uptime(uptime, sizeof uptime, header->sample->time);
    snprintf(parts[0], sizeof parts[0], " %s %s", dot, uptime);
    snprintf(parts[1], sizeof parts[1], _(" %s load %.2f"), dot, header->computer->load[0]);
    for (size_t i = 0; i < 2 && text_width(parts[i]) <= room; i++) {
        pen_text(pen, STYLE_HEADER, parts[i]);
        room -= text_width(parts[i]);
    }
}

enum {
    GAP = 3,      /* cells before the counts */
    NAME_MIN = 6, /* cells of the machine's name, even where that leaves not all else its room */
};

void header_draw(const struct header *header, const struct terminal *terminal, struct area area)
{
    if (area.height < 1)
        return;
    struct pen pen = pen_at(terminal, area.line, area.column, area.width);
    const char *how = header->computer->only_own ? _("only your processes")
                      : header->events_lost      ? _("events lost")
                      : header->exact            ? _("exact")
                                                 : _("sampled");
    int how_width = text_width(how) + 1, counts_width = draw_counts(NULL, header->sample);

    char name[sizeof header->computer->name + 1];
    int least = GAP + counts_width + 2 + how_width, most = area.width - least;
    most = most > NAME_MIN ? most : NAME_MIN;
    snprintf(name, sizeof name, " %s", header->computer->name);
    pen_cell(&pen, STYLE_HEADER, name, text_width(name) < most ? text_width(name) : most, false);
    draw_machine(&pen, header, pen_room(&pen) - least);
    pen_format(&pen, STYLE_HEADER, "%*s", GAP, "");
    draw_counts(&pen, header->sample);
    pen_blank_to(&pen, area.width - how_width);
    if (pen_room(&pen) >= how_width)
        pen_text(&pen, STYLE_DIM, how);
    pen_finish(&pen);
}
