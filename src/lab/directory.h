/* The lab's private directory, where actors live and have their files. The warden removes it, since it is
 * there when the lab was killed: actor/directory.h. */
#pragma once

#include <stdbool.h>

/* Makes an empty one of mode 0700 with a name of its own, below $XDG_RUNTIME_DIR if that is a directory of
 * this user's, else $TMPDIR, else /tmp; a name that is not absolute is none. *ret is its name, to be freed.
 * 0, or -errno of mkdtemp(3) in /tmp. */
int directory_make(char **ret);
bool directory_exists(const char *name);
