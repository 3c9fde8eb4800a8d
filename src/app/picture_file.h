/* A picture as a file; its name's suffix says what kind. */
#pragma once

#include "picture/family_picture.h"
#include "picture/screen_picture.h"

#include <stddef.h>
#include <stdint.h>

/* What it is of: one of them. A family is a drawing: SVG, and what is made of that. */
struct picture {
    const struct screen_picture *screen;
    const struct family_picture *family;
    int64_t time; /* of what it shows, in seconds since 1970: for formats that have a date */
};

/* ".txt .ansi .svg .html .png .pdf" */
extern const char picture_file_suffixes[];

/* Writes the picture; PNG and PDF are SVG given to rsvg-convert(1). The file is there whole or as it was
 * before: it is written beside its place and renamed. "-.svg", a dash with a suffix, is standard output. 0,
 * or -errno with one line that says why in `why`, clean for a terminal. */
int picture_file_write(const char *path, const struct picture *picture, char *why, size_t size);
