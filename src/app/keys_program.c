#include "app/live.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>

/* The help screen is the key table, group by group. */
void key_help(struct live *live, const struct keystroke *key)
{
    (void)key;
    struct pager *pager = live_show(live, _("Help: keys (any other key closes)"));
    static const enum key_group order[] = { KEYS_LAB,  KEYS_PROCESS, KEYS_MOVE,
                                            KEYS_VIEW, KEYS_SORT,    KEYS_PROGRAM };
    for (size_t g = 0; g < sizeof order / sizeof *order; g++) {
        if (g)
            pager_add(pager, "", false);
        pager_add(pager, _(key_group_title(order[g])), true);
        for (size_t i = 0; i < key_count; i++) {
            char names[48], head[64];
            if (key_table[i].group != order[g])
                continue;
            snprintf(head, sizeof head, "%-12s ", key_names(names, sizeof names, &key_table[i]));
            pager_add_hanging(pager, head, _(key_table[i].help));
        }
    }
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
