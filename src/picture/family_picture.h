/* A family as a drawn diagram: a box for each process, with its name, PID and STAT; lines for births, dashed
 * ones for adoptions; the dead marked. Each member has its column for ever, in order of birth: pictures of
 * one family at different moments line up. */
#pragma once

#include "model/kinship.h"

#include <stdio.h>

struct family_picture {
    const struct kinship *kinship;
    const char *title;
    const char *description;
    const char *language; /* "en", "zh-CN" */
    bool light;
};

/* SVG 1.1. The same family gives the same bytes. */
void family_picture_svg(const struct family_picture *picture, FILE *to);
