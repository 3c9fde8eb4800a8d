#include "base/clock.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_SPAN_MS = 3600 * 1000 };

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

int64_t clock_now(void)
{
    return read_clock(CLOCK_BOOTTIME);
}

int64_t clock_to_unix(int64_t boot_ns)
{
    return read_clock(CLOCK_REALTIME) - clock_now() + boot_ns;
}

const char *clock_format_time(char *text, size_t size, int64_t boot_ns)
{
    return clock_format_unix(text, size, clock_to_unix(boot_ns));
}

const char *clock_format_unix(char *text, size_t size, int64_t unix_ns)
{
    time_t seconds = unix_ns / NS_PER_SECOND;
    struct tm local;
    localtime_r(&seconds, &local);
    if (!strftime(text, size, "%H:%M:%S", &local) && size)
        text[0] = '\0';
    return text;
}

const char *clock_format_span(char *text, size_t size, int64_t ns)
{
    long long seconds = ns / NS_PER_SECOND;
    if (seconds < 10)
        snprintf(text, size, _("%.1f s"), (double)ns / NS_PER_SECOND);
    else if (seconds < 60)
        snprintf(text, size, _("%lld s"), seconds);
    else if (seconds < 3600)
        snprintf(text, size, _("%lld min %lld s"), seconds / 60, seconds % 60);
    else if (seconds < 86400)
        snprintf(text, size, _("%lld h %lld min"), seconds / 3600, seconds / 60 % 60);
    else
        snprintf(text, size, _("%lld d %lld h"), seconds / 86400, seconds / 3600 % 24);
    return text;
}

int clock_parse_span(const char *text, int64_t *ret)
{
    char *end;
    if (text[0] < '0' || text[0] > '9')
        return -EINVAL;
    unsigned long number = strtoul(text, &end, 10);
    unsigned long unit = strcmp(end, "ms") == 0 ? 1 : strcmp(end, "s") == 0 ? 1000 : 0;
    if (!unit || number > LONGEST_SPAN_MS / unit)
        return -EINVAL;
    *ret = (int64_t)(number * unit) * NS_PER_MS;
    return 0;
}
