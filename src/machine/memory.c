#include "machine/memory.h"

#include "machine/procfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

int memory_read(struct process_id id, unsigned long address, void *ret, size_t length)
{
    char bytes[512];
    if (length > sizeof bytes)
        return -E2BIG;
    struct iovec here = { .iov_base = bytes, .iov_len = length };
    struct iovec there = { .iov_base = (void *)address, .iov_len = length };
    ssize_t r = process_vm_readv(id.pid, &here, 1, &there, 1, 0);
    if (r < 0)
        return -errno;
    if ((size_t)r != length)
        return -EFAULT;
    struct process_id now;
    if (procfile_identity(id.pid, &now) < 0 || !process_id_equal(now, id))
        return -ESRCH;
    memcpy(ret, bytes, length);
    return 0;
}
