#include "machine/need.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The longer ones first. */
static const struct {
    const char *text;
    enum need_comparison comparison;
} comparisons[] = {
    { ">=", NEED_AT_LEAST }, { "<=", NEED_AT_MOST }, { ">", NEED_MORE },
    { "<", NEED_LESS },      { "=", NEED_EQUAL },
};

/* Reads ">=2"; returns false when it is no comparison with a number. */
static bool read_comparison(const char *text, struct need *ret)
{
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        size_t length = strlen(comparisons[i].text);
        char *end;
        if (strncmp(text, comparisons[i].text, length) != 0)
            continue;
        errno = 0;
        ret->comparison = comparisons[i].comparison;
        ret->wanted = strtol(text + length, &end, 10);
        return isdigit((unsigned char)text[length]) && !*end && !errno;
    }
    return false;
}

enum need_fault need_read(const char *text, struct need *ret)
{
    size_t length = strcspn(text, "<=>");
    int index = checkup_find(text, length);
    if (index < 0)
        return NEED_IS_UNKNOWN;
    *ret = (struct need){ .index = (size_t)index };
    if (!text[length])
        return NEED_IS_FINE;
    struct checkup_row row;
    checkup_row_at(ret->index, &row);
    if (!row.number)
        return NEED_HAS_NO_NUMBER;
    return read_comparison(text + length, ret) ? NEED_IS_FINE : NEED_IS_NO_NUMBER;
}

bool need_is_met(const struct need *need, const struct checkup_result *result)
{
    bool unlimited = result->number == CHECKUP_UNLIMITED;
    long number = result->number;
    if (need->comparison == NEED_WORKS)
        return result->state == CHECKUP_WORKS;
    if (!result->known)
        return false;
    switch (need->comparison) {
    case NEED_AT_LEAST: return unlimited || number >= need->wanted;
    case NEED_MORE: return unlimited || number > need->wanted;
    case NEED_AT_MOST: return !unlimited && number <= need->wanted;
    case NEED_LESS: return !unlimited && number < need->wanted;
    default: return !unlimited && number == need->wanted;
    }
}
