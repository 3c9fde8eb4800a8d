/* Numbers of system calls differ between architectures: the table is made from the compiler's own
 * <sys/syscall.h> when Forklore is built (see Makefile.inc). */
#include "machine/procfile.h"

#include <stddef.h>
#include <sys/syscall.h>

static const struct {
    long number;
    const char *name;
} names[] = {
#include "src/machine/syscall_names.inc"
};

const char *procfile_syscall_name(long number)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return names[i].name;
    return NULL;
}
