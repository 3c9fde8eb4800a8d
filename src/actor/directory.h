/* Removing a directory with all that is in it: links are not followed, other file systems are not entered,
 * and what is removed is what was opened, wherever its name leads by then. */
#pragma once

#include <limits.h>

struct directory {
    char name[PATH_MAX];
    int fd;
};

/* Opens it. 0, or -errno: -EPERM when it is not this user's. */
int directory_open(struct directory *ret, const char *name);
/* Empties and removes it as far as may be; without a limit to how deep its directories lie in each other. */
void directory_remove(struct directory *directory);
