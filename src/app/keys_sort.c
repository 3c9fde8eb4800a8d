#include "app/live.h"

#include "base/i18n.h"

static void sort_by(struct live *live, const struct column *column)
{
    live->sorted = column;
    live->descending = column && column->descending;
    live_rebuild(live);
    if (column)
        live_say(live, _("sorted by %s"), column->title);
    else
        live_say(live, _("in order of birth"));
}

void key_sort_cpu(struct live *live, const struct keystroke *key)
{
    (void)key;
    sort_by(live, column_find("pcpu"));
}

void key_sort_memory(struct live *live, const struct keystroke *key)
{
    (void)key;
    sort_by(live, column_find("rss"));
}

void key_sort_time(struct live *live, const struct keystroke *key)
{
    (void)key;
    sort_by(live, column_find("time"));
}

void key_sort_birth(struct live *live, const struct keystroke *key)
{
    (void)key;
    sort_by(live, NULL);
}

void key_sort_invert(struct live *live, const struct keystroke *key)
{
    (void)key;
    live->descending = !live->descending;
    live_rebuild(live);
}

enum { BIRTH_ORDER = -1 };

static void sort_chosen(struct live *live, long value)
{
    sort_by(live, value == BIRTH_ORDER ? NULL : &column_table[value]);
}

void key_sort_menu(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct menu *menu = live_choose(live, _("Sort by"));
    menu_add(menu, BIRTH_ORDER, _("birth"), _("who was born first stands first"), NULL);
    for (size_t i = 0; i < column_count; i++) {
        menu_add(menu, (long)i, column_table[i].title, _(column_table[i].help), NULL);
        if (&column_table[i] == live->sorted)
            menu->cursor = i + 1;
    }
    live->overlay.chosen = sort_chosen;
}
