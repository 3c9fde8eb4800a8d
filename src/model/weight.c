#include "model/weight.h"

#include <sched.h>

enum { NICE_LOWEST = -20, NICE_HIGHEST = 19, WEIGHT_OF_IDLE = 3 };

/* From nice -20 on; each is about 1.25 times the next, so that one step of nice is 10 % of the CPU between
 * two. */
static const unsigned weights_by_nice[] = {
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, /* -20 */
    9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,  /* -10 */
    1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,   /* 0 */
    110,   87,    70,    56,    45,    36,    29,    23,    18,    15,    /* 10 */
};

unsigned weight_of(int policy, int nice)
{
    if (policy == SCHED_IDLE)
        return WEIGHT_OF_IDLE;
    if ((policy != SCHED_OTHER && policy != SCHED_BATCH) || nice < NICE_LOWEST || nice > NICE_HIGHEST)
        return 0;
    return weights_by_nice[nice - NICE_LOWEST];
}

double weight_share(const unsigned *weights, size_t count, size_t index)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!weights[i])
            return -1;
        sum += weights[i];
    }
    return index < count ? 100 * weights[index] / sum : -1;
}
