/* A recording of what the live screen takes in, made while it runs. */
#pragma once

#include "model/history.h"

#include <stdbool.h>

struct live;
struct recorder;

/* Begins one in a new file; tells the reader, who is also told when that fails. */
void recorder_begin(struct live *live, const char *path);
/* Ends it and tells where it is; nothing when there is none. */
void recorder_end(struct live *live);
/* Whether one is made that says of itself that names are hidden in it. */
bool recorder_hides(const struct live *live);
/* Adds a moment, if a recording is made. One that cannot be written to ends, which is told. */
void recorder_note(struct live *live, const struct sample *sample, const struct moment *moment);
