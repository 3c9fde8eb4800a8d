#include "screen/layout.h"

enum {
    WIDE = 100,      /* from here on a panel stands beside the tree */
    HEADER_FROM = 8, /* heights from which a part is shown */
    HEADS_FROM = 5,
    LOG_FROM = 14,
    LOG_TALL_FROM = 34,
};

bool layout_wide(int width)
{
    return width >= WIDE;
}

static int log_height(int height)
{
    if (height < LOG_FROM)
        return 0;
    return 1 + (height >= LOG_TALL_FROM ? 8 : height >= 20 ? 4 : 2);
}

struct layout layout_compute(int height, int width, bool panel, bool header)
{
    struct layout layout = { 0 };
    int line = 0;
    int header_height = header && height >= HEADER_FROM ? 1 : 0;
    int heads_height = height >= HEADS_FROM ? 1 : 0;
    int explain_height = height >= 3 ? 1 : 0;
    int keys_height = height >= 2 ? 1 : 0;
    int log = log_height(height);
    int middle = height - header_height - heads_height - log - explain_height - keys_height;

    layout.header = (struct area){ line, 0, header_height, width };
    line += header_height;
    layout.heads = (struct area){ line, 0, heads_height, width };
    layout.tree = (struct area){ line + heads_height, 0, middle, width };
    if (panel && layout_wide(width)) {
        int panel_width = width * 2 / 5;
        layout.tree.width = layout.heads.width = width - panel_width - 1;
        layout.panel = (struct area){ line, width - panel_width, heads_height + middle, panel_width };
    } else if (panel) {
        layout.panel = (struct area){ line, 0, heads_height + middle, width };
        layout.panel_covers = true;
    }
    line += heads_height + middle;
    layout.log = (struct area){ line, 0, log, width };
    line += log;
    layout.explain = (struct area){ line, 0, explain_height, width };
    layout.keys = (struct area){ line + explain_height, 0, keys_height, width };
    return layout;
}
