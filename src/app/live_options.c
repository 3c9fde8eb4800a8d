#include "app/live_options.h"

#include "app/option.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

static int take_theme(struct live_options *options, const char *name)
{
    options->theme = name;
    if (theme_find(name))
        return 0;
    fprintf(stderr, _("forklore: unknown theme: %s (there are dark, light and mono)\n"), name);
    return 2;
}

bool live_options_take(struct live_options *options, const char *name, const char *value, int *ret_status)
{
    *ret_status = 0;
    if (strcmp(name, "ascii") == 0)
        options->ascii = true;
    else if (strcmp(name, "columns") == 0)
        options->columns = value;
    else if (strcmp(name, "delay") == 0)
        *ret_status = option_seconds(name, value, &options->delay);
    else if (strcmp(name, "no-color") == 0)
        options->no_color = true;
    else if (strcmp(name, "no-mouse") == 0)
        options->no_mouse = true;
    else if (strcmp(name, "readonly") == 0)
        options->readonly = true;
    else if (strcmp(name, "sandbox") == 0)
        options->sandbox = true;
    else if (strcmp(name, "theme") == 0)
        *ret_status = take_theme(options, value);
    else
        return false;
    return true;
}
