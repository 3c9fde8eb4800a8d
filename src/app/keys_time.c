#include "app/live.h"

#include "app/language.h"
#include "app/picture_file.h"
#include "app/recorder.h"
#include "app/replay.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool key_in_the_past(const struct live *live)
{
    return live->rewind.past;
}

void key_event_before(struct live *live, const struct keystroke *key)
{
    (void)key;
    rewind_step(live, -1);
}

void key_event_after(struct live *live, const struct keystroke *key)
{
    (void)key;
    rewind_step(live, 1);
}

/* ---- comparing ---- */

static void list_differences(struct live *live)
{
    char title[100], time[16], words[300], line[420];
    struct event_list list = rewind_differences(live);
    clock_format_unix(time, sizeof time, rewind_boot(live) + live->rewind.mark);
    snprintf(title, sizeof title, _("Different since %s (A: no longer compare)"), time);
    struct pager *pager = live_show(live, title);
    for (size_t i = 0; i < list.count; i++) {
        if (event_is_routine(&list.events[i]) || !live_is_in_view(live, &list.events[i]))
            continue;
        snprintf(line, sizeof line, "%7d %s  %s", list.events[i].id.pid, list.events[i].comm,
                 event_words(words, sizeof words, &list.events[i]));
        pager_add(pager, line, false);
    }
    if (!pager->text_count)
        pager_add(pager, _("nothing"), false);
    event_list_release(&list);
}

static bool end_comparison(struct live *live, const struct keystroke *key)
{
    if (key->code != 'A')
        return false;
    live_close_overlay(live);
    rewind_mark(live);
    return true;
}

void key_mark_moment(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (!live->rewind.compared) {
        rewind_mark(live);
        if (live->rewind.compared)
            live_say(live, "%s",
                     _("this moment is marked: the screen is compared with it; A lists what differs"));
        return;
    }
    list_differences(live);
    live->overlay.key = end_comparison;
}

/* ---- files ---- */

/* "forklore-140307.svg" */
static void propose_name(const struct live *live, char *name, size_t size, const char *suffix)
{
    char time[16], digits[8];
    size_t used = 0;
    clock_format_unix(time, sizeof time, rewind_boot(live) + rewind_now(live));
    for (const char *at = time; *at && used + 1 < sizeof digits; at++)
        if (*at != ':')
            digits[used++] = *at;
    digits[used] = '\0';
    snprintf(name, size, "forklore-%s%s", digits, suffix);
}

static bool recording_entered(struct live *live, const char *path)
{
    if (*path)
        recorder_begin(live, path);
    return true;
}

void key_record(struct live *live, const struct keystroke *key)
{
    (void)key;
    char name[64];
    if (live->recorder) {
        recorder_end(live);
        live_redraw(live);
        return;
    }
    if (live->replay) {
        live_complain(live, _("this is a recording"));
        return;
    }
    propose_name(live, name, sizeof name, ".jsonl");
    struct prompt *prompt = live_ask(live, _(" Record to: "), name, NULL);
    snprintf(prompt->hint, sizeof prompt->hint, "%s",
             _("a new file; R again ends the recording; Esc: do not record"));
    prompt->proposed = true;
    live->overlay.entered = recording_entered;
}

static bool picture_entered(struct live *live, const char *path)
{
    char why[700], clean[300], tag[32];
    struct screen_picture picture = {
        .snapshot = &live->snapshot,
        .title = _("Forklore: a process tree"),
        .description = _("The screen of Forklore, which shows the processes of a Linux machine as a tree."),
        .language = language_tag(tag, sizeof tag),
    };
    int64_t seconds = (rewind_boot(live) + rewind_now(live)) / NS_PER_SECOND;
    if (!*path)
        return true;
    if (picture_file_write(path, &(struct picture){ .screen = &picture, .time = seconds }, why, sizeof why) <
        0) {
        prompt_fail(&live->overlay.prompt, 1, why);
        return false;
    }
    snapshot_release(&live->snapshot);
    live_say(live, _("the picture is in %s"), text_clean(clean, sizeof clean, path));
    return true;
}

/* The screen as it is now, without the question about the file. */
void key_picture(struct live *live, const struct keystroke *key)
{
    (void)key;
    char name[64];
    snapshot_release(&live->snapshot);
    live_draw(live);
    snapshot_take(&live->snapshot, live->terminal);
    propose_name(live, name, sizeof name, ".svg");
    struct prompt *prompt = live_ask(live, _(" Picture to: "), name, NULL);
    snprintf(prompt->hint, sizeof prompt->hint, _("the ending says what it becomes: %s"),
             picture_file_suffixes);
    prompt->proposed = true;
    live->overlay.entered = picture_entered;
}

void key_redact(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (live->redact && recorder_hides(live)) { /* what the screen shows is what is recorded */
        live_complain(live, _("names are hidden in the recording that is made: R ends it"));
        return;
    }
    live_redact(live, !live->redact);
    live_say(live, "%s",
             live->redact ? _("names of people and of the machine, home folders and command lines are hidden")
                          : _("all names are shown"));
}

void key_keep_dead(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->keeps_dead = !live->keeps_dead;
    int64_t keep = live->keeps_dead ? 0 : LIVE_KEEP_MARKS;
    if (live->rewind.past) {
        marks_keep_dead(live->rewind.present.marks ? live->rewind.present.marks : live->marks, keep,
                        clock_now());
        rewind_show(live, history_find(live->rewind.history, live->rewind.time));
    } else {
        marks_keep_dead(live->marks, keep, clock_now());
    }
    live_say(live, "%s", live->keeps_dead ? _("the dead keep their place") : _("the dead go after a while"));
}
