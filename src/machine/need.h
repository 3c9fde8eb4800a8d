/* What is asked of this machine before something can be done on it: a line of the checkup, works or not, or
 * its number compared, as in "cpus>=2". For `forklore doctor CHECK` and for what a lesson needs. */
#pragma once

#include "machine/checkup.h"

enum need_comparison {
    NEED_WORKS, /* nothing is compared */
    NEED_AT_LEAST,
    NEED_AT_MOST,
    NEED_MORE,
    NEED_LESS,
    NEED_EQUAL
};

struct need {
    size_t index; /* of the checkup's row */
    enum need_comparison comparison;
    long wanted;
};

enum need_fault {
    NEED_IS_FINE,
    NEED_IS_UNKNOWN,    /* no row is called so */
    NEED_HAS_NO_NUMBER, /* the row has none to compare */
    NEED_IS_NO_NUMBER,  /* what stands behind the name is no comparison with a number */
};

/* *ret is filled when it is fine, and its index also when it is not unknown. */
enum need_fault need_read(const char *text, struct need *ret);
/* Whether the result of the checkup's row is what is needed. An unlimited number is more than any other. */
bool need_is_met(const struct need *need, const struct checkup_result *result);
