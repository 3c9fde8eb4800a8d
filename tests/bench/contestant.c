#include "contestant.h"

#include "base/memory.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const int target_sizes[TARGET_SIZES] = { 100, 1000, 10000, 30000 };

/* PID PPID NICE and the command, as in Forklore; threads hidden, since Forklore counts them only. */
#define HTOP_TREE                                                                                            \
    "htop_version=3.2.2\nconfig_reader_min_version=3\nfields=0 48 17 18 38 39 40 2 46 47 49 1\n"             \
    "hide_kernel_threads=1\nhide_userland_threads=1\ntree_view=1\ntree_view_always_by_pid=0\n"
#define BTOP_TREE "#? Config file for btop\nproc_tree = True\nupdate_ms = 2000\n"

static const struct contestant table[] = {
    { .name = "forklore", .argv = { "forklore", "--delay", "1" }, .ours = true },
    { .name = "floor", .argv = { "pace", "floor" }, .most = { 3.0, 1.6, 1.3, 1.3 } },
    { .name = "libproc2 alone", .argv = { "pace", "reap" }, .most = { 1.6, 1.15, 1.1, 1.1 } },
    { .name = "top", .argv = { "top", "-d1" }, .most = { 1.0, 0.8, 0.75, 0.75 } },
    { .name = "top, forest", .argv = { "top", "-d1" }, .keys = "V", .most = { 1.0, 0.85, 0.45, 0.1 } },
    { .name = "htop, tree",
      .argv = { "htop" },
      .config = "htop/htoprc",
      .config_text = HTOP_TREE,
      .most = { 0.6, 0.45, 0.33, 0.35 } },
    { .name = "btop, tree",
      .argv = { "btop", "--utf-force" },
      .config = "btop/btop.conf",
      .config_text = BTOP_TREE,
      .most = { 0.25, 0.55, 0.6, 0.3 } },
    { .name = "forklore tree", .argv = { "forklore", "tree" }, .prints = true, .ours = true },
    { .name = "pstree -p", .argv = { "pstree", "-p" }, .prints = true, .most = { 0.8, 0.3, 0.07, 0.02 } },
    { .name = "ps axjf", .argv = { "ps", "axjf" }, .prints = true, .most = { 0.8, 0.4, 0.2, 0.06 } },
};

const struct contestant *contestants(size_t *ret_count)
{
    *ret_count = sizeof table / sizeof *table;
    return table;
}

bool contestant_installed(const struct contestant *contestant)
{
    bool found = false;
    char *path = xstrdup(getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin"), *rest = path;
    for (char *folder; !found && (folder = strsep(&rest, ":"));) {
        char *program = xasprintf("%s/%s", folder, contestant->argv[0]);
        found = access(program, X_OK) == 0;
        free(program);
    }
    free(path);
    return found;
}

static int write_config(const char *home, const struct contestant *contestant)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", home, contestant->config);
    *strrchr(path, '/') = '\0';
    if (mkdir(path, 0755) < 0 && errno != EEXIST)
        return -errno;
    path[strlen(path)] = '/';
    FILE *file = fopen(path, "we");
    if (!file)
        return -errno;
    fputs(contestant->config_text, file);
    return fclose(file) == 0 ? 0 : -errno;
}

int contestants_configure(const char *home)
{
    int r = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table && r == 0; i++)
        if (table[i].config)
            r = write_config(home, &table[i]);
    return r;
}

double contestant_target(const struct contestant *contestant, int size)
{
    double target = 0;
    for (size_t i = 0; i < TARGET_SIZES; i++)
        if (size >= target_sizes[i])
            target = contestant->most[i];
    return target;
}
