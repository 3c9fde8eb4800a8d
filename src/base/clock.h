/* Time. One unit inside the program: nanoseconds of CLOCK_BOOTTIME, the clock /proc's start times count on. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define NS_PER_SECOND 1000000000LL
#define NS_PER_MS     1000000LL

/* Nanoseconds since boot, sleep included. */
int64_t clock_now(void);
/* The moment `boot_ns` as nanoseconds since 1970. */
int64_t clock_to_unix(int64_t boot_ns);

/* Writes "14:03:07" (local time) for the moment `boot_ns`. Returns text. */
const char *clock_format_time(char *text, size_t size, int64_t boot_ns);
/* The same for nanoseconds since 1970: of a moment of another machine, or of another boot. */
const char *clock_format_unix(char *text, size_t size, int64_t unix_ns);
/* Writes a span as people say it: "0.3 s", "12 s", "4 min 10 s", "3 h 5 min", "2 d 4 h", in the user's language.
 * Returns text. */
const char *clock_format_span(char *text, size_t size, int64_t ns);
/* "300ms" or "2s" as nanoseconds. 0 or -EINVAL; an hour at most. */
int clock_parse_span(const char *text, int64_t *ret);
