#include "written.h"

#include "base/memory.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void tell(void *data, const char *path, int line, int column, const char *text)
{
    struct written *written = data;
    const char *slash = strrchr(path, '/');
    char *told = xasprintf("%s%s:%d:%d: %s\n", written->told, slash ? slash + 1 : path, line, column, text);
    free(written->told);
    written->told = told;
}

void written_begin(struct written *written)
{
    *written = (struct written){ .folder = "/tmp/forklore-lesson-XXXXXX", .told = xstrdup("") };
    written->problems = (struct lesson_problems){ .tell = tell, .data = written };
    if (!mkdtemp(written->folder))
        abort();
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void written_end(struct written *written)
{
    nftw(written->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(written->told);
}

void written_file(struct written *written, const char *name, const void *text, size_t length)
{
    char path[300];
    snprintf(path, sizeof path, "%s", written_path(written, name));
    for (char *slash = path + strlen(written->folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        abort();
}

const char *written_path(const struct written *written, const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", written->folder, name);
    return path;
}

void written_forget(struct written *written)
{
    free(written->told);
    written->told = xstrdup("");
}
