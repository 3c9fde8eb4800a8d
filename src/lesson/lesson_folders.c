#include "lesson/lesson_folders.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct list {
    struct lesson_folder *folders;
    size_t count;
    const char *installed;
};

static bool is_same_folder(const char *left, const char *right)
{
    struct stat a, b;
    return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Takes the path. A relative one is ignored, as the XDG Base Directory Specification wants it. */
static void add(struct list *list, char *path)
{
    struct stat status;
    bool is_new = *path == '/' && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    for (size_t i = 0; is_new && i < list->count; i++)
        is_new = !is_same_folder(list->folders[i].path, path);
    if (!is_new) {
        free(path);
        return;
    }
    list->folders = xreallocarray(list->folders, list->count + 2, sizeof *list->folders);
    list->folders[list->count++] =
        (struct lesson_folder){ .path = path, .is_installed = is_same_folder(path, list->installed) };
    list->folders[list->count] = (struct lesson_folder){ .path = NULL };
}

/* data/lessons beside the program, to be freed; NULL: there is none. */
static char *beside_the_program(void)
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    own[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(own, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    char *beside = xasprintf("%s/data/lessons", own);
    if (access(beside, R_OK | X_OK) == 0)
        return beside;
    free(beside);
    return NULL;
}

static void add_home(struct list *list)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data)
        add(list, xasprintf("%s/forklore/lessons", data));
    else if (home && *home)
        add(list, xasprintf("%s/.local/share/forklore/lessons", home));
}

static void add_each(struct list *list, const char *folders)
{
    while (*folders) {
        size_t length = strcspn(folders, ":");
        if (length)
            add(list, xasprintf("%.*s/forklore/lessons", (int)length, folders));
        folders += length + !!folders[length];
    }
}

struct lesson_folder *lesson_folders(void)
{
    char *beside = beside_the_program();
    struct list list = { .installed = beside ? beside : PKGDATADIR "/lessons" };
    list.folders = xcalloc(1, sizeof *list.folders);
    const char *shared = getenv("XDG_DATA_DIRS");
    add_home(&list);
    if (shared && *shared)
        add_each(&list, shared);
    else if (!beside) /* a program of the build tree is not to play lessons that another version installed */
        add_each(&list, "/usr/local/share:/usr/share");
    add(&list, xstrdup(list.installed));
    free(beside);
    return list.folders;
}

void lesson_folders_free(struct lesson_folder *folders)
{
    for (size_t i = 0; folders[i].path; i++)
        free(folders[i].path);
    free(folders);
}
