#include "app/presenter.h"

#include "app/lessons.h"
#include "app/live.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the reader had. */
struct presenter {
    const struct column *columns[32];
    size_t column_shown;
    bool no_header, kernel_threads, threads, list;
    enum panel panel;
    char key[200];
};

static void begin(struct live *live)
{
    struct presenter *presenter = xcalloc(1, sizeof *presenter);
    const char *unknown;
    memcpy(presenter->columns, live->columns, sizeof presenter->columns);
    presenter->column_shown = live->column_shown;
    presenter->no_header = live->no_header;
    presenter->kernel_threads = live->view.kernel_threads;
    presenter->threads = live->view.threads;
    presenter->list = live->view.list;
    presenter->panel = live->panel;
    live->presenter = presenter;

    column_parse(column_default, live->columns, &live->column_shown, &unknown);
    lesson_show_family_alone(live, true);
    live->no_header = true;
    live->view.kernel_threads = live->view.threads = live->view.list = false;
    live->panel = PANEL_NONE;
    terminal_set_theme(live->terminal, theme_find("light"));
}

static void end(struct live *live)
{
    struct presenter *presenter = live->presenter;
    memcpy(live->columns, presenter->columns, sizeof presenter->columns);
    live->column_shown = presenter->column_shown;
    lesson_show_family_alone(live, false);
    live->no_header = presenter->no_header;
    live->view.kernel_threads = presenter->kernel_threads;
    live->view.threads = presenter->threads;
    live->view.list = presenter->list;
    live->panel = presenter->panel;
    terminal_set_theme(live->terminal, theme_find(live->options.theme));
    presenter_free(live);
}

void presenter_turn(struct live *live)
{
    if (live->presenter)
        end(live);
    else
        begin(live);
    live_rebuild(live);
}

void key_present(struct live *live, const struct keystroke *key)
{
    (void)key;
    presenter_turn(live);
}

void presenter_note_key(struct live *live, const struct keystroke *key)
{
    const struct key_row *row = live->presenter ? key_find_in(live_keys(live), key->code) : NULL;
    char name[16];
    if (!row || live->overlay.kind != OVERLAY_NONE)
        return;
    key_bar_name(name, sizeof name, row);
    snprintf(live->presenter->key, sizeof live->presenter->key, "%s  %s", name, _(row->help));
}

const char *presenter_key(const struct live *live)
{
    return live->presenter ? live->presenter->key : "";
}

void presenter_free(struct live *live)
{
    free(live->presenter);
    live->presenter = NULL;
}
