#include "lesson/progress.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 1024 * 1024, NUMBER_MAX = 100000 };

struct progress {
    char *path;    /* NULL: there is no home to keep it in */
    json_t *all;   /* as in the file, with what was changed */
    json_t *fresh; /* names of lessons that were changed */
};

/* Makes the folders of the path, as mkdir -p does. */
static int make_folders(const char *path)
{
    char *folder = xstrdup(path);
    int error = 0;
    for (char *slash = folder + 1; (slash = strchr(slash, '/')) != NULL && !error; slash++) {
        *slash = '\0';
        if (mkdir(folder, 0700) < 0 && errno != EEXIST)
            error = -errno;
        *slash = '/';
    }
    free(folder);
    return error;
}

static char *find_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        return xasprintf("%s/forklore/progress.json", state);
    return home && *home == '/' ? xasprintf("%s/.local/state/forklore/progress.json", home) : NULL;
}

/* The object of the file; NULL when there is no file, with *ret_damaged when it holds something else. */
static json_t *read_file(const char *path, bool *ret_damaged)
{
    struct stat status;
    json_t *object = NULL;
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    *ret_damaged = false;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_MAX)
        object = json_loadfd(fd, 0, NULL);
    close(fd);
    if (json_is_object(object))
        return object;
    json_decref(object);
    *ret_damaged = true;
    return NULL;
}

struct progress *progress_new(void)
{
    struct progress *progress = xcalloc(1, sizeof *progress);
    bool unused;
    progress->path = find_path();
    progress->all = read_file(progress->path, &unused);
    if (!progress->all)
        progress->all = json_object();
    progress->fresh = json_object();
    return progress;
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    json_decref(progress->all);
    json_decref(progress->fresh);
    free(progress->path);
    free(progress);
}

/* The object of `key`, made when there is none. Borrowed. */
static json_t *object_in(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    if (!json_is_object(value)) {
        json_object_set_new(object, key, json_object());
        value = json_object_get(object, key);
    }
    return value;
}

static unsigned number_in(const json_t *object, const char *key)
{
    json_int_t number = json_integer_value(json_object_get(object, key));
    return number < 0 || number > NUMBER_MAX ? 0 : (unsigned)number;
}

struct progress_of_lesson progress_get(const struct progress *progress, const char *lesson)
{
    const json_t *object = json_object_get(json_object_get(progress->all, "lessons"), lesson);
    struct progress_of_lesson found = {
        .furthest = number_in(object, "furthest"),
        .done = json_is_true(json_object_get(object, "done")),
        .made = number_in(object, "made"),
        .right = number_in(object, "right"),
    };
    if (found.right > found.made)
        found.right = found.made;
    return found;
}

/* The lesson's object, to be changed. */
static json_t *change(struct progress *progress, const char *lesson)
{
    json_object_set_new(progress->fresh, lesson, json_true());
    return object_in(object_in(progress->all, "lessons"), lesson);
}

void progress_reach(struct progress *progress, const char *lesson, unsigned step)
{
    if (step > progress_get(progress, lesson).furthest)
        json_object_set_new(change(progress, lesson), "furthest", json_integer(step));
}

void progress_end(struct progress *progress, const char *lesson, unsigned right, unsigned made)
{
    json_t *object = change(progress, lesson);
    json_object_set_new(object, "done", json_true());
    json_object_set_new(object, "right", json_integer(right));
    json_object_set_new(object, "made", json_integer(made));
}

/* Writes beside it, then puts it in its place. */
static int replace_file(const char *path, const json_t *object)
{
    char *beside = xasprintf("%s.XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC); /* mode 0600 */
    int error = fd < 0 ? -errno : 0;
    if (!error && (json_dumpfd(object, fd, JSON_INDENT(1) | JSON_SORT_KEYS) < 0 || write(fd, "\n", 1) != 1 ||
                   fsync(fd) < 0))
        error = errno ? -errno : -EIO;
    if (fd >= 0)
        close(fd);
    if (!error && rename(beside, path) < 0)
        error = -errno;
    if (error && fd >= 0)
        unlink(beside);
    free(beside);
    return error;
}

/* What stands in the file now, with what was changed here; its furthest step counts if it is further. */
static json_t *merge(const struct progress *progress, json_t *file)
{
    json_t *all = file ? file : json_deep_copy(progress->all);
    const char *lesson;
    json_t *unused, *mine = json_object_get(progress->all, "lessons");
    json_object_foreach(progress->fresh, lesson, unused)
    {
        json_t *theirs = object_in(object_in(all, "lessons"), lesson);
        unsigned furthest = number_in(theirs, "furthest");
        json_object_update(theirs, json_object_get(mine, lesson));
        if (furthest > number_in(theirs, "furthest"))
            json_object_set_new(theirs, "furthest", json_integer(furthest));
    }
    return all;
}

int progress_save(struct progress *progress)
{
    bool damaged;
    if (!json_object_size(progress->fresh))
        return 0;
    int error = progress->path ? make_folders(progress->path) : -ENOENT;
    if (error)
        return error;
    json_t *all = merge(progress, read_file(progress->path, &damaged));
    if (damaged) {
        char *aside = xasprintf("%s.damaged", progress->path);
        rename(progress->path, aside); /* if not, it is replaced: it is of no use to anyone */
        free(aside);
    }
    errno = 0;
    error = replace_file(progress->path, all);
    if (error) {
        json_decref(all);
        return error;
    }
    json_decref(progress->all);
    progress->all = all;
    json_object_clear(progress->fresh);
    return 0;
}
