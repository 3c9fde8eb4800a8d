/* The memory of another process, read without stopping it. */
#pragma once

#include "machine/process.h"

#include <stddef.h>

/* Reads `length` bytes at `address` of exactly this process: the identity is compared after the reading, so that
 * nobody else's memory is taken for it. 0 or -errno: -EPERM without attach rights (ptrace(2)), -ESRCH when it is
 * gone, -EFAULT when nothing is there. Source: process_vm_readv(2). */
int memory_read(struct process_id id, unsigned long address, void *ret, size_t length);
