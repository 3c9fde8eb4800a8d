/* Who is measured: one table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The crowds that targets are set for; a size in between is held against the next smaller one's targets. */
enum { TARGET_SIZES = 4 };
extern const int target_sizes[TARGET_SIZES];

struct contestant {
    const char *name;
    const char *argv[5];
    const char *keys; /* pressed once it runs */
    bool prints;      /* prints and exits; otherwise refreshes a screen until stopped */
    bool ours;        /* what the others are compared with: one that refreshes and one that prints */
    const char *config, *config_text; /* its configuration, a path under its home */
    double most[TARGET_SIZES];        /* ours divided by this may be at most that */
};

/* All, ours first among its kind. */
const struct contestant *contestants(size_t *ret_count);
bool contestant_installed(const struct contestant *contestant);
/* Writes the configuration files. 0 or -errno. */
int contestants_configure(const char *home);
/* The target for a crowd of `size`, 0 when there is none. */
double contestant_target(const struct contestant *contestant, int size);
