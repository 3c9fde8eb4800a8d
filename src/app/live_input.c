#include "app/live.h"

#include "app/lessons.h"
#include "app/presenter.h"
#include "base/i18n.h"

#include <string.h>

void live_close_overlay(struct live *live)
{
    menu_release(&live->overlay.menu);
    pager_release(&live->overlay.pager);
    live->overlay = (struct overlay){ .kind = OVERLAY_NONE };
    live_redraw(live);
}

struct prompt *live_ask(struct live *live, const char *label, const char *text,
                        struct prompt_history *history)
{
    live_close_overlay(live);
    live->overlay.kind = OVERLAY_PROMPT;
    prompt_init(&live->overlay.prompt, label, text, history);
    return &live->overlay.prompt;
}

struct menu *live_choose(struct live *live, const char *title)
{
    live_close_overlay(live);
    live->overlay.kind = OVERLAY_MENU;
    menu_init(&live->overlay.menu, title);
    return &live->overlay.menu;
}

struct pager *live_show(struct live *live, const char *title)
{
    live_close_overlay(live);
    live->overlay.kind = OVERLAY_PAGER;
    pager_init(&live->overlay.pager, title);
    return &live->overlay.pager;
}

static void cancel(struct live *live)
{
    void (*cancelled)(struct live *) = live->overlay.cancelled;
    live_close_overlay(live);
    if (cancelled)
        cancelled(live);
}

static void prompt_moved(struct overlay *overlay)
{
    overlay->listed = 0;
    if (overlay->explain)
        overlay->explain(&overlay->prompt);
}

static void give_prompt(struct live *live, const struct keystroke *key)
{
    struct overlay *overlay = &live->overlay;
    switch (prompt_key(&overlay->prompt, key)) {
    case PROMPT_CHANGED:
        prompt_moved(overlay);
        if (overlay->typed)
            overlay->typed(live, overlay->prompt.text);
        break;
    case PROMPT_COMPLETE:
        if (overlay->complete)
            overlay->complete(live, &overlay->prompt);
        break;
    case PROMPT_DONE:
        if (!overlay->entered || overlay->entered(live, overlay->prompt.text))
            live_close_overlay(live);
        break;
    case PROMPT_CANCELLED: cancel(live); break;
    case PROMPT_OPEN: prompt_moved(overlay); break;
    }
}

static void give_menu(struct live *live, const struct keystroke *key)
{
    struct overlay *overlay = &live->overlay;
    enum menu_answer answer = menu_key(&overlay->menu, key);
    const struct menu_item *item = menu_current(&overlay->menu);
    if (answer == MENU_CANCELLED) {
        cancel(live);
    } else if (answer == MENU_TOGGLED && overlay->toggled) {
        overlay->toggled(live, item->value, item->checked);
    } else if (answer == MENU_CHOSEN) {
        void (*chosen)(struct live *, long) = overlay->chosen;
        long value = item->value;
        live_close_overlay(live);
        if (chosen)
            chosen(live, value);
    }
}

static void give_overlay(struct live *live, const struct keystroke *key)
{
    if (live->overlay.key && live->overlay.key(live, key))
        return;
    switch (live->overlay.kind) {
    case OVERLAY_PROMPT: give_prompt(live, key); break;
    case OVERLAY_MENU: give_menu(live, key); break;
    case OVERLAY_PAGER:
        if (!pager_key(&live->overlay.pager, key, live_overlay_area(live).height))
            live_close_overlay(live);
        break;
    case OVERLAY_NONE: break;
    }
}

const struct key_table *live_keys(const struct live *live)
{
    return lesson_is_shown(live) ? &lesson_keys : &tree_keys;
}

/* The mouse is about rows of the tree, which a lesson does not scroll and of which it selects none. */
static bool give_mouse(struct live *live, const struct keystroke *key)
{
    bool is_mouse =
        key->code == KEYSTROKE_CLICK || key->code == KEYSTROKE_WHEEL_UP || key->code == KEYSTROKE_WHEEL_DOWN;
    if (lesson_is_shown(live))
        return is_mouse;
    switch (key->code) {
    case KEYSTROKE_CLICK: key_click(live, key); break;
    case KEYSTROKE_WHEEL_UP: key_wheel_up(live, key); break;
    case KEYSTROKE_WHEEL_DOWN: key_wheel_down(live, key); break;
    }
    return is_mouse;
}

static void give_table(struct live *live, const struct keystroke *key)
{
    if (give_mouse(live, key))
        return;
    if (key->code == KEYSTROKE_TAB && lesson_is_open(live) && !lesson_is_shown(live)) {
        lesson_return(live);
        return;
    }
    const struct key_row *row = key_find_in(live_keys(live), key->code);
    if (!row)
        return;
    bool about_time = row->run == key_prompt && live->rewind.past;
    bool acts = row->acts && !about_time;
    if (acts && live->replay)
        live_complain(live, _("a recording is shown: %s acts on processes"), row->keys[0]);
    else if (acts && live->rewind.past)
        live_complain(live, _("the past is shown: Z goes back to now, then %s acts"), row->keys[0]);
    else if (acts && live->options.readonly)
        live_complain(live, _("read only: %s acts on processes"), row->keys[0]);
    else
        row->run(live, key);
}

void live_key(struct live *live, const struct keystroke *key)
{
    live->message[0] = '\0';
    live_redraw(live);
    presenter_note_key(live, key);
    if (live->overlay.kind != OVERLAY_NONE)
        give_overlay(live, key);
    else if (!key->pasted) /* pasted text is meant for a prompt, never for the keys */
        give_table(live, key);
}
