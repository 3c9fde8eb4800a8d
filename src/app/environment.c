#include "app/environment.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int environment_features(struct features *ret)
{
    const char *unknown;
    if (features_probe(ret, getenv("FORKLORE_WITHOUT"), &unknown) == 0)
        return 0;
    fprintf(stderr, _("forklore: FORKLORE_WITHOUT names an unknown feature: %.*s\n"),
            (int)strcspn(unknown, ","), unknown);
    return 2;
}
