#include "app/live.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>

static void add_group(const struct live *live, struct pager *pager, const struct key_table *table,
                      enum key_group group)
{
    if (pager->text_count)
        pager_add(pager, "", false);
    pager_add(pager, _(key_group_title(group)), true);
    for (size_t i = 0; i < table->count; i++) {
        char names[48], head[64];
        if (table->rows[i].group != group || (table->rows[i].acts && live->options.readonly))
            continue;
        snprintf(head, sizeof head, "%-12s ", key_names(names, sizeof names, &table->rows[i]));
        pager_add_hanging(pager, head, _(table->rows[i].help));
    }
}

/* The help screen is the key table, group by group: in a lesson its own keys alone, since no others work, and
 * none that acts where nothing may be done. */
void key_help(struct live *live, const struct keystroke *key)
{
    (void)key;
    bool lesson = live_keys(live) == &lesson_keys;
    struct pager *pager = live_show(live, _("Help: keys (any other key closes)"));
    if (lesson) {
        add_group(live, pager, &lesson_keys, KEYS_LESSON);
        return;
    }
    for (size_t g = 0; g < key_group_count; g++)
        add_group(live, pager, &tree_keys, key_group_order[g]);
    pager_add(pager, "", false);
    pager_add(pager, _("The margin"), true);
    pager_add_wrapped(pager, _("+ new   ~ changed   x gone   o was here, adopted by another   * tagged"));
}

void key_repaint(struct live *live, const struct keystroke *key)
{
    (void)key;
    terminal_repaint(live->terminal);
}

void key_quit(struct live *live, const struct keystroke *key)
{
    (void)key;
    live_quit(live);
}
