#include "lab/directory.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int make_below(const char *folder, char **ret)
{
    if (!folder || folder[0] != '/')
        return -EINVAL;
    char *name = xasprintf("%s/forklore-XXXXXX", folder);
    if (mkdtemp(name)) {
        *ret = name;
        return 0;
    }
    int error = errno;
    free(name);
    return -error;
}

/* After su(1) or sudo(8) the variable may still name another user's (XDG Base Directory Specification). */
static const char *runtime_folder(void)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    struct stat about;
    return folder && stat(folder, &about) == 0 && about.st_uid == geteuid() ? folder : NULL;
}

int directory_make(char **ret)
{
    if (make_below(runtime_folder(), ret) == 0 || make_below(getenv("TMPDIR"), ret) == 0)
        return 0;
    return make_below("/tmp", ret);
}

bool directory_exists(const char *name)
{
    return access(name, F_OK) == 0;
}
