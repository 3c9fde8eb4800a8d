/* Events, and what the lab told, as JSON in a recording. */
#pragma once

#include "model/history.h"

#include <jansson.h>

/* Times are written in microseconds, which every reader of JSON takes as whole numbers. */
#define RECORDING_NS 1000LL
/* The latest time that is taken, of a clock or since 1970: sums of two do not overflow. 126 years. */
#define RECORDING_TIME_MAX (4000000000LL * 1000000000LL)
/* The same in clock ticks, of which a second has RECORDING_TICKS_MIN at least. */
#define RECORDING_START_MAX 400000000000LL
#define RECORDING_TICKS_MIN 100

/* A text as JSON: UTF-8, its first 4096 bytes; what is no UTF-8 is recorded as it would be shown. */
json_t *recording_text(const char *text);

/* Puts "events" and "lines" into the object of a moment, where there are any. */
void recording_events_write(json_t *object, const struct moment *moment);
/* Reads them into the moment, whose arrays are the caller's to free; texts of lines are borrowed from the
 * object. NULL, or what is wrong: the name of a member. */
const char *recording_events_read(const json_t *object, struct moment *moment);
